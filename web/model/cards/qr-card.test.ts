import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContactCard } from '../../../client/src/types.ts';
import { parseVCard } from '../../../src/format/vcard/parse.ts';
import { qrCard } from './qr-card.ts';

const card = (content: object) => ({ id: 'a', uid: 'a', addressBookIds: {}, ...content }) as unknown as ContactCard;
const name = {
  components: [
    { kind: 'given', value: 'Élodie' },
    { kind: 'surname', value: 'Démo' },
  ],
};

test('a code holds what a telephone keeps, in the version that cameras read', () => {
  const { version, lines } = parseVCard(
    qrCard(card({ name, phones: { p: { number: '+33 1 99 00 12 34' } }, notes: { n: { note: 'geheim' } } })),
  );
  assert.equal(version, '3.0');
  assert.deepEqual(lines.map((line) => line.name).sort(), ['FN', 'N', 'TEL', 'VERSION']);
});

test('a long card loses its addresses before its numbers', () => {
  const addresses = { a: { full: 'Rue '.repeat(300) } };
  const text = qrCard(card({ name, phones: { p: { number: '0199001234' } }, addresses }));
  assert.ok(text.includes('0199001234'));
  assert.ok(!text.includes('ADR'));
  assert.ok(text.length < 700);
});
