import { isSetFailure, JmapMethodError, SetFailure } from '../../../client/src/errors.ts';
import type { Id, ManagedPrincipal } from '../../../client/src/types.ts';
import { describeError } from '../../api/errors.ts';
import { call } from '../../api/jmap.ts';
import { ownAccountId, sessionStatus } from '../../api/session.ts';
import { messages } from '../../locales/messages.ts';
import { showFailure } from '../../ui/toasts.tsx';

/** What lists need of a person or group. */
const listProperties = [
  'id',
  'kind',
  'name',
  'email',
  'isActive',
  'isListed',
  'isAdministrator',
  'source',
  'hasPassword',
  'memberCount',
];

/** The account of the person who administers. */
export function ownAccount(): Id {
  const status = sessionStatus();
  return status.status === 'ready' ? ownAccountId(status.session) : '';
}

/** Some of the people and groups that match, and how many match in all. */
export interface ManagedPage {
  readonly list: readonly ManagedPrincipal[];
  readonly total: number;
}

/** The first people or groups that match. */
export async function findManaged(filter: object, limit: number): Promise<ManagedPage> {
  const accountId = ownAccount();
  const { ids, total } = await call('ManagedPrincipal/query', { accountId, filter, limit, calculateTotal: true });
  if (ids.length === 0) return { list: [], total: 0 };
  const { list } = await call('ManagedPrincipal/get', { accountId, ids, properties: listProperties });
  const byId = new Map(list.map((one) => [one.id, one]));
  return { list: ids.flatMap((id) => byId.get(id) ?? []), total: total ?? ids.length };
}

/** One group with its members. */
export async function membersOf(id: Id): Promise<readonly ManagedPrincipal[]> {
  const accountId = ownAccount();
  const [group] = (await call('ManagedPrincipal/get', { accountId, ids: [id], properties: ['memberIds'] })).list;
  const ids = Object.keys(group?.memberIds ?? {});
  if (ids.length === 0) return [];
  const { list } = await call('ManagedPrincipal/get', {
    accountId,
    ids: ids.slice(0, 1000),
    properties: listProperties,
  });
  return list.toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Makes somebody; throws what was refused. */
export async function create(value: object): Promise<Id> {
  const { created, notCreated } = await call('ManagedPrincipal/set', { accountId: ownAccount(), create: { n: value } });
  const refused = notCreated?.['n'];
  if (refused) throw new SetFailure(refused);
  return created?.['n']?.id ?? '';
}

/** Changes somebody; throws what was refused. */
export async function change(id: Id, patch: object): Promise<void> {
  const { notUpdated } = await call('ManagedPrincipal/set', { accountId: ownAccount(), update: { [id]: patch } });
  const refused = notUpdated?.[id];
  if (refused) throw new SetFailure(refused);
}

/** Ends a group; throws what was refused. */
export async function destroy(id: Id): Promise<void> {
  const { notDestroyed } = await call('ManagedPrincipal/set', { accountId: ownAccount(), destroy: [id] });
  const refused = notDestroyed?.[id];
  if (refused) throw new SetFailure(refused);
}

/** What an administrator is told about a refusal. */
export function describe(error: unknown): string {
  const { errors } = messages().administration;
  const reason = isSetFailure(error) ? error.error.reason : error instanceof JmapMethodError ? error.reason : undefined;
  const known = (errors as Readonly<Record<string, string>>)[String(reason)];
  if (known !== undefined) return known;
  if (isSetFailure(error)) return error.error.type === 'alreadyExists' ? errors.exists : errors.invalid;
  return describeError(error);
}

/** Does something and says so when it is refused; whether it was done. */
export async function attempt(task: () => Promise<unknown>): Promise<boolean> {
  try {
    await task();
    return true;
  } catch (error) {
    showFailure(describe(error));
    return false;
  }
}
