import { isDeepStrictEqual } from 'node:util';
import type { CardView } from '../../../core/card/cardView.ts';
import { createCard } from '../../../core/card/createCard.ts';
import { destroyCard } from '../../../core/card/destroyCard.ts';
import { findCards } from '../../../core/card/findCards.ts';
import { cardQueryState, changedCards } from '../../../core/card/query/queryChanges.ts';
import { queryCards } from '../../../core/card/query/queryCards.ts';
import type { CardCondition, CardSort } from '../../../core/card/query/queryTypes.ts';
import { updateCard } from '../../../core/card/updateCard.ts';
import { listAddressBooks } from '../../../core/addressbook/listAddressBooks.ts';
import type { Context } from '../../../core/context.ts';
import { directoryBookState } from '../../../core/directorybook/directoryBook.ts';
import { findDirectoryCards } from '../../../core/directorybook/findDirectoryCards.ts';
import { directoryQueryState, queryDirectoryCards } from '../../../core/directorybook/queryDirectoryCards.ts';
import { findBook } from '../../../core/sharing/access.ts';
import { directoryAccountId } from '../../../core/sharing/directoryAccount.ts';
import { changesOf } from '../../../core/sync/changesOf.ts';
import { stateOf } from '../../../core/sync/states.ts';
import { AppError, invalid, notFound } from '../../../errors.ts';
import { isObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { capability, limits } from '../capabilities.ts';
import { changesMethod } from '../engine/changesMethod.ts';
import type { References } from '../engine/creationReferences.ts';
import type { Call, Properties, TypeTable } from '../engine/define.ts';
import { MethodError } from '../engine/errors.ts';
import { asId, asString, asStrings, asUtcDate } from '../engine/filter.ts';
import { getMethod } from '../engine/getMethod.ts';
import type { PropertyTable } from '../engine/properties.ts';
import { queryChangesMethod, queryMethod } from '../engine/queryMethod.ts';
import type { QueryTable } from '../engine/queryMethod.ts';
import { setMethod } from '../engine/setMethod.ts';
import { directoryChanges, noLog } from './directoryChanges.ts';

/** The properties that a ContactCard has beside those of RFC 9553. */
const properties = {
  id: { serverSet: true },
  addressBookIds: {},
  fileAs: { vendor: true, serverSet: true },
  addedByMe: { vendor: true, serverSet: true },
} satisfies Properties;

/** Of JSContact every name is welcome; `validateCard` knows which are wrong. */
const isOther = (name: string) => !Object.hasOwn(properties, name);

/** What may be said of a card, also of a copy. */
export const cardProperties: PropertyTable = { properties, isOther };

/** A photo may be one that Blob/upload made in the same request (RFC 9404 §4.1). */
export const cardReferences: References = { addressBookIds: 'keys', media: { inEach: 'blobId' } };

const common = {
  type: 'ContactCard',
  capability: capability.contacts,
  account: 'everywhere',
  state: contactCardState,
} as const;

/** The state of the cards of an account. */
export function contactCardState({ context }: Call, accountId: string): Promise<string> {
  return isDirectory(accountId) ? directoryBookState(context) : stateOf(context, accountId, 'ContactCard');
}

const text = { read: asSearchText } as const;

const search: Omit<QueryTable<CardCondition, CardSort>, keyof TypeTable> = {
  // RFC 9610 §3.3.1.
  filter: {
    inAddressBook: { read: asId },
    inAddressBooks: { vendor: true, read: asStrings },
    uid: { read: asString },
    kind: { read: asString },
    hasMember: { read: asString },
    hasKeyword: { vendor: true, read: asString },
    createdBefore: { read: asUtcDate },
    createdAfter: { read: asUtcDate },
    updatedBefore: { read: asUtcDate },
    updatedAfter: { read: asUtcDate },
    text,
    anyText: { vendor: true, ...text },
    privateNote: { vendor: true, ...text },
    name: text,
    'name/given': text,
    'name/surname': text,
    'name/surname2': text,
    nickname: text,
    organization: text,
    email: text,
    phone: text,
    onlineService: text,
    address: text,
    note: text,
    nameStartsWith: { vendor: true, read: asString },
  },
  // RFC 9610 §3.3.2.
  sort: {
    created: {},
    updated: {},
    'name/given': {},
    'name/surname': {},
    'name/surname2': {},
    fileAs: { vendor: true },
  },
  canCalculateChanges: (accountId) => !isDirectory(accountId),
  queryState: (call, accountId, filter) =>
    isDirectory(accountId)
      ? directoryQueryState(call.context, filter)
      : cardQueryState(call.context, accountId, filter),
  changed: (call, accountId, state, filter) =>
    isDirectory(accountId) ? Promise.reject(noLog()) : changedCards(call.context, accountId, { state, filter }),
  async run(call, accountId, { filter, sort }) {
    try {
      return await (isDirectory(accountId)
        ? queryDirectoryCards(call.context, filter, sort)
        : queryCards(call.context, accountId, filter, sort));
    } catch (error) {
      const type = error instanceof AppError ? queryErrors[error.details.reason ?? ''] : undefined;
      throw type === undefined ? error : new MethodError(type, (error as Error).message);
    }
  },
};

/** What a query is refused for, in the words of RFC 8620 §5.5. */
const queryErrors: Readonly<Record<string, string>> = {
  filterTooLarge: 'unsupportedFilter',
  unsupportedFilter: 'unsupportedFilter',
  unsupportedSort: 'unsupportedSort',
};

function isDirectory(accountId: string): boolean {
  return accountId === directoryAccountId;
}

const longestSearchText = 1_000;

function asSearchText(value: Json): string | undefined {
  const read = asString(value);
  if (read !== undefined && read.length > longestSearchText)
    throw new MethodError('unsupportedFilter', 'A text to look for is too long');
  return read;
}

/** RFC 9610 §3.1. */
export const contactCardGet = getMethod({
  ...common,
  ...cardProperties,
  async load(call, accountId, ids, wanted) {
    const limit = limits.maxObjectsInGet + 1;
    const found = await (isDirectory(accountId)
      ? findDirectoryCards(call.context, ids, { limit, withMembers: wanted.has('members') })
      : findCards(call.context, accountId, ids, limit));
    return found.map((card) => toJson(call.context, card));
  },
});

/** RFC 9610 §3.2. */
export const contactCardChanges = changesMethod({
  ...common,
  changes: (call, accountId, since, most) =>
    isDirectory(accountId)
      ? directoryChanges(call.context, since)
      : changesOf(call.context, accountId, 'ContactCard', since, most),
});

/** RFC 9610 §3.3. */
export const contactCardQuery = queryMethod({ ...common, ...search });

/** RFC 9610 §3.4. */
export const contactCardQueryChanges = queryChangesMethod({ ...common, ...search });

/** RFC 9610 §3.5. */
export const contactCardSet = setMethod({
  ...common,
  ...cardProperties,
  references: cardReferences,
  async create({ call, accountId }, value) {
    const bookId = await bookOfNew(call.context, accountId, value['addressBookIds']);
    const card = await createCard(call.context, bookId, contentOf(value));
    return { ...differing(toJson(call.context, card), value), id: card.id };
  },
  async update({ call, accountId }, id, patch) {
    let sent: JsonObject = {};
    await requireIn(call.context, accountId, id);
    const card = await updateCard(call.context, { cardId: id, accountId }, (current) => {
      const { next } = patch.apply(toJson(call.context, current));
      sent = next;
      return { card: contentOf(next), bookId: readBook(next['addressBookIds']) };
    });
    const told = differing(toJson(call.context, card), sent);
    return Object.keys(told).length === 0 ? null : told;
  },
  async destroy({ call, accountId }, id) {
    await requireIn(call.context, accountId, id);
    await destroyCard(call.context, { cardId: id, accountId });
  },
});

function toJson({ actor }: Context, { id, addressBookId, addedBy, fileAs, content }: CardView): JsonObject {
  const addedByMe = addedBy === actor.principalId;
  return { ...(content as JsonObject), id, addressBookIds: { [addressBookId]: true }, fileAs, addedByMe };
}

function contentOf(value: JsonObject): JsonObject {
  const { id: _id, addressBookIds: _ids, fileAs: _fileAs, addedByMe: _addedByMe, ...content } = value;
  return content;
}

/** The one folder of the card (maxAddressBooksPerCard is 1). */
function readBook(value: Json | undefined): string {
  const wrong = (message: string) => invalid('addressBookIds', message);
  if (!isObject(value)) throw wrong('addressBookIds maps the id of an AddressBook to true');
  const entries = Object.entries(value);
  if (entries.some(([, held]) => held !== true)) throw wrong('The values of addressBookIds are true');
  if (entries.length !== 1) throw wrong('A card is in exactly one AddressBook');
  return entries[0]![0];
}

/** The folder that a new card is to be in: the one that is said, else the default of the account. */
export async function bookOfNew(context: Context, accountId: string, value: Json | undefined): Promise<string> {
  const id = value === undefined ? await defaultBook(context, accountId) : readBook(value);
  const book = id === undefined ? undefined : await findBook(context.db, context, id);
  if (id === undefined || book?.book.account_id !== accountId)
    throw invalid('addressBookIds', 'No such address book in this account');
  return id;
}

async function defaultBook(context: Context, accountId: string): Promise<string | undefined> {
  return (await listAddressBooks(context, accountId, null)).find(({ isDefault }) => isDefault)?.id;
}

/** Ids are unique over all accounts, but a card is to be addressed in its own. */
async function requireIn(context: Context, accountId: string, id: string): Promise<void> {
  if ((await findCards(context, accountId, [id], 1)).length === 0) throw notFound('card');
}

/** What the client does not know from what it sent; null for what was empty and is not kept. */
function differing(object: JsonObject, sent: JsonObject): JsonObject {
  const changed = Object.entries(object).filter(([name, value]) => !isDeepStrictEqual(value, sent[name]));
  const dropped = Object.keys(sent).filter((name) => sent[name] !== null && !Object.hasOwn(object, name));
  return { ...Object.fromEntries(changed), ...Object.fromEntries(dropped.map((name) => [name, null])) };
}
