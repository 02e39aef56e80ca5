import { call, setStrictly } from '../../../api/jmap.ts';
import { JmapMethodError } from '../../../../client/src/errors.ts';
import { sync } from '../../../api/store.ts';
import type { Id } from '../../../../client/src/types.ts';
import { messages } from '../../../locales/messages.ts';
import type { CardRef } from '../../../model/cards/card-ref.ts';
import { contentOf } from '../../../model/cards/card-summary.ts';
import { announce } from '../../../ui/announce.ts';
import { showFailure, showToast } from '../../../ui/toasts.tsx';
import { describeCardError } from '../move/card-operations.ts';
import { refreshAccounts } from '../move/card-requests.ts';
import { createCard } from '../edit/save-card.ts';
import { loadCards } from '../send/load-cards.ts';
import { groupsTexts } from './groups-texts.ts';

/** A group, with the name that stands on it. */
export interface NamedGroup {
  readonly accountId: Id;
  readonly id: Id;
  readonly name: string;
}

/** Puts contacts into a group; « Annuler » takes them out again. */
export async function addCardsToGroup(refs: readonly CardRef[], group: NamedGroup): Promise<void> {
  await telling(async () => addMembers(await uidsOf(refs.filter((ref) => !isSame(ref, group))), group));
}

/** Puts members into a group, as it names them. */
export async function addMembersToGroup(keys: readonly string[], group: NamedGroup): Promise<void> {
  await telling(() => addMembers(keys, group));
}

async function addMembers(keys: readonly string[], group: NamedGroup): Promise<void> {
  const added = await changeMembers(group, (members) => {
    const fresh = keys.filter((key) => !members.has(key));
    return { members: new Set([...members, ...fresh]), changed: fresh };
  });
  const undo = added.length > 0 ? () => takeOut(added, group) : undefined;
  showDone(groupsTexts().done(added.length, group.name), undo);
}

/** Takes somebody out of a group; « Annuler » puts them back. */
export async function removeMember(key: string, group: NamedGroup): Promise<void> {
  await telling(async () => {
    await takeOut([key], group);
    showDone(groupsTexts().removed(group.name), () => putBack([key], group));
  });
}

/** Makes a group of these contacts; its id. */
export async function createGroup(
  folder: { readonly accountId: Id; readonly bookId: Id },
  name: string,
  refs: readonly CardRef[],
): Promise<Id> {
  const members = Object.fromEntries((await uidsOf(refs)).map((uid) => [uid, true as const]));
  const id = await createCard(folder.accountId, folder.bookId, {
    kind: 'group',
    name: { full: name },
    ...(refs.length > 0 ? { members } : {}),
  });
  showToast(groupsTexts().created(name));
  return id;
}

async function uidsOf(refs: readonly CardRef[]): Promise<readonly string[]> {
  return (await loadCards(refs, ['uid'])).map(({ uid }) => uid);
}

function isSame(ref: CardRef, group: NamedGroup): boolean {
  return ref.id === group.id && ref.accountId === group.accountId;
}

async function takeOut(keys: readonly string[], group: NamedGroup): Promise<void> {
  await changeMembers(group, (members) => ({
    members: new Set([...members].filter((key) => !keys.includes(key))),
    changed: keys,
  }));
}

async function putBack(keys: readonly string[], group: NamedGroup): Promise<void> {
  await changeMembers(group, (members) => ({ members: new Set([...members, ...keys]), changed: keys }));
}

type Change = (members: ReadonlySet<string>) => { members: ReadonlySet<string>; changed: readonly string[] };

/** Where others write all the time, the last attempt does not wait for a quiet moment: only what changes is in it. */
const mostAttempts = 6;

/** Changes who is in a group as it is at that moment; what others change there stays. */
async function changeMembers({ accountId, id }: NamedGroup, change: Change): Promise<readonly string[]> {
  for (let attempt = 1; ; attempt += 1) {
    const { state, list } = await call('ContactCard/get', { accountId, ids: [id], properties: ['members'] });
    const before = new Set(Object.keys((list[0] && contentOf(list[0]).members) ?? {}));
    const { members, changed } = change(before);
    const patch = patchOf(before, members);
    if (patch === undefined) return changed;
    try {
      await setStrictly('ContactCard', accountId, {
        ...(attempt === mostAttempts ? {} : { ifInState: state }),
        update: { [id]: patch },
      });
    } catch (error) {
      if (error instanceof JmapMethodError && error.type === 'stateMismatch') continue;
      throw error;
    }
    await sync('ContactCard', accountId);
    void refreshAccounts([accountId]);
    return changed;
  }
}

function patchOf(
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): Readonly<Record<string, unknown>> | undefined {
  if (before.size === 0 || after.size === 0)
    return before.size === after.size
      ? undefined
      : { members: Object.fromEntries([...after].map((key) => [key, true])) };
  const pointer = (key: string) => `members/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const gone = [...before].filter((key) => !after.has(key)).map((key) => [pointer(key), null]);
  const come = [...after].filter((key) => !before.has(key)).map((key) => [pointer(key), true]);
  return gone.length + come.length === 0 ? undefined : Object.fromEntries([...gone, ...come]);
}

function showDone(text: string, undo: (() => Promise<void>) | undefined): void {
  const { contacts } = messages();
  const takeBack = async (back: () => Promise<void>) => {
    await back();
    announce(contacts.done.undone);
  };
  showToast(text, undo ? { undo: () => void telling(() => takeBack(undo)) } : {});
}

async function telling(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    showFailure(describeCardError(error));
  }
}
