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

test('an address that is one text is the street of the code, and nothing else is said than its kind', () => {
  const address = { full: '12 rue de la Démo\n99000 Démoville, France', contexts: { work: true } };
  const emails = { e: { address: 'elodie@demo.example' } };
  const { lines } = parseVCard(qrCard(card({ name, emails, addresses: { a: address } })));
  const said = (wanted: string) => lines.filter((line) => line.name === wanted);
  assert.deepEqual(
    said('ADR').map((line) => line.value),
    [String.raw`;;12 rue de la Démo\n99000 Démoville\, France;;;;`],
  );
  assert.deepEqual(said('LABEL'), []);
  const params = lines.flatMap((line) => line.params.map((param) => param.name.toUpperCase()));
  assert.deepEqual([...new Set(params)], ['TYPE']);
});
