import { sql } from 'kysely';
import { inAccount } from '../../db/inAccount.ts';
import type { CardRow, CardVersionRow } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Cause, World } from '../context.ts';
import type { Actor } from '../actor.ts';
import type { Action } from './ways.ts';
import { keepText, isLong } from './versionText.ts';

/** What is happening to a card. */
export type Happening = {
  readonly card: Pick<CardRow, 'id' | 'account_id' | 'book_id' | 'file_as'>;
  readonly action: Action;
  readonly otherBookId?: string;
  /** The row whose record is about to be replaced: its text is kept. Absent: the record stays as it is. */
  readonly before?: Pick<CardRow, 'size' | 'data'>;
};

/** Who does it, and by which way; what the program does by itself has no author. */
export type Doer = World & Cause & { readonly actor?: Actor };

// Bound as they are, SQLite would plan the statements anew for each value.
const one = sql.lit(1);
const asked = (value: string) => sql<string>`(SELECT ${value})`;

/** Changes of one kind by one person in one folder, with no other between them and no longer pause, are shown as one. */
const pause = 10 * 60_000;

/**
 * Writes a row of the history, in the transaction of the change and before the record is replaced: one insert, which
 * looks at the newest row of the folder. Everything that changes a card calls this.
 */
export async function keepVersion(tx: Transaction, doer: Doer, happening: Happening): Promise<void> {
  const { card, action, before } = happening;
  const isCut = before !== undefined && isLong(before.size);
  const now = doer.now();
  const values = {
    card_id: card.id,
    account_id: card.account_id,
    book_id: card.book_id,
    other_book_id: happening.otherBookId ?? null,
    at: now.toISOString(),
    author_id: doer.actor?.principalId ?? null,
    way: doer.way ?? 'system',
    action,
    operation: doer.operation ?? null,
    name: card.file_as.slice(0, 200),
  };
  const batch = await batchOf(tx, values);
  const row: NewRow = { ...values, batch, vcard: null };
  if (before === undefined) return void (await tx.run(insert(tx, { row })));
  const { id } = (await tx.first(isCut ? insertKnown(tx, { row }) : insertWithText(tx, row)))!;
  if (isCut) await keepText(tx, { versionId: id, card, now });
  if (before.data.includes('"blobId"'))
    await tx.run(keepPhotos(tx, { versionId: id, cardId: card.id, accountId: card.account_id }));
}

/** The database numbers it. */
type NewRow = Omit<CardVersionRow, 'id'>;

/** The first row of the changes with which this one is shown. A part of an operation belongs to its like, whatever happened in between. */
async function batchOf(tx: Transaction, row: Omit<NewRow, 'batch' | 'vcard'>): Promise<number | null> {
  const { book_id: bookId, account_id: accountId, operation, action } = row;
  if (operation !== null) {
    const like = await tx.first(likeInOperation(tx, { operation, bookId, accountId, action }));
    return like ? (like.batch ?? like.id) : null;
  }
  const last = await tx.first(newestIn(tx, { bookId, accountId }));
  if (!last || last.operation !== null || last.action !== action || last.way !== row.way) return null;
  const isOfOne = last.author_id === row.author_id && Date.parse(row.at) - Date.parse(last.at) < pause;
  return isOfOne ? (last.batch ?? last.id) : null;
}

type Place = { readonly bookId: string; readonly accountId: string };

const newestIn = statement((build, value: Place) =>
  build
    .selectFrom('card_version')
    .select(['id', 'batch', 'action', 'author_id', 'way', 'operation', 'at'])
    .where('book_id', '=', asked(value.bookId))
    .where(inAccount(value.accountId))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(one),
);

const likeInOperation = statement((build, value: Place & { operation: string; action: string }) =>
  build
    .selectFrom('card_version')
    .select(['id', 'batch'])
    .where('operation', '=', asked(value.operation))
    .where('book_id', '=', asked(value.bookId))
    .where(inAccount(value.accountId))
    .where('action', '=', asked(value.action))
    .orderBy('id')
    .limit(one),
);

// Most rows are those of new cards: they are written by the plainest statement, which needs no plan of its own each time.
const insert = statement((build, { row }: { row: NewRow }) => build.insertInto('card_version').values(row));
const insertKnown = statement((build, { row }: { row: NewRow }) =>
  build.insertInto('card_version').values(row).returning('id'),
);
const insertWithText = statement((build, row: NewRow) =>
  build
    .insertInto('card_version')
    .values((value) => ({
      ...row,
      vcard: value
        .selectFrom('card_record')
        .select('vcard')
        .where('card_id', '=', row.card_id)
        .where(inAccount(row.account_id, 'card_record.account_id')),
    }))
    .returning('id'),
);

const keepPhotos = statement((build, value: { versionId: number; cardId: string; accountId: string }) =>
  sql<unknown>`
    INSERT INTO version_blob (version_id, position, blob_id, account_id)
    SELECT ${value.versionId}, -1, blob_id, account_id FROM card_blob
    WHERE card_id = ${value.cardId} AND ${inAccount(value.accountId)}`.compile(build),
);
