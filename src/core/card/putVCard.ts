import type { Reader } from '../../db/database.ts';
import { inAccount } from '../../db/inAccount.ts';
import type { CardRow } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import { invalid } from '../../errors.ts';
import { convertVCard } from '../../format/vcard/convert.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import { keepUnseen } from '../../format/vcard/unseen/keepUnseen.ts';
import { serializeVCard } from '../../format/vcard/serialize.ts';
import type { ReadyCard } from '../../format/vcard/repair.ts';
import type { VCard } from '../../format/vcard/types.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { isAnySmall, restorePhotos } from '../photo/restorePhotos.ts';
import { requireBook } from '../sharing/access.ts';
import { requireAdding, requireChange } from '../sharing/cardRights.ts';
import type { CardEntry, CardPlace } from './cardEntries.ts';
import { readyCard } from './contents/readCard.ts';
import type { ReadCard } from './contents/readCard.ts';
import { requireRecord } from './recordOf.ts';
import { saveCard } from './saveCard.ts';

/** A vCard to be stored under a name that the client chose. */
export type Put = {
  readonly bookId: string;
  /** The name in the folder; absent: it is chosen here. */
  readonly uri?: string;
  readonly vcard: string;
  /** Refuses what else would be made whole. */
  readonly strict?: boolean;
  /** Throws when what is there now is not what the client thinks; called inside the transaction. */
  readonly expect?: (current: CardEntry | undefined) => void;
};

/** The result of storing it. */
export type PutResult = {
  readonly card: CardEntry;
  readonly isNew: boolean;
  /** Whether what is kept are the very octets that were sent (RFC 6352 §6.3.2.3: only then is an ETag told). */
  readonly isVerbatim: boolean;
};

/**
 * Stores the text of a vCard as it is, replacing the card of that name or as a new one. A card in which only REV
 * differs changes nothing and notifies nobody. What the program could not see of the old card is kept: full-size photos
 * for which it was given small ones, and what its version of vCard cannot express. Errors: `notFound`, `forbidden`,
 * `stateMismatch` (from `expect`), `tooLarge`, `overQuota`, `invalid` with a reason: `notVCard`, `version`, `uidTaken`,
 * `otherUid`.
 */
export async function putVCard(context: Context, put: Put): Promise<PutResult> {
  const { vcard, strict = false } = put;
  const write = (read?: ReadCard) => transact(context, (tx) => putCard(tx, context, put, read));
  // A transaction waits for nothing but the database.
  if (context.transaction || !context.cardReader) return write();
  return context.cardReader.ahead({ vcard, strict }, write);
}

async function putCard(
  tx: Transaction,
  context: Context,
  { bookId, uri, vcard, strict = false, expect }: Put,
  read: ReadCard | undefined,
): Promise<PutResult> {
  const seen = await requireBook(tx, context, bookId);
  const { book } = seen;
  const old = uri === undefined ? undefined : await findRow(tx, book, uri);
  expect?.(old);
  // Asked after the condition: somebody who may only read learns nothing more by it, and the order is RFC 9110 §13.2.1's.
  if (old) requireChange(context, seen, old);
  else requireAdding(seen);
  const place = { book, ...(uri === undefined ? {} : { uri, isFree: true }) };
  // Nothing that is here already belongs into it: its lines are not looked at again.
  if (read && !old && !(await isAnySmall(tx, read.pictureIds))) {
    const row = await saveCard(tx, context, { ...place, vcard: read.text, contents: read.contents });
    return { card: row, isNew: true, isVerbatim: read.text === vcard };
  }
  const ready = read ? fromRead(read) : readyCard(vcard, strict);
  const record = old && (await requireRecord(tx, old));
  if (old && record === ready.text) return { card: old, isNew: false, isVerbatim: ready.text === vcard };
  const before = record === undefined ? undefined : parseVCard(record);
  const sent = await restorePhotos(tx, context, ready.card, before);
  const card = before ? keepUnseen(before, sent) : sent;
  if (old && before) {
    if ([sent, card].some((each) => isOnlyTouched(before, each))) return { card: old, isNew: false, isVerbatim: false };
    requireSameUid(old, sent);
  }
  const text = card === ready.card ? ready.text : serializeVCard(card);
  const row = await saveCard(tx, context, {
    ...place,
    vcard: text,
    ...(card === ready.card && ready.isRead ? { record: card } : {}),
    ...(card === ready.card && read ? { contents: read.contents } : {}),
    ...(old ? { old } : {}),
  });
  return { card: row, isNew: !old, isVerbatim: text === vcard };
}

function fromRead({ text }: ReadCard): ReadyCard {
  return { text, card: parseVCard(text), isRead: true };
}

const rowNamed = statement((build, value: { bookId: string; accountId: string; uri: string }) =>
  build
    .selectFrom('card')
    .selectAll()
    .where('book_id', '=', value.bookId)
    .where(inAccount(value.accountId))
    .where('trash_id', 'is', null)
    .where('uri', '=', value.uri),
);

function findRow(reader: Reader, book: CardPlace, uri: string): Promise<CardRow | undefined> {
  return reader.first(rowNamed(reader, { bookId: book.id, accountId: book.account_id, uri }));
}

/** RFC 6352 §6.3.2.1, no-uid-conflict: a card is not turned into another one. */
function requireSameUid(old: CardRow, card: VCard): void {
  const uid = card.lines.find((line) => line.name.toUpperCase() === 'UID')?.value.trim();
  if (uid === undefined || uid === old.uid) return;
  throw invalid('uid', 'The card of this name has another uid', { reason: 'otherUid', existingId: old.id });
}

/**
 * Clients that open a card write it back with another REV, perhaps in the version in which they asked for it; for
 * everybody else nothing happened.
 */
function isOnlyTouched(before: VCard, card: VCard): boolean {
  const asSent = card.version === '2.1' ? before : convertVCard(before, card.version);
  return essence(asSent) === essence(card);
}

const stamps: ReadonlySet<string> = new Set(['REV', 'PRODID']);

/** What a card says. In which order its properties stand says nothing; that of the values of one property does. */
function essence(card: VCard): string {
  const lines = card.lines.filter((line) => !stamps.has(line.name.toUpperCase()));
  const named = lines.map(({ group, name, params, value }) => [name.toUpperCase(), group, params, value] as const);
  return JSON.stringify(named.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
