import assert from 'node:assert/strict';
import { items } from '../../../kit/calls.ts';
import type { Person, Result } from '../../../kit/person.ts';

/** What is looked for: what an edit moves in, out and about. */
export const queries: readonly object[] = [
  { sort: [{ property: 'fileAs' }] },
  { sort: [{ property: 'updated', isAscending: false }], filter: { text: 'N' } },
  { filter: { operator: 'NOT', conditions: [{ kind: 'group' }] }, sort: [{ property: 'created' }] },
];

/** A client that keeps the results of a query up to date by /queryChanges alone, as long as the server can tell. */
export function createFollower(person: Person, accountId: string, query: object) {
  let ids: string[] = [];
  let state: string | null = null;
  const ask = () => person.call('ContactCard/query', { accountId, ...query, calculateTotal: true });

  async function readAll(): Promise<void> {
    const result = await ask();
    ids = items(result['ids']) as string[];
    state = result['queryState'] ?? null;
  }

  async function follow(): Promise<void> {
    const told = await person.call('ContactCard/queryChanges', { accountId, ...query, sinceQueryState: state });
    if (told['type']) return readAll();
    const removed = new Set(items(told['removed']) as string[]);
    ids = ids.filter((id) => !removed.has(id));
    for (const { id, index } of items(told['added']) as unknown as { id: string; index: number }[]) {
      assert.ok(index <= ids.length, 'put in behind the end');
      ids.splice(index, 0, id);
    }
    state = told['newQueryState']!;
  }

  return {
    sync: () => (state === null ? readAll() : follow()),
    async compare(): Promise<void> {
      const result: Result = await ask();
      const truth = items(result['ids']) as string[];
      assert.deepEqual(ids, truth, `${person.name} and ${JSON.stringify(query)} in ${accountId}`);
      if (!result['type']) assert.equal(Number(result['total']), truth.length, `${person.name}: total`);
    },
  };
}
