import { isDeepStrictEqual } from 'node:util';
import { readColor } from '../../../core/addressbook/colors.ts';
import { createAddressBook, readDescription, readSortOrder } from '../../../core/addressbook/createAddressBook.ts';
import { destroyAddressBook } from '../../../core/addressbook/destroyAddressBook.ts';
import { setListing } from '../../../core/addressbook/listing.ts';
import { listAddressBooks } from '../../../core/addressbook/listAddressBooks.ts';
import type { AddressBookView } from '../../../core/addressbook/listAddressBooks.ts';
import { offerToDevices } from '../../../core/addressbook/offers.ts';
import { setDefaultAddressBook } from '../../../core/addressbook/setDefaultAddressBook.ts';
import { updateAddressBook } from '../../../core/addressbook/updateAddressBook.ts';
import { transact, within } from '../../../core/change/transact.ts';
import type { Context } from '../../../core/context.ts';
import { directoryBookState, listDirectoryBooks } from '../../../core/directorybook/directoryBook.ts';
import { answerInvitation } from '../../../core/invitation/answerInvitation.ts';
import { setShareWith } from '../../../core/share/setShareWith.ts';
import { directoryAccountId } from '../../../core/sharing/directoryAccount.ts';
import { changesOf } from '../../../core/sync/changesOf.ts';
import { stateOf } from '../../../core/sync/states.ts';
import { AppError, notFound } from '../../../errors.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { capability } from '../capabilities.ts';
import { changesMethod } from '../engine/changesMethod.ts';
import type { Call, Properties } from '../engine/define.ts';
import { getMethod } from '../engine/getMethod.ts';
import type { Patch } from '../engine/properties.ts';
import { setMethod } from '../engine/setMethod.ts';
import type { SetCall } from '../engine/setMethod.ts';
import { directoryChanges } from './directoryChanges.ts';
import { meantShareWith, shownRights, shownShareWith } from './rightsShown.ts';
import { asBoolean, asText, asTextOrNull, readListing, readShareWith, requireReadable } from './values.ts';

const properties = {
  id: { serverSet: true },
  name: {},
  description: { default: null },
  sortOrder: { default: 0 },
  isDefault: { serverSet: true },
  isSubscribed: { default: true },
  shareWith: { default: null },
  myRights: { serverSet: true },
  parentId: { vendor: true, default: null },
  role: { vendor: true, serverSet: true, default: null },
  color: { vendor: true, default: null },
  sharedName: { vendor: true, serverSet: true },
  cardCount: { vendor: true, serverSet: true },
  shareCount: { vendor: true, serverSet: true },
  invitation: { vendor: true, serverSet: true, default: null },
  isShareRoot: { vendor: true, serverSet: true },
  downloadUrl: { vendor: true, serverSet: true },
  offerToDevices: { vendor: true, default: true },
  listedFor: { vendor: true, default: null },
} satisfies Properties;

/** How each property that a client sets is read. */
const readers: Readonly<Record<string, (value: Json | undefined, call: Call) => unknown>> = {
  name: (value) => asText('name', value),
  description: (value) => readDescription(asTextOrNull('description', value)),
  sortOrder: (value) => readSortOrder(value as number),
  isSubscribed: (value) => asBoolean('isSubscribed', value),
  shareWith: (value, call) => readShareWith(call, value ?? null),
  parentId: (value) => asTextOrNull('parentId', value),
  color: (value) => readColor(asTextOrNull('color', value)),
  offerToDevices: (value) => asBoolean('offerToDevices', value),
  listedFor: (value) => readListing(value),
};

const common = {
  type: 'AddressBook',
  capability: capability.contacts,
  account: 'everywhere',
  state: (call: Call, accountId: string) =>
    accountId === directoryAccountId
      ? directoryBookState(call.context)
      : stateOf(call.context, accountId, 'AddressBook'),
} as const;

type Extra = {
  readonly removeContents: boolean;
  readonly setDefault: string | null;
  /** Folders that became the default because it was destroyed with the folder above it. */
  readonly fallbacks: string[];
};

/** RFC 9610 §2.1. */
export const addressBookGet = getMethod({
  ...common,
  properties,
  load: async (call, accountId, ids) => {
    const books = await (accountId === directoryAccountId
      ? listDirectoryBooks(call.context, ids)
      : listAddressBooks(call.context, accountId, ids));
    return books.map((book) => shown(call, book));
  },
});

/** RFC 9610 §2.2. */
export const addressBookChanges = changesMethod({
  ...common,
  changes: (call, accountId, since, most) =>
    accountId === directoryAccountId
      ? directoryChanges(call.context, since)
      : changesOf(call.context, accountId, 'AddressBook', since, most),
});

/** RFC 9610 §2.3. */
export const addressBookSet = setMethod<Extra>({
  ...common,
  properties,
  references: { parentId: 'value' },
  extraArguments: ['onDestroyRemoveContents', 'onSuccessSetIsDefault'],
  prepare: (_call, _accountId, args) => ({
    removeContents: args.boolean('onDestroyRemoveContents', false),
    setDefault: args.optionalString('onSuccessSetIsDefault'),
    fallbacks: [],
  }),
  create,
  update,
  async destroy({ call, accountId, extra }, id) {
    await requireIn(call.context, accountId, id);
    const fallback = await destroyAddressBook(call.context, id, { removeContents: extra.removeContents });
    if (fallback !== null) extra.fallbacks.push(fallback);
  },
  async after({ call, accountId, extra }, outcome) {
    const failed = outcome.notCreated.size + outcome.notUpdated.size + outcome.notDestroyed.size > 0;
    const chosen = failed ? [] : await chooseDefault(call, accountId, extra.setDefault);
    const changed = [...extra.fallbacks, ...chosen];
    if (changed.length === 0) return;
    for (const { id, isDefault, myRights } of await listAddressBooks(call.context, accountId, changed)) {
      // The default folder cannot be deleted: the rights change with it.
      const facts = { isDefault, myRights: shownRights(call, myRights) };
      const creation = [...outcome.created].find(([, object]) => object['id'] === id);
      if (creation) outcome.created.set(creation[0], { ...creation[1], ...facts });
      else outcome.updated.set(id, { ...outcome.updated.get(id), ...facts });
    }
  },
});

/** The folders of which `isDefault` changed, when the one that is wanted can be it. */
async function chooseDefault(call: Call, accountId: string, wanted: string | null): Promise<readonly string[]> {
  if (wanted === null) return [];
  const id = wanted.startsWith('#') ? (call.createdIds.get(wanted.slice(1)) ?? '') : wanted;
  return setDefaultAddressBook(call.context, accountId, id);
}

async function create({ call, accountId }: SetCall<Extra>, value: JsonObject): Promise<JsonObject & { id: string }> {
  const { context } = call;
  requireReadable(readers, { ...value, name: value['name'] ?? '' }, call);
  if (!asBoolean('isSubscribed', value['isSubscribed']))
    throw new AppError('forbidden', 'One is subscribed to what one makes');
  const id = await transact(context, async (tx) => {
    const inside = within(context, tx);
    const made = await createAddressBook(inside, accountId, {
      name: asText('name', value['name'] ?? ''),
      parentId: asTextOrNull('parentId', value['parentId']),
      color: asTextOrNull('color', value['color']),
      description: asTextOrNull('description', value['description']),
      sortOrder: value['sortOrder'] as number,
    });
    if (!asBoolean('offerToDevices', value['offerToDevices'])) await offerToDevices(inside, made, false);
    if (value['listedFor'] !== null) await setListing(inside, made, readListing(value['listedFor']));
    if (value['shareWith'] !== null) await setShareWith(inside, made, readShareWith(call, value['shareWith']!));
    return made;
  });
  const object = shown(call, await requireIn(context, accountId, id));
  return { ...differing(object, value), id };
}

async function update({ call, accountId }: SetCall<Extra>, id: string, patch: Patch): Promise<JsonObject | null> {
  const { context } = call;
  const whole = await requireIn(context, accountId, id);
  const current = shown(call, whole);
  // `shareWith/<id>` into a folder that is not shared yet: clients expect null to be an empty map here.
  const { next, changed } = patch.apply(
    intoShareWith(patch.raw) ? { ...current, shareWith: current.shareWith ?? {} } : current,
  );
  requireReadable(readers, Object.fromEntries([...changed].map((name) => [name, next[name]])), call);
  await transact(context, async (tx) => {
    const inside = within(context, tx);
    if (changed.has('isSubscribed')) await subscribe(inside, id, next, changed);
    const rest = { ...pickText(next, changed, !changed.has('isSubscribed')) };
    if (Object.keys(rest).length > 0) await updateAddressBook(inside, id, rest);
    if (changed.has('offerToDevices'))
      await offerToDevices(inside, id, asBoolean('offerToDevices', next['offerToDevices']));
    if (changed.has('listedFor')) await setListing(inside, id, readListing(next['listedFor']));
    if (changed.has('shareWith')) {
      const wanted = readShareWith(call, next['shareWith'] ?? null);
      await setShareWith(inside, id, meantShareWith(call, wanted, whole.shareWith));
    }
  });
  // One who declined sees the folder no more.
  const [after] = await listAddressBooks(context, accountId, [id]);
  const told = after ? differing(shown(call, after), next) : {};
  return Object.keys(told).length === 0 ? null : told;
}

function intoShareWith(raw: JsonObject): boolean {
  return Object.keys(raw).some((pointer) => pointer.startsWith('shareWith/'));
}

/** Accepting is subscribing, declining its opposite (RFC 9670 §1.4); name and colour may come along. */
async function subscribe(context: Context, id: string, next: JsonObject, changed: ReadonlySet<string>): Promise<void> {
  const isSubscribed = asBoolean('isSubscribed', next['isSubscribed']);
  if (next['invitation'] === null) throw new AppError('forbidden', 'One is subscribed to one’s own folders');
  await answerInvitation(context, id, {
    status: isSubscribed ? 'accepted' : 'declined',
    ...(changed.has('name') ? { name: asText('name', next['name']) } : {}),
    ...(changed.has('color') ? { color: asTextOrNull('color', next['color']) } : {}),
  });
}

function pickText(
  next: JsonObject,
  changed: ReadonlySet<string>,
  withView: boolean,
): Parameters<typeof updateAddressBook>[2] {
  return {
    ...(withView && changed.has('name') ? { name: asText('name', next['name']) } : {}),
    ...(withView && changed.has('color') ? { color: asTextOrNull('color', next['color']) } : {}),
    ...(changed.has('description') ? { description: asTextOrNull('description', next['description']) } : {}),
    ...(changed.has('sortOrder') ? { sortOrder: next['sortOrder'] as number } : {}),
    ...(changed.has('parentId') ? { parentId: asTextOrNull('parentId', next['parentId']) } : {}),
  };
}

/** A folder as the request may know it. */
function shown(call: Call, book: AddressBookView): AddressBookView {
  const { myRights, shareWith } = book;
  return { ...book, myRights: shownRights(call, myRights), shareWith: shownShareWith(call, shareWith) };
}

async function requireIn(context: Context, accountId: string, id: string): Promise<AddressBookView> {
  const [view] = await listAddressBooks(context, accountId, [id]);
  if (!view) throw notFound('address book');
  return view;
}

/** What the client does not know from what it sent. */
function differing(object: JsonObject, sent: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name, value]) => !isDeepStrictEqual(value, sent[name])));
}
