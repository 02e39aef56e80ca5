import { createHash } from 'node:crypto';
import type { Reader, Writer } from '../../db/database.ts';
import { resumedAt } from '../change/lostNumbers.ts';
import { transact, within } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { isBookForNew, listHomeBooks } from './homeBooks.ts';
import type { HomeBook } from './homeBooks.ts';

/** What became of an address in a person's home, and when: `book` undefined, it is gone. */
export type HomeChange = { readonly segment: string; readonly seq: number; readonly book: HomeBook | undefined };

/** Where a home stands, and what became of its addresses since `oldest`: before that is the time of a restored backup, or nothing. */
export type HomeState = { readonly oldest: number; readonly seq: number; readonly changes: readonly HomeChange[] };

type Row = { readonly segment: string; readonly version: string | null; readonly seq: number };

/**
 * A person's home with the number of the last change of each address in it, in the order of the changes. What comes from
 * grants, answers, names and choices is compared with how it was last told; so only what somebody asked for is numbered.
 */
export async function readHome(context: Context): Promise<HomeState> {
  const books = await listHomeBooks(context);
  const rows = await rowsOf(context.db, context);
  const oldest = await resumedAt(context.db);
  const news = differences(books, rows);
  if (news.length === 0) return told(books, rows, oldest);
  return transact(context, async (tx) => {
    const inside = within(context, tx);
    const now = await listHomeBooks(inside);
    const known = await rowsOf(tx, context);
    let seq = Math.max(newest(known), oldest);
    for (const { segment, version } of differences(now, known)) {
      await keep(tx, context, { segment, version, seq: ++seq });
    }
    return told(now, await rowsOf(tx, context), oldest);
  });
}

/** A text that changes whenever anything in the home does, including cards and the folder for new ones (Apple's ctag). */
export async function homeTag(context: Context): Promise<string> {
  const hash = createHash('sha256');
  for (const book of await listHomeBooks(context))
    hash.update(`${book.segment} ${versionOf(book)} ${book.seen.book.cards_seq} ${isBookForNew(context, book)}\n`);
  return hash.digest('base64url').slice(0, 22);
}

/** Whose numbers a home has: the person's, or those of the app password that shows less of it. */
export function homeViewer({ actor }: Context): string {
  return actor.scope && actor.appPasswordId !== undefined ? actor.appPasswordId : actor.principalId;
}

async function keep(tx: Writer, context: Context, { segment, version, seq }: Row): Promise<void> {
  const viewer = homeViewer(context);
  const { build } = tx;
  const isPerson = viewer === context.actor.principalId;
  const insert = isPerson
    ? build
        .insertInto('dav_home')
        .values({ principal_id: viewer, segment, version, seq })
        .onConflict((conflict) => conflict.columns(['principal_id', 'segment']).doUpdateSet({ version, seq }))
    : build
        .insertInto('app_password_home')
        .values({ app_password_id: viewer, segment, version, seq })
        .onConflict((conflict) => conflict.columns(['app_password_id', 'segment']).doUpdateSet({ version, seq }));
  await tx.run(insert);
}

function rowsOf(reader: Reader, context: Context): Promise<Row[]> {
  const { actor } = context;
  const viewer = homeViewer(context);
  if (viewer !== actor.principalId) {
    const seen = reader.build.selectFrom('app_password_home').select(['segment', 'version', 'seq']);
    return reader.all(seen.where('app_password_id', '=', viewer).orderBy('seq'));
  }
  const rows = reader.build.selectFrom('dav_home').select(['segment', 'version', 'seq']);
  return reader.all(rows.where('principal_id', '=', actor.principalId).orderBy('seq'));
}

function differences(books: readonly HomeBook[], rows: readonly Row[]): Pick<Row, 'segment' | 'version'>[] {
  const known = new Map(rows.map((row) => [row.segment, row.version]));
  const now = new Map(books.map((book) => [book.segment, versionOf(book)]));
  const changed = [...now].filter(([segment, version]) => known.get(segment) !== version);
  const gone = rows.filter((row) => row.version !== null && !now.has(row.segment));
  return [
    ...changed.map(([segment, version]) => ({ segment, version })),
    ...gone.map(({ segment }) => ({ segment, version: null })),
  ];
}

function told(books: readonly HomeBook[], rows: readonly Row[], oldest: number): HomeState {
  const bySegment = new Map(books.map((book) => [book.segment, book]));
  const changes = rows.map(({ segment, seq }) => ({ segment, seq, book: bySegment.get(segment) }));
  return { oldest, seq: Math.max(newest(rows), oldest), changes };
}

function newest(rows: readonly Row[]): number {
  return rows.at(-1)?.seq ?? 0;
}

/** What a device shows of a folder: its cards have tokens of their own. */
function versionOf({ name, color, seen }: HomeBook): string {
  const { book, rights, invitation } = seen;
  const shown = [book.id, name, color, book.description, book.account_id, rights, invitation];
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 16);
}
