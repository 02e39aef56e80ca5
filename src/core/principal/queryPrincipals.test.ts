import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestWorld } from '../../../test/kit/testWorld.ts';
import type { TestWorld } from '../../../test/kit/testWorld.ts';
import { foldText } from '../../lib/fold.ts';
import type { PrincipalRow } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { createPeople } from './createPerson.ts';
import { ensureGuest } from './ensureGuest.ts';
import { queryPrincipals } from './queryPrincipals.ts';
import type { PrincipalCondition, PrincipalFilter } from './queryPrincipals.ts';
import { setPersonActive } from './setPersonActive.ts';
import { updatePrincipal } from './updatePrincipal.ts';

/** More than are gathered, so that lists of them are kept. */
const size = 1_150;
const given = ['Élodie', 'Jean "Jo"', 'Straße 50%', 'ΣΊΣΥΦΟΣ', 'İbrahim_A', 'K😀elvin'];

let world: TestWorld;
let context: Context;
const people = new Map<string, PrincipalRow>();

before(async () => {
  world = await openTestWorld();
  const wanted = Array.from({ length: size }, (_, index) => ({
    name: `${given[index % given.length]} Zola${index}`,
    email: `P${index}.x_y@Demo.example`,
    description: index % 9 ? null : `Bureau ${index}, 1er ÉTAGE`,
  }));
  for (const row of await createPeople(world, wanted)) people.set(row.id, row);
  context = world.as([...people.keys()][0]!);
});
after(() => world[Symbol.asyncDispose]());

const inAscii = (text: string) => text.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase());
const has = (value: string | null, text: string) => inAscii(value ?? '').includes(inAscii(text));

function fits(row: PrincipalRow, { name, email, text, type }: PrincipalCondition): boolean {
  const inName = (part: string) => has(row.name_key, foldText(part));
  return (
    (name === undefined || inName(name)) &&
    (email === undefined || has(row.email, email)) &&
    (text === undefined || inName(text) || has(row.email, text) || has(row.description, text)) &&
    (type === undefined || row.kind === type)
  );
}

const conditions: readonly PrincipalCondition[] = [
  {},
  { name: 'zol' },
  { name: 'ÉLO' },
  { name: 'e' },
  { name: '"jo" z' },
  { name: '50%' },
  { name: 'm_a' },
  { name: 'σισυ' },
  { name: '😀el' },
  { name: 'la7' },
  { email: 'P1' },
  { email: '.x_y@demo' },
  { email: 'x%' },
  { text: '1er étage' },
  { text: '1ER ÉTAGE' },
  { text: 'bureau 9' },
  { text: 'demo', type: 'individual' },
  { text: 'nobody at all' },
];

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const inOrder = (a: PrincipalRow, b: PrincipalRow) =>
  compare(Buffer.from(a.name_key).toString('hex'), Buffer.from(b.name_key).toString('hex')) || compare(a.id, b.id);

async function agrees(as = context): Promise<void> {
  const seen = [...people.values()].filter((row) => row.is_active === 1).sort(inOrder);
  const filters: [PrincipalFilter | null, (row: PrincipalRow) => boolean][] = conditions.map((condition) => [
    { operator: null, condition },
    (row) => fits(row, condition),
  ]);
  const [one, other] = [{ name: 'élodie' }, { email: 'p11' }];
  const both = [one, other].map((condition) => ({ operator: null, condition }) as const);
  filters.push([null, () => true]);
  filters.push([{ operator: 'OR', conditions: both }, (row) => fits(row, one) || fits(row, other)]);
  filters.push([{ operator: 'NOT', conditions: both }, (row) => !fits(row, one) && !fits(row, other)]);
  for (const [filter, isRight] of filters)
    for (const isAscending of [true, false]) {
      const found = seen.filter(isRight).map(({ id }) => id);
      const ids = isAscending ? found : found.reverse();
      const results = await queryPrincipals(as, { filter, isAscending, readable: new Set() });
      const what = JSON.stringify(filter);
      assert.deepEqual(await results.slice(0, 20), ids.slice(0, 20), what);
      assert.equal(await results.total(), ids.length, what);
      assert.deepEqual(await results.slice(0, null), ids, what);
      const middle = Math.floor(ids.length / 2);
      if (ids.length > 0) assert.equal(await results.indexOf(ids[middle]!), middle, what);
    }
}

test('what is contained is found wherever it stands, as a look at everybody would find it', () => agrees());

test('it is found so also when names, addresses and descriptions have changed, and people have left', async () => {
  const ids = [...people.keys()];
  for (const [index, change] of [
    { name: 'Aaron "Jo" Zola7' },
    { email: 'new.P1.x_y@demo.example' },
    { description: 'Bureau 9' },
    { name: 'Zz Élodie', description: null },
  ].entries()) {
    const id = ids[index * 18]!;
    people.set(id, await updatePrincipal(world, id, change));
    await agrees();
  }
  await setPersonActive(world, ids[9]!, false);
  people.set(ids[9]!, { ...people.get(ids[9]!)!, is_active: 0 });
  await agrees();
});

test('a guest finds nobody but themselves, by whatever they are called now', async () => {
  const guest = await world.db.transaction((tx) => ensureGuest(tx, 'ines@elsewhere.example', world.now()));
  const as: Context = { ...world.as(guest.id), actor: { principalId: guest.id, language: 'fr', isGuest: true } };
  const found = async (condition: PrincipalCondition) => {
    const filter = { operator: null, condition } as const;
    return (await queryPrincipals(as, { filter, isAscending: true, readable: new Set() })).slice(0, null);
  };
  assert.deepEqual(await found({ email: 'elsewhere' }), [guest.id]);
  assert.deepEqual(await found({ text: 'demo.example' }), []);
});
