import type { ChangeType } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { isWhole } from '../scope.ts';
import { sharedBooks } from '../sharing/access.ts';
import { sessionAccounts } from '../sharing/sessionAccounts.ts';
import { sharedTypes } from './interest.ts';
import { stateAmong, stateOf } from './states.ts';

/** States by account and type: the content of a StateChange (RFC 8620 §7.1). */
export type ChangedStates = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The types that changed, by account. */
export type ChangedTypes = ReadonlyMap<string, readonly ChangeType[]>;

const ownTypes: readonly ChangeType[] = [
  'AddressBook',
  'ContactCard',
  'Share',
  'ShareInvitation',
  'ShareNotification',
  'TrashItem',
  'ContactImport',
  'FolderHandover',
  'AccessRequest',
  'Preferences',
  'PrivateNote',
  'CardLink',
];

/** What there is of one folder alone. */
const folderTypes: readonly ChangeType[] = ['AddressBook', 'ContactCard'];

/** The current states of what changed, as the person sees them. */
export async function readStates(context: Context, changed: ChangedTypes): Promise<ChangedStates> {
  const states = await statesOf(context, changed);
  await context.db.settled();
  return states;
}

async function statesOf(context: Context, changed: ChangedTypes): Promise<ChangedStates> {
  const states = new Map<string, Map<string, string>>();
  const own = context.actor.principalId;
  const isOwn = [...changed.keys()].every((accountId) => accountId === own);
  // Read once for all accounts and types: a change in a folder that a thousand people share is read for each of them.
  const readable = isOwn ? [] : (await sharedBooks(context.db, context)).filter(({ rights }) => rights.mayRead);
  // RFC 9670 §1.4: nothing of an account in which the person has accepted nothing, not even that they lost it.
  const accepted = readable.filter(({ invitation }) => invitation === 'accepted').map(({ book }) => book.account_id);
  const subscribed = new Set([own, ...accepted]);
  for (const [accountId, types] of changed) {
    if (!subscribed.has(accountId)) continue;
    const books = readable.filter(({ book }) => book.account_id === accountId);
    const ofAccount = new Map<string, string>();
    for (const type of types) {
      const read = accountId === own ? stateOf(context, own, type) : stateAmong(context, { accountId, type, books });
      ofAccount.set(type, await read);
    }
    states.set(accountId, ofAccount);
  }
  return states;
}

/** The current states of everything that the person is told of. */
export async function readAllStates(context: Context): Promise<ChangedStates> {
  const states = await allStatesIn(context);
  await context.db.settled();
  return states;
}

/** The same in a transaction, while nothing is told before it ends. */
export async function allStatesIn(context: Context): Promise<ChangedStates> {
  const others = (await sessionAccounts(context)).map(({ id }): [string, readonly ChangeType[]] => [id, sharedTypes]);
  const own = isWhole(context.actor) ? ownTypes : folderTypes;
  return statesOf(context, new Map([[context.actor.principalId, own], ...others]));
}

/** Only the wanted types, as a JSON object; null if none of them changed. */
export function pickStates(states: ChangedStates, types: ReadonlySet<string> | null): StateMap | null {
  const picked: [string, Readonly<Record<string, string>>][] = [];
  for (const [accountId, ofAccount] of states) {
    const wanted = [...ofAccount].filter(([type]) => types === null || types.has(type));
    if (wanted.length > 0) picked.push([accountId, Object.fromEntries(wanted)]);
  }
  return picked.length === 0 ? null : Object.fromEntries(picked);
}

/** The property `changed` of a StateChange. */
export type StateMap = Readonly<Record<string, Readonly<Record<string, string>>>>;
