import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hasSeparator, parseAddresses } from './addresses.ts';

const emails = (text: string) => parseAddresses(text).map(({ email }) => email);

test('pasted addresses are separated by commas, semicolons, lines, tabs and blanks', () => {
  const expected = ['ada@demo.example', 'ben@demo.example'];
  for (const separator of [',', ', ', ';', ' ; ', '\n', '\r\n', '\t', ' ', ',,', ';\n'])
    assert.deepEqual(emails(`ada@demo.example${separator}ben@demo.example`), expected, JSON.stringify(separator));
});

test('a name before an address is kept, with its own comma and quotation marks', () => {
  assert.deepEqual(parseAddresses('Ada Lovelace <ada@demo.example>, "Grace, B." <grace@demo.example>'), [
    { name: 'Ada Lovelace', email: 'ada@demo.example' },
    { name: 'Grace, B.', email: 'grace@demo.example' },
  ]);
  assert.deepEqual(parseAddresses('Lovelace, Ada <ada@demo.example>; Durand, Ben <ben@demo.example>'), [
    { name: 'Lovelace, Ada', email: 'ada@demo.example' },
    { name: 'Durand, Ben', email: 'ben@demo.example' },
  ]);
  assert.deepEqual(emails('Lovelace, Ada <ada@demo.example>, Durand, Ben <ben@demo.example>'), [
    'ada@demo.example',
    'ben@demo.example',
  ]);
});

test('an address is taken once, whatever its case', () => {
  assert.deepEqual(emails('Ada@Demo.example, ada@demo.example'), ['Ada@Demo.example']);
});

test('what is no address stays a part of its own, to be shown as wrong', () => {
  assert.deepEqual(emails('chloe, ben@demo.example'), ['chloe', 'ben@demo.example']);
  assert.deepEqual(emails('ben@demo.example, chloe'), ['ben@demo.example', 'chloe']);
  assert.deepEqual(emails('chloe, ben'), ['chloe', 'ben']);
  assert.deepEqual(emails('Chloé Martin'), ['Chloé Martin']);
  assert.deepEqual(emails(' , ; \n'), []);
});

test('a mailto: link is an address', () => {
  assert.deepEqual(emails('mailto:ada@demo.example <mailto:ben@demo.example>'), ['ben@demo.example']);
  assert.deepEqual(emails('mailto:ada@demo.example'), ['ada@demo.example']);
});

test('only separators make chips of what is typed', () => {
  assert.equal(hasSeparator('Ada Lovelace'), false);
  assert.equal(hasSeparator('ada@demo.example;'), true);
});

test('no text breaks the reading of addresses', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '@', ',', ';', '<', '>', '"', ' ', '\n', '.') }), (text) => {
      for (const { email } of parseAddresses(text)) assert.notEqual(email, '');
    }),
  );
});
