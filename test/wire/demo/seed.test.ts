import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestWorld } from '../../kit/testWorld.ts';
import { sniffImage } from '../../../src/format/jscontact/media.ts';
import { createChance } from '../../../src/demo/chance.ts';
import { portrait } from '../../../src/demo/portrait.ts';
import { seedDemo } from '../../../src/demo/seed.ts';

test('the demonstration is an invented university with folders, contacts, shares and a mail', async () => {
  await using world = await openTestWorld();
  const { people, password } = await seedDemo(world);
  assert.deepEqual(
    people.map(({ email }) => email),
    ['ada@demo.example', 'ben@demo.example', 'chloe@demo.example'],
  );
  assert.equal(password, 'demo');
  const { db } = world;
  const count = async (table: 'principal' | 'card' | 'outbox' | 'credential') =>
    (await db.all(db.build.selectFrom(table).selectAll())).length;
  assert.equal(await count('principal'), 320);
  assert.equal(await count('credential'), 3, 'nobody else can sign in');
  const owners = await db.all(db.build.selectFrom('address_book').select('account_id').distinct());
  assert.equal(owners.length, 3);
  assert.equal(await count('outbox'), 1);
  const collected = await db.first(
    db.build.selectFrom('address_book').selectAll().where('role', '=', 'collected').orderBy('card_count', 'desc'),
  );
  assert.equal(collected?.card_count, 40);
  const answers = await db.all(db.build.selectFrom('subscription').select(['status']));
  assert.deepEqual(answers, [{ status: 'accepted' }]);
  assert.equal((await db.all(db.build.selectFrom('share').select('id'))).length, 3);
});

test('nobody in it has an address that somebody could have', async () => {
  await using world = await openTestWorld();
  await seedDemo(world);
  const { db } = world;
  const principals = await db.all(db.build.selectFrom('principal').select('email as address'));
  const cards = await db.all(db.build.selectFrom('card_email').select('address'));
  const real = [...principals, ...cards].filter(({ address }) => !address?.endsWith('.example'));
  assert.deepEqual(real, []);
});

test('chance is the same at every start', () => {
  const [first, second] = [createChance(5), createChance(5)];
  assert.deepEqual(
    Array.from({ length: 50 }, () => first.below(1000)),
    Array.from({ length: 50 }, () => second.below(1000)),
  );
});

test('a portrait is a small image', () => {
  const uri = portrait(createChance(1));
  const bytes = Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64');
  assert.equal(sniffImage(bytes), 'image/png');
  assert.ok(bytes.length < 4000);
});
