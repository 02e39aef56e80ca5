import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSeal } from './seal.ts';

const seal = createSeal(new Uint8Array(32).fill(1), 'test');

test('a secret comes back whole, and never looks the same twice', () => {
  const once = seal.close('mot de passe é', 'ada');
  assert.equal(seal.open(once, 'ada'), 'mot de passe é');
  assert.notEqual(once, seal.close('mot de passe é', 'ada'));
  assert.ok(!once.includes('mot de passe') && !Buffer.from(once, 'base64url').includes('mot de passe'));
});

test('a secret does not open for somebody else, with another key, for another purpose, or when a bit was changed', () => {
  const sealed = seal.close('secret', 'ada');
  assert.throws(() => seal.open(sealed, 'ben'));
  assert.throws(() => createSeal(new Uint8Array(32).fill(2), 'test').open(sealed, 'ada'));
  assert.throws(() => createSeal(new Uint8Array(32).fill(1), 'other').open(sealed, 'ada'));
  assert.throws(() => seal.open(`${sealed.slice(0, 10)}${sealed[10] === 'A' ? 'B' : 'A'}${sealed.slice(11)}`, 'ada'));
  assert.throws(() => seal.open('', 'ada'));
});
