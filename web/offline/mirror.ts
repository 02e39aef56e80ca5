import { type JsonObject, textOf } from '../../src/lib/json.ts';
import { capabilities } from '../../client/src/transport.ts';
import { askOne, askServer, type KeptSession } from './ask.ts';
import { database, fact, keep, noteFact, objectsOf } from './database.ts';

/** What is kept whole in every account. */
const smallTypes = ['AddressBook', 'Share'];
/** What is kept of the person's own account besides. */
const ownTypes = ['Preferences', 'ShareInvitation', 'ShareNotification'];
const cardsPerRequest = 500;
/** A browser is no archive: of an account with more, the first by name are kept. */
export const mostCards = 20_000;

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
    if (!isDirectory(session, accountId)) await refreshCards(accountId);
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
  const { list, state } = (await askOne(`${type}/get`, { accountId, ids: null })) as unknown as Got;
  const here = new Set(list.map((object) => textOf(object['id'])));
  const old = (await objectsOf(accountId, type)).map((object) => textOf(object['id']));
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

async function refreshCards(accountId: string): Promise<void> {
  const since = await fact<string>(stateKey(accountId, 'ContactCard'));
  if (since === undefined) return fetchAllCards(accountId);
  try {
    let state = since;
    for (let isMore = true; isMore;) {
      const [changes, created, updated] = await askServer([
        ['ContactCard/changes', { accountId, sinceState: state, maxChanges: cardsPerRequest }, 'c'],
        [
          'ContactCard/get',
          { accountId, '#ids': { resultOf: 'c', name: 'ContactCard/changes', path: '/created' } },
          'n',
        ],
        [
          'ContactCard/get',
          { accountId, '#ids': { resultOf: 'c', name: 'ContactCard/changes', path: '/updated' } },
          'u',
        ],
      ]);
      if (!changes || changes[0] === 'error' || !created || !updated) throw new Error('cannotCalculateChanges');
      const { destroyed, newState, hasMoreChanges } = changes[1] as unknown as Changed;
      const put = [created, updated].flatMap(([, got]) => (got as unknown as Got).list);
      await keep(accountId, 'ContactCard', { put, remove: destroyed });
      await noteFact(stateKey(accountId, 'ContactCard'), newState);
      state = newState;
      isMore = hasMoreChanges;
    }
  } catch (error) {
    if (!(error instanceof Error) || error.message !== 'cannotCalculateChanges') throw error;
    await forgetType(accountId, 'ContactCard');
    await fetchAllCards(accountId);
  }
}

async function fetchAllCards(accountId: string): Promise<void> {
  // The state before the first page: what changes meanwhile comes with the next changes.
  const { state } = (await askOne('ContactCard/get', { accountId, ids: [] })) as unknown as Got;
  for (let position = 0; position < mostCards; position += cardsPerRequest) {
    const sort = [{ property: 'fileAs', isAscending: true }];
    const [, got] = await askServer([
      ['ContactCard/query', { accountId, filter: null, sort, position, limit: cardsPerRequest }, 'q'],
      ['ContactCard/get', { accountId, '#ids': { resultOf: 'q', name: 'ContactCard/query', path: '/ids' } }, 'g'],
    ]);
    if (!got || got[0] === 'error') throw new Error('The cards could not be fetched');
    const { list } = got[1] as unknown as Got;
    await keep(accountId, 'ContactCard', { put: list });
    if (list.length < cardsPerRequest) break;
  }
  await noteFact(stateKey(accountId, 'ContactCard'), state);
}

/** Under which name the state of a type is kept. */
export function stateKey(accountId: string, type: string): string {
  return `state ${accountId} ${type}`;
}
