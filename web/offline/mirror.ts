import { type JsonObject, textOf } from '../../src/lib/json.ts';
import { capabilities } from '../../client/src/transport.ts';
import { askOne, askServer, type KeptSession } from './ask.ts';
import { database, fact, keep, noteFact, objectsOf } from './database.ts';

/** What is kept whole in every account. */
const smallTypes = ['AddressBook', 'Share'];
/** What is kept of the person's own account besides. */
const ownTypes = ['Preferences', 'ShareInvitation', 'ShareNotification'];
/** What is followed by its changes, in the order in which it is fetched at first. */
const orders = {
  ContactCard: [{ property: 'fileAs', isAscending: true }],
  PrivateNote: [],
} as const;
type Followed = keyof typeof orders;
const objectsPerRequest = 500;
/** A browser is no archive: of an account with more, the first by name are kept. */
const mostCards = 20_000;

let running: Promise<void> | undefined;

/** Brings what is kept up to date; several wishes at once are one. */
export function bringUpToDate(): Promise<void> {
  running ??= refresh().finally(() => {
    running = undefined;
  });
  return running;
}

async function refresh(): Promise<void> {
  const session = await fact<KeptSession>('session');
  if (!session) return;
  const own = await fact<string>('own');
  const accountIds = Object.keys(session.accounts);
  await forgetOthers(accountIds);
  for (const accountId of accountIds) {
    for (const type of typesIn(session, accountId, own)) await refreshSmall(accountId, type);
    if (!isDirectory(session, accountId)) await refreshFollowed(accountId, 'ContactCard');
    if (accountId === own) await refreshFollowed(accountId, 'PrivateNote');
  }
  await noteFact('syncedAt', new Date().toISOString());
}

function typesIn(session: KeptSession, accountId: string, own: string | undefined): readonly string[] {
  if (isDirectory(session, accountId)) return ['AddressBook'];
  return accountId === own ? [...smallTypes, ...ownTypes] : smallTypes;
}

/** The directory is too large to carry about, and is the organisation's own. */
function isDirectory(session: KeptSession, accountId: string): boolean {
  return session.accounts[accountId]?.accountCapabilities[capabilities.coterie]?.['isDirectory'] === true;
}

async function forgetOthers(accountIds: readonly string[]): Promise<void> {
  const kept = (await fact<readonly string[]>('accounts')) ?? [];
  await noteFact('accounts', accountIds);
  for (const accountId of kept.filter((id) => !accountIds.includes(id))) {
    for (const type of [...smallTypes, 'ContactCard']) await forgetType(accountId, type);
  }
}

async function forgetType(accountId: string, type: string): Promise<void> {
  const remove = (await objectsOf(accountId, type)).map((object) => textOf(object['id']));
  await keep(accountId, type, { remove });
  await (await database()).delete('facts', stateKey(accountId, type));
}

async function refreshSmall(accountId: string, type: string): Promise<void> {
  const old = (await objectsOf(accountId, type)).map((object) => textOf(object['id']));
  // Last of all: nothing is waited for between this, which notices that somebody signs out, and keeping what came.
  const { list, state } = (await askOne(`${type}/get`, { accountId, ids: null })) as unknown as Got;
  const here = new Set(list.map((object) => textOf(object['id'])));
  await keep(accountId, type, { put: list, remove: old.filter((id) => !here.has(id)) });
  await noteFact(stateKey(accountId, type), state);
}

type Got = { readonly list: readonly JsonObject[]; readonly state: string };
type Changed = {
  readonly updated: readonly string[];
  readonly created: readonly string[];
  readonly destroyed: readonly string[];
  readonly newState: string;
  readonly hasMoreChanges: boolean;
};

async function refreshFollowed(accountId: string, type: Followed): Promise<void> {
  const since = await fact<string>(stateKey(accountId, type));
  if (since === undefined) return fetchAll(accountId, type);
  try {
    let state = since;
    for (let isMore = true; isMore;) {
      const [changes, created, updated] = await askServer([
        [`${type}/changes`, { accountId, sinceState: state, maxChanges: objectsPerRequest }, 'c'],
        [`${type}/get`, { accountId, '#ids': { resultOf: 'c', name: `${type}/changes`, path: '/created' } }, 'n'],
        [`${type}/get`, { accountId, '#ids': { resultOf: 'c', name: `${type}/changes`, path: '/updated' } }, 'u'],
      ]);
      if (!changes || changes[0] === 'error' || !created || !updated) throw new Error('cannotCalculateChanges');
      const { destroyed, newState, hasMoreChanges } = changes[1] as unknown as Changed;
      const put = [created, updated].flatMap(([, got]) => (got as unknown as Got).list);
      await keep(accountId, type, { put, remove: destroyed });
      await noteFact(stateKey(accountId, type), newState);
      state = newState;
      isMore = hasMoreChanges;
    }
  } catch (error) {
    if (!(error instanceof Error) || error.message !== 'cannotCalculateChanges') throw error;
    await forgetType(accountId, type);
    await fetchAll(accountId, type);
  }
}

async function fetchAll(accountId: string, type: Followed): Promise<void> {
  // The state before the first page: what changes meanwhile comes with the next changes.
  const { state } = (await askOne(`${type}/get`, { accountId, ids: [] })) as unknown as Got;
  for (let position = 0; position < mostCards; position += objectsPerRequest) {
    const sort = orders[type];
    const [, got] = await askServer([
      [`${type}/query`, { accountId, filter: null, sort, position, limit: objectsPerRequest }, 'q'],
      [`${type}/get`, { accountId, '#ids': { resultOf: 'q', name: `${type}/query`, path: '/ids' } }, 'g'],
    ]);
    if (!got || got[0] === 'error') throw new Error('They could not be fetched');
    const { list } = got[1] as unknown as Got;
    await keep(accountId, type, { put: list });
    if (list.length < objectsPerRequest) break;
  }
  await noteFact(stateKey(accountId, type), state);
}

/** Under which name the state of a type is kept. */
export function stateKey(accountId: string, type: string): string {
  return `state ${accountId} ${type}`;
}
