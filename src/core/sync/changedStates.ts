import type { ChangeType } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { sessionAccounts } from '../sharing/sessionAccounts.ts';
import { sharedTypes } from './interest.ts';
import { stateOf } from './states.ts';

/** States by account and type: what a StateChange tells (RFC 8620 §7.1). */
export type ChangedStates = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Types that changed, by account. */
export type ChangedTypes = ReadonlyMap<string, readonly ChangeType[]>;

const ownTypes: readonly ChangeType[] = [
  'AddressBook',
  'ContactCard',
  'Share',
  'ShareInvitation',
  'ShareNotification',
  'TrashItem',
  'Preferences',
];

/** The states of what changed, as the person sees them now. */
export async function readStates(context: Context, changed: ChangedTypes): Promise<ChangedStates> {
  const states = new Map<string, Map<string, string>>();
  for (const [accountId, types] of await subscribed(context, changed)) {
    const ofAccount = new Map<string, string>();
    for (const type of types) ofAccount.set(type, await stateOf(context, accountId, type));
    states.set(accountId, ofAccount);
  }
  return states;
}

/** How everything stands that the person is told of. */
export async function readAllStates(context: Context): Promise<ChangedStates> {
  const others = (await sessionAccounts(context)).map(({ id }): [string, readonly ChangeType[]] => [id, sharedTypes]);
  return readStates(context, new Map([[context.actor.principalId, ownTypes], ...others]));
}

/** RFC 9670 §1.4: nothing of an account in which the person has accepted nothing, not even that they lost it. */
async function subscribed(context: Context, changed: ChangedTypes): Promise<ChangedTypes> {
  const own = context.actor.principalId;
  if ([...changed.keys()].every((accountId) => accountId === own)) return changed;
  const accounts = new Set([own, ...(await sessionAccounts(context)).map(({ id }) => id)]);
  return new Map([...changed].filter(([accountId]) => accounts.has(accountId)));
}

/** Only the wanted types, as an object of JSON; null when none of them is among what changed. */
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
