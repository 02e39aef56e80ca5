import assert from 'node:assert/strict';
import { items } from './calls.ts';
import type { Person, Result } from './person.ts';

/** All versions of a card that somebody sees, newest first. */
export async function historyOf(person: Person, cardId: string, accountId = person.id): Promise<Result[]> {
  return found(person, 'CardVersion', { accountId, filter: { cardId } });
}

/** The feed of a folder, newest first. */
export async function feedOf(
  person: Person,
  inAddressBook: string,
  more: { readonly accountId?: string; readonly author?: string } = {},
): Promise<Result[]> {
  const { accountId = person.id, ...filter } = more;
  return found(person, 'CardActivity', { accountId, filter: { inAddressBook, ...filter } });
}

async function found(person: Person, type: string, args: { accountId: string; filter: object }): Promise<Result[]> {
  const result = await person.call(`${type}/query`, args);
  assert.ok(result['ids'], JSON.stringify(result));
  const ids = items(result['ids']);
  const { list } = await person.call(`${type}/get`, { accountId: args.accountId, ids });
  return ids.map((id) => items(list).find((object) => object['id'] === id)!);
}

/** Brings a version back. */
export async function restoreVersion(person: Person, id: string, more: object = {}): Promise<Result> {
  const result = await person.call('CardVersion/restore', { id, ...more });
  assert.ok(result['operationId'], JSON.stringify(result));
  return result;
}
