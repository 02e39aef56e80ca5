import assert from 'node:assert/strict';
import { sync, tokenOf } from './dav.ts';
import type { Person } from './person.ts';

/** A device or a window: what it holds, and how it is brought up to date. */
export type Copy = {
  readonly held: ReadonlyMap<string, string>;
  /** Synchronises as its protocol says; whether it had to read everything anew. */
  follow(person: Person): Promise<'changes' | 'anew'>;
};

/** The names of an account's contacts, as a JMAP client keeps them. */
export function jmapCopy(accountId: string): Copy {
  const held = new Map<string, string>();
  let state: string | null = null;
  const read = async (person: Person, ids: readonly string[] | null) => {
    const got = await person.call('ContactCard/get', { accountId, ids });
    for (const card of got['list']!) held.set(card['id']!, card['name']!['full']!);
    return got['state']!;
  };
  return {
    held,
    async follow(person) {
      const told = state === null ? null : await person.call('ContactCard/changes', { accountId, sinceState: state });
      if (!told || told['type'] === 'cannotCalculateChanges') {
        held.clear();
        state = await read(person, null);
        return 'anew';
      }
      assert.equal(String(told['hasMoreChanges']), 'false');
      for (const id of told['destroyed']!) held.delete(id);
      await read(person, [...told['created']!, ...told['updated']!]);
      state = told['newState']!;
      return 'changes';
    },
  };
}

/** The ETags of a folder's cards, as a CardDAV client keeps them: one that starts afresh on this answer alone. */
export function davCopy(path: string, { agent = 'demo', refusal = 403 } = {}): Copy {
  const held = new Map<string, string>();
  let token = '';
  return {
    held,
    async follow(person) {
      const headers = { 'User-Agent': agent };
      let reply = await sync(person, path, token, { headers });
      const isAnew = token === '' || reply.status === refusal;
      if (reply.status === refusal) reply = await sync(person, path, '', { headers });
      assert.equal(reply.status, 207);
      if (isAnew) held.clear();
      for (const { href, status, found } of reply.responses) {
        if (status?.includes('404')) held.delete(href);
        else held.set(href, [...found.values()].map((element) => JSON.stringify(element)).join());
      }
      token = tokenOf(reply);
      return isAnew ? 'anew' : 'changes';
    },
  };
}

/** A copy that is begun now holds what the server has. */
export async function assertSame(copy: Copy, fresh: Copy, person: Person): Promise<void> {
  await fresh.follow(person);
  assert.deepEqual(new Map([...copy.held].sort()), new Map([...fresh.held].sort()));
}
