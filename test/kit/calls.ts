import assert from 'node:assert/strict';
import type { Person, Result } from './person.ts';

/** Objects of a type in an account: whose, and by whom it is asked. */
type Where = { readonly accountId?: string };

/** Creates one object, in the person's own account unless another is named; its id. */
export async function create(person: Person, type: string, value: object, where: Where = {}): Promise<string> {
  const result = await person.call(`${type}/set`, { ...where, create: { new: value } });
  assert.ok(result['created']?.['new'], `${type} was not created: ${JSON.stringify(result)}`);
  return result['created']['new']['id']!;
}

/** Changes one object; what the server says beyond the patch. */
export async function update(
  person: Person,
  type: string,
  id: string,
  patch: object,
  where: object = {},
): Promise<Result | null> {
  const result = await person.call(`${type}/set`, { ...where, update: { [id]: patch } });
  assert.ok(result['updated'] && id in result['updated'], `${type} was not changed: ${JSON.stringify(result)}`);
  return result['updated'][id]!;
}

/** Destroys one object. */
export async function destroy(person: Person, type: string, id: string, more: object = {}): Promise<void> {
  const result = await person.call(`${type}/set`, { ...more, destroy: [id] });
  assert.deepEqual(result['destroyed'], [id], `${type} was not destroyed: ${JSON.stringify(result)}`);
}

/** What a /set answers to one change that it refuses; an error of the whole method as well. */
export async function refusal(person: Person, method: string, args: object): Promise<Result> {
  const result = await person.call(method, args);
  const refused =
    result['notCreated'] ??
    result['notUpdated'] ??
    result['notDestroyed'] ??
    result['notRestored'] ??
    result['notResent'];
  const [error] = refused ? (Object.values(refused) as Result[]) : [result];
  assert.ok(error?.['type'], `${method} refused nothing: ${JSON.stringify(result)}`);
  return error;
}

/** The objects with these ids, or all. */
export async function list(
  person: Person,
  type: string,
  where: Where & { ids?: readonly string[] } = {},
): Promise<Result[]> {
  const result = await person.call(`${type}/get`, where);
  assert.ok(result['list'], `${type}/get: ${JSON.stringify(result)}`);
  return [...result['list']];
}

/** What a result holds as an array. */
export function items(result: Result | undefined): Result[] {
  return [...(result ?? [])];
}

/** One object; undefined when it is not found. */
export async function get(person: Person, type: string, id: string, where: Where = {}): Promise<Result | undefined> {
  return (await list(person, type, { ...where, ids: [id] }))[0];
}

/** Shares a folder of one's own; the id of the share. */
export function share(
  owner: Person,
  addressBookId: string,
  grantee: Person | { id: string },
  role: string,
  more: object = {},
): Promise<string> {
  return create(owner, 'Share', { addressBookId, principalId: grantee.id, role, ...more });
}

/** Answers an invitation. */
export async function answer(person: Person, bookId: string, status: string, more: object = {}): Promise<void> {
  await update(person, 'ShareInvitation', bookId, { status, ...more });
}

/** Shares a folder with somebody who accepts. */
export async function shareAccepted(owner: Person, bookId: string, grantee: Person, role = 'manager'): Promise<string> {
  const id = await share(owner, bookId, grantee, role);
  await answer(grantee, bookId, 'accepted');
  return id;
}

/** The state of a type. */
export async function stateOf(person: Person, type: string, accountId = person.id): Promise<string> {
  const result = await person.call(`${type}/get`, { accountId, ids: [] });
  assert.ok(result['state'], `${type}/get: ${JSON.stringify(result)}`);
  return result['state'];
}

/** What /changes says. */
export async function changes(
  person: Person,
  type: string,
  sinceState: string,
  accountId = person.id,
): Promise<Result> {
  return person.call(`${type}/changes`, { accountId, sinceState });
}

/** A card of this name in a folder; its id. */
export function card(person: Person, bookId: string, name: string, where: Where = {}): Promise<string> {
  return create(person, 'ContactCard', { name: { full: name }, addressBookIds: { [bookId]: true } }, where);
}

/** A folder of this name; its id. */
export function folder(person: Person, name: string, more: object = {}, where: Where = {}): Promise<string> {
  return create(person, 'AddressBook', { name, ...more }, where);
}

/** The accounts of the session, and its state. */
export async function session(person: Person): Promise<{ accounts: Record<string, Result>; state: string }> {
  return (await (await person.get('/jmap/session')).json()) as { accounts: Record<string, Result>; state: string };
}

/** Keeps a file; its blobId. */
export async function upload(person: Person, data: Uint8Array, type: string, accountId = person.id): Promise<string> {
  const body = { method: 'POST', headers: { 'Content-Type': type }, body: Buffer.from(data) };
  const response = await person.fetch(`/jmap/upload/${accountId}`, body);
  assert.equal(response.status, 201, await (response.ok ? '' : response.text()));
  return ((await response.json()) as { blobId: string }).blobId;
}

/** A picture of one pixel. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
