import { sql } from 'kysely';
import type { CardRow } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import type { Transaction } from '../change/transact.ts';
import type { Cause, World } from '../context.ts';
import type { Actor } from '../context.ts';
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

/** Changes of one kind by one person in one folder, with no other between them and no longer pause, are shown as one. */
const pause = 10 * 60_000;

/**
 * Writes a row of the history, in the transaction of the change and before the record is replaced: one insert that looks
 * at the newest row of the folder. Whatever changes a card calls this.
 */
export async function keepVersion(tx: Transaction, doer: Doer, happening: Happening): Promise<void> {
  const { card, action, before } = happening;
  const isCut = before !== undefined && isLong(before.size);
  const now = doer.now();
  const values: Values = {
    cardId: card.id,
    accountId: card.account_id,
    bookId: card.book_id,
    otherBookId: happening.otherBookId ?? null,
    at: now.toISOString(),
    since: new Date(now.getTime() - pause).toISOString(),
    authorId: doer.actor?.principalId ?? null,
    way: doer.way ?? 'system',
    action,
    operation: doer.operation ?? null,
    name: card.file_as.slice(0, 200),
    keepsText: before !== undefined && !isCut ? 1 : 0,
  };
  const row = await tx.first(doer.operation === undefined ? insert(tx, values) : insertPart(tx, values));
  if (before === undefined) return;
  if (isCut) await keepText(tx, { versionId: row!.id, cardId: card.id, now });
  if (before.data.includes('"blobId"')) await tx.run(keepPhotos(tx, { versionId: row!.id, cardId: card.id }));
}

type Values = {
  readonly cardId: string;
  readonly accountId: string;
  readonly bookId: string;
  readonly otherBookId: string | null;
  readonly at: string;
  readonly since: string;
  readonly authorId: string | null;
  readonly way: string;
  readonly action: string;
  readonly operation: string | null;
  readonly name: string;
  readonly keepsText: number;
};

const columns = sql.raw(
  'card_id, account_id, book_id, other_book_id, at, author_id, way, action, operation, name, vcard, batch',
);
const valuesOf = (value: Values) => sql`
  ${value.cardId}, ${value.accountId}, ${value.bookId}, ${value.otherBookId}, ${value.at}, ${value.authorId}, ${value.way},
  ${value.action}, ${value.operation}, ${value.name},
  CASE ${value.keepsText} WHEN 1 THEN (SELECT vcard FROM card_record WHERE card_id = ${value.cardId}) END`;

const insert = statement((build, value: Values) =>
  sql<{ id: number }>`
    INSERT INTO card_version (${columns}) VALUES (${valuesOf(value)}, (
      SELECT CASE WHEN action = ${value.action} AND author_id IS ${value.authorId} AND way = ${value.way}
        AND operation IS NULL AND at > ${value.since} THEN coalesce(batch, id) END
      FROM card_version WHERE book_id = ${value.bookId} ORDER BY at DESC, id DESC LIMIT 1))
    RETURNING id`.compile(build),
);

/** A part of an operation belongs to its like, whatever happened in between. */
const insertPart = statement((build, value: Values) =>
  sql<{ id: number }>`
    INSERT INTO card_version (${columns}) VALUES (${valuesOf(value)}, (
      SELECT coalesce(batch, id) FROM card_version
      WHERE operation = ${value.operation} AND book_id = ${value.bookId} AND action = ${value.action}
      ORDER BY id LIMIT 1))
    RETURNING id`.compile(build),
);

const keepPhotos = statement((build, value: { versionId: number; cardId: string }) =>
  sql<unknown>`
    INSERT INTO version_blob (version_id, position, blob_id)
    SELECT ${value.versionId}, -1, blob_id FROM card_blob WHERE card_id = ${value.cardId}`.compile(build),
);
