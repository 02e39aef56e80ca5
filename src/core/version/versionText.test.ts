import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutText, joinText } from './versionText.ts';

const long = (name: string, length: number) => `${name}:${'A'.repeat(70)}\r\n ${'B'.repeat(length)}\r\n`;

test('a text is what it was when its long lines are put back, wherever they stood', () => {
  const short = 'FN:Zoé 👩🏽\r\n';
  const photo = long('PHOTO', 5000);
  const sound = long('SOUND', 3000);
  for (const text of [
    '',
    short,
    photo,
    photo + sound,
    short + photo + sound + short + photo,
    photo + photo,
    `${short}${photo.trimEnd()}`,
    `\n\n${photo}\n \n\t\n`,
    `${' \n'.repeat(4000)}${short}`,
  ]) {
    const { rest, cuts } = cutText(text);
    assert.equal(joinText(rest, cuts), text);
    assert.ok(rest.length <= 2000 || cuts.length === 0);
  }
});

test('what stands beside a photo is no part of what is cut', () => {
  const { rest, cuts } = cutText(`BEGIN:VCARD\r\n${long('PHOTO', 5000)}NOTE:x\r\n y\r\nEND:VCARD\r\n`);
  assert.equal(rest, 'BEGIN:VCARD\r\nNOTE:x\r\n y\r\nEND:VCARD\r\n');
  assert.equal(cuts.length, 1);
});
