import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashPassword, TooBusy, unmatchableHash, verifyPassword } from './passwordHash.ts';

const cheap = { memory: 8, passes: 1 };

test('a password fits its own hash and no other', async () => {
  const hash = await hashPassword('correct horse', cheap);
  assert.match(hash, /^\$argon2id\$v=19\$m=8,t=1,p=1\$/u);
  assert.equal(await verifyPassword('correct horse', hash), true);
  assert.equal(await verifyPassword('correct horse ', hash), false);
  assert.notEqual(await hashPassword('correct horse', cheap), hash);
});

test('an accent is the same password whichever keyboard wrote it', async () => {
  const hash = await hashPassword('caf\u00e9', cheap);
  assert.equal(await verifyPassword('cafe\u0301', hash), true);
});

test('nothing fits the hash that stands for somebody who does not exist', async () => {
  assert.equal(await verifyPassword('', unmatchableHash(cheap)), false);
});

test('the standard cost is what OWASP recommends', async () => {
  assert.match(unmatchableHash(), /\$m=19456,t=2,p=1\$/u);
});

test('a flood of guesses is refused instead of queued without end', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 100 }, () => hashPassword('x', { memory: 1024, passes: 1 })),
  );
  const refused = results.filter((result) => result.status === 'rejected');
  assert.ok(refused.length > 0);
  assert.ok(refused.every((result) => result.reason instanceof TooBusy));
  assert.equal(await verifyPassword('x', await hashPassword('x', cheap)), true);
});
