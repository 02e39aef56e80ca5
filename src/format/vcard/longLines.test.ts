import assert from 'node:assert/strict';
import { test } from 'node:test';
import { processorSeconds } from '../../../test/kit/cost.ts';
import { lineTexts } from '../../lib/lineText.ts';
import { fromVCard } from '../jscontact/fromVCard.ts';
import { toVCard } from '../jscontact/toVCard.ts';
import { parseVCard } from './parse.ts';
import { serializeVCard } from './serialize.ts';

const length = 200_000;

for (const [what, line] of [
  ['a fraction of a second of noughts', `REV:20260101T000000.${'0'.repeat(length)}1Z`],
  ['carriage returns', `NOTE:${'\r'.repeat(length)}x`],
  ['hyphens before a quote', `X-${'-'.repeat(length)}";P=:v`],
  ['blanks', `NOTE:${' '.repeat(length)}x`],
  ['commas', `N:${','.repeat(length)};;;;`],
] as const)
  test(`a line of ${what} costs no more to read, to write and to search than its length`, async () => {
    const text = `BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:1\r\nFN:Ada\r\n${line}\r\nEND:VCARD\r\n`;
    const seconds = await processorSeconds(() => {
      const vcard = parseVCard(text);
      const written = serializeVCard(toVCard(fromVCard(vcard), vcard));
      assert.ok(written.includes('FN:Ada'));
      assert.ok(lineTexts(text).brief.includes('ada'));
    });
    assert.ok(seconds < 4, `${seconds} s`);
  });
