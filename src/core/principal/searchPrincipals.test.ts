import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestWorld } from '../../../test/kit/testWorld.ts';
import type { TestWorld } from '../../../test/kit/testWorld.ts';
import { foldWords } from '../../lib/fold.ts';
import type { Context } from '../context.ts';
import { createPeople } from './createPerson.ts';
import { searchPrincipals } from './searchPrincipals.ts';
import { setPersonActive } from './setPersonActive.ts';
import { updatePrincipal } from './updatePrincipal.ts';

/** More of one name than are looked at first, and many before them whose names are other ones. */
const given = ['Anne', 'Benoît', 'Zoé', 'Zoé', 'Zoée'];
const surnames = ['Martin', 'Bernard', 'Zola', 'Marchand', 'Été', 'Mar'];
const size = 1_500;
/** With words of which everybody has several, more begin like « p » and « q » than are gathered. */
const common = 'Pa Pe Pi Po Qa Qe Qi Qo';

let world: TestWorld;
let context: Context;
let people: { id: string; name: string; email: string; name_key: string; isActive: boolean }[];

before(async () => {
  world = await openTestWorld();
  const wanted = Array.from({ length: size }, (_, index) => ({
    name: `${given[index % given.length]} ${surnames[index % surnames.length]}${index % 7} ${index % 9 ? common : ''}`,
    email: `p${index}@demo.example`,
  }));
  const rows = await createPeople(world, wanted);
  people = rows.map(({ id, name, email, name_key }) => ({ id, name, email: email!, name_key, isActive: true }));
  context = world.as(people[0]!.id);
});
after(() => world[Symbol.asyncDispose]());

/** All who fit, by name, found by looking at each. */
function expected(text: string): string[] {
  const fits = ({ name, email }: { name: string; email: string }) => {
    const words = [...foldWords(name), ...foldWords(email)];
    return foldWords(text).every((word) => words.some((other) => other.startsWith(word)));
  };
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return people
    .filter((person) => person.isActive && fits(person))
    .sort((a, b) => compare(a.name_key, b.name_key) || compare(a.id, b.id))
    .map(({ id }) => id);
}

const texts = [
  'z',
  'zo',
  'zoe',
  'zoee',
  'mar',
  'zoe mar',
  'mar zo',
  'ete zoee',
  'p1',
  'demo',
  'benoit mar3 ex',
  'nobody',
  'p',
  'pa',
  'q',
  'p q',
  'q anne',
  'qa p zo',
];

async function agrees(): Promise<void> {
  for (const text of texts) {
    const all = expected(text);
    for (const [position, limit] of [
      [0, 20],
      [390, 20],
      [all.length - 5, 20],
      [0, size],
    ] as const) {
      if (position < 0) continue;
      const { principals } = await searchPrincipals(context, { text, position, limit });
      assert.deepEqual(
        principals.map(({ id }) => id),
        all.slice(position, position + limit),
        `${text} from ${position}`,
      );
    }
  }
}

test('whatever is typed, the page is that of a list of all who fit, however many they are', agrees);

test('who is called otherwise, or has left, is found where they stand now', async () => {
  for (const index of [2, 3, 700, 1_499]) {
    const person = people[index]!;
    const { name, name_key } = await updatePrincipal(world, person.id, { name: `Aaron ${person.name}` });
    people[index] = { ...person, name, name_key };
  }
  for (const index of [7, 8, 12]) {
    await setPersonActive(world, people[index]!.id, false);
    people[index] = { ...people[index]!, isActive: false };
  }
  await agrees();
});
