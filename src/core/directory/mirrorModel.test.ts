import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestDirectory } from '../../../test/kit/directory.ts';
import type { TestDirectory } from '../../../test/kit/directory.ts';
import { openTestWorld } from '../../../test/kit/testWorld.ts';
import type { TestWorld } from '../../../test/kit/testWorld.ts';
import type { PrincipalRow } from '../../db/schema.ts';
import { AppError } from '../../errors.ts';
import { emailKey } from '../principal/emailKey.ts';
import { findPrincipalByEmail } from '../principal/findPrincipalByEmail.ts';
import { principalsOf } from '../principal/principalsOf.ts';
import { searchPrincipals } from '../principal/searchPrincipals.ts';
import { syncDirectory } from './syncDirectory.ts';

/** Numbers that look random and are the same at every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed * 2654435761 + 1;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const people = ['ada', 'ben', 'chloe', 'dora', 'emil', 'fay'];
const groups = ['group1', 'group2', 'group3', 'group4'];

/** One thing that happens in a directory, by chance. */
function happen(directory: TestDirectory, roll: (sides: number) => number): void {
  const pick = <T>(list: readonly T[]) => list[roll(list.length)]!;
  const person = pick(people);
  const group = pick(groups);
  const refer = (id: string) => directory.get(id)?.references[0] ?? `cn=${id},dc=demo`;
  const acts: (() => void)[] = [
    () => directory.put({ externalId: person, name: `${pick(['Élodie', 'Zoé', 'Anne'])} ${roll(100)}` }),
    // Moves in the tree: groups go on naming the old place until they are told.
    () => directory.put({ externalId: person, references: [`cn=${person},ou=${roll(3)},dc=demo`] }),
    () => directory.put({ externalId: group, references: [`cn=${group},ou=${roll(2)},dc=demo`] }),
    () => {
      const other = pick(people);
      const [mine, theirs] = [directory.get(person)?.email, directory.get(other)?.email];
      if (mine === undefined || theirs === undefined || other === person) return;
      directory.put({ externalId: person, email: theirs });
      directory.put({ externalId: other, email: mine });
    },
    () => directory.put({ externalId: person, aliases: [`${pick(people)}.alias@demo.example`] }),
    () => directory.put({ externalId: person, isActive: roll(2) === 0 }),
    () => directory.put({ externalId: person, isListed: roll(2) === 0 }),
    () => directory.remove(pick([person, person, group])),
    () => directory.put({ externalId: person }),
    () => directory.put({ externalId: group, members: [...people, ...groups].filter(() => roll(3) === 0).map(refer) }),
    () => directory.put({ externalId: group, members: [...people, ...groups].filter(() => roll(3) === 0).map(refer) }),
  ];
  pick(acts)();
}

/** Who is in which groups, also through others, as the directory itself says. */
function groupsOf(directory: TestDirectory, personId: string): Set<string> {
  const entries = directory.entries().filter((entry) => entry.isActive);
  const around = (id: string) => {
    const references = new Set(entries.find((entry) => entry.externalId === id)?.references);
    return entries.filter((entry) => entry.members.some((name) => references.has(name)) && entry.externalId !== id);
  };
  const found = new Set<string>();
  const open = [personId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { externalId } of around(id)) {
      if (found.has(externalId)) continue;
      found.add(externalId);
      open.push(externalId);
    }
  }
  found.delete(personId);
  return found;
}

async function requireSame(world: TestWorld, directory: TestDirectory, hint: string): Promise<void> {
  const rows = await world.db.all(world.db.build.selectFrom('principal').selectAll());
  const byExternal = new Map(rows.map((row) => [row.external_id!, row]));
  const externalOf = new Map(rows.map((row) => [row.id, row.external_id!]));
  for (const id of [...people, ...groups]) {
    const entry = directory.get(id);
    const row = byExternal.get(id);
    if (!entry) {
      assert.ok(!row || row.is_active === 0, `${hint}: ${id} is gone`);
      continue;
    }
    assert.ok(row, `${hint}: ${id} is there`);
    assert.deepEqual(
      [row.name, row.email, row.is_active === 1, row.is_listed === 1],
      [entry.name, entry.email, entry.isActive, entry.isListed],
      `${hint}: ${id}`,
    );
  }
  for (const id of people.filter((each) => directory.get(each)?.isActive)) {
    const mine = await principalsOf(world.db, byExternal.get(id)!.id);
    const mirrored = new Set(mine.map((each) => externalOf.get(each)!).filter((each) => each !== id));
    assert.deepEqual([...mirrored].sort(), [...groupsOf(directory, id)].sort(), `${hint}: the groups of ${id}`);
  }
  await requireAddresses(world, directory, byExternal, hint);
}

/** Every address that an active entry has belongs to one of those who have it, and no other to anybody. */
async function requireAddresses(
  world: TestWorld,
  directory: TestDirectory,
  rows: ReadonlyMap<string, PrincipalRow>,
  hint: string,
): Promise<void> {
  const claims = new Map<string, string[]>();
  for (const entry of directory.entries().filter(({ isActive }) => isActive)) {
    for (const address of new Set([...(entry.email === null ? [] : [entry.email]), ...entry.aliases]))
      claims.set(emailKey(address), [...(claims.get(emailKey(address)) ?? []), entry.externalId]);
  }
  for (const person of people) {
    for (const address of [`${person}@demo.example`, `${person}.alias@demo.example`]) {
      const holder = (await findPrincipalByEmail(world.db, address))?.external_id ?? null;
      const claimants = claims.get(address) ?? [];
      const fits = claimants.length === 0 ? holder === null : claimants.includes(holder!);
      assert.ok(fits, `${hint}: ${address} belongs to ${holder}, claimed by ${claimants.join(' and ')}`);
    }
  }
  const listed = directory.entries().filter((entry) => entry.isActive && entry.isListed);
  const { principals } = await searchPrincipals(world.as('nobody'), { position: 0, limit: 100 });
  assert.deepEqual(
    principals.map((row) => row.external_id).sort(),
    listed.map((entry) => entry.externalId).sort(),
    `${hint}: those who are found`,
  );
  for (const row of rows.values()) {
    const main = row.email === null ? null : emailKey(row.email);
    const holder = main === null ? null : ((await findPrincipalByEmail(world.db, main))?.id ?? null);
    assert.equal(row.email_key, holder === row.id ? main : null, `${hint}: the address of ${row.external_id}`);
  }
}

test('after each reading the mirror says what the directory says, whatever happened and in whatever order it is told', async () => {
  for (let seed = 1; seed <= 25; seed += 1) {
    await using world = await openTestWorld();
    const roll = dice(seed);
    const directory = createTestDirectory();
    directory.order = (entries) =>
      entries
        .map((entry) => ({ entry, place: roll(1000) }))
        .sort((a, b) => a.place - b.place)
        .map(({ entry }) => entry);
    for (const id of [...people, ...groups]) directory.put({ externalId: id });
    for (let round = 0; round < 8; round += 1) {
      for (let act = roll(12); act >= 0; act -= 1) happen(directory, roll);
      directory.pageSize = 1 + roll(4);
      const breaks = roll(3) === 0;
      directory.beforePage = (page) => {
        if (breaks && page === 1) throw new AppError('unavailable', 'broken off');
      };
      const attempt = syncDirectory(world, directory, { withSweep: true, acceptLosses: true });
      if (
        !(await attempt.then(
          () => true,
          () => false,
        ))
      ) {
        directory.beforePage = () => undefined;
        await syncDirectory(world, directory, { withSweep: true, acceptLosses: true });
      }
      await requireSame(world, directory, `seed ${seed}, round ${round}`);
      world.clock = new Date(world.clock.getTime() + 60_000);
    }
  }
});
