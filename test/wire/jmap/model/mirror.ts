import assert from 'node:assert/strict';
import { items } from '../../../kit/calls.ts';
import type { Person, Result } from '../../../kit/person.ts';

/** What of an account is followed. */
export const types = ['AddressBook', 'ContactCard', 'Share'] as const;

/** How many are in a group, and how they answered, is read when it is shown: it is no change of the share. */
const textOf = (object: Result): string =>
  JSON.stringify(object, (key, value: unknown) => (['memberCount', 'responses'].includes(key) ? undefined : value));

/** A client that knows an account only through /changes, in steps of `maxChanges`. */
export function createMirror(person: Person, accountId: string, type: (typeof types)[number], maxChanges: number) {
  let state: string | null = null;
  let known = new Map<string, string>();
  const get = (ids: readonly string[] | null) => person.call(`${type}/get`, { accountId, ids });
  const keep = (result: Result) => items(result['list']).forEach((object) => known.set(object['id']!, textOf(object)));

  async function readAll(): Promise<void> {
    const result = await get(null);
    known = new Map();
    state = result['state'] ?? null;
    keep(result);
  }

  async function follow(): Promise<void> {
    for (let steps = 0; ; steps++) {
      assert.ok(steps < 200, 'changes never end');
      const told = await person.call(`${type}/changes`, { accountId, sinceState: state, maxChanges });
      if (told['type']) return readAll();
      const [created, updated, destroyed] = ['created', 'updated', 'destroyed'].map(
        (name) => items(told[name]) as string[],
      );
      assert.ok(created!.length + updated!.length + destroyed!.length <= maxChanges, 'more than asked for');
      for (const id of destroyed!) known.delete(id);
      const fetched = await get([...created!, ...updated!]);
      if (fetched['type']) return readAll();
      keep(fetched);
      // What changed again since is told again: what is gone by now will be told as gone, or is already.
      for (const id of items(fetched['notFound'])) known.delete(id);
      state = told['newState']!;
      if (!told['hasMoreChanges']) return;
    }
  }

  return {
    sync: () => (state === null ? readAll() : follow()),
    /** What is known, and what there really is. */
    async compare(): Promise<void> {
      const truth = new Map(items((await get(null))['list']).map((object) => [object['id'] as string, textOf(object)]));
      const sorted = (map: ReadonlyMap<string, string>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
      assert.deepEqual(sorted(known), sorted(truth), `${person.name} and the ${type}s of ${accountId}`);
    },
  };
}
