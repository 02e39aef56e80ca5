import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { CardVersionRow } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import { fromVCard } from '../../format/jscontact/fromVCard.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import { createBreath } from '../../lib/breath.ts';
import { exactUtcDate } from '../../lib/utcDate.ts';
import { takeOutMedia } from '../card/contents/takeOutMedia.ts';
import type { Context } from '../context.ts';
import { findPrincipals } from '../principal/findPrincipals.ts';
import { seesAll } from '../scope.ts';
import { visibleBooks } from '../sharing/access.ts';
import { historyScope, isRemembered } from '../sharing/historyScope.ts';
import { arriving, leaving } from '../version/ways.ts';
import type { Action } from '../version/ways.ts';
import { textBefore } from './stateAt.ts';
import type { PastText } from './stateAt.ts';
import { versionId, versionNumber } from './versionId.ts';

/** A card as it was: JSContact with blobIds for its media. */
export type PastCard = Readonly<Record<string, unknown>>;

/** What happened, where and by whom. */
export type HappeningView = {
  readonly id: string;
  readonly addressBookId: string;
  /** Of a move, when the person may see that folder, too. */
  readonly otherAddressBookId: string | null;
  /** null: the program, or somebody whom the person may not know. */
  readonly authorId: string | null;
  readonly authorName: string | null;
  readonly way: string;
  readonly action: Action;
  readonly operationId: string | null;
};

/** One change of a card. */
export type VersionView = HappeningView & {
  readonly cardId: string;
  readonly at: string;
  readonly name: string;
  readonly batchId: string;
  /** The card before and after; null: it was not in the folder, or nothing is left. Left out when not asked for. */
  readonly before?: PastCard | null;
  readonly after?: PastCard | null;
};

const textsInARow = 10;
const columns = sql.raw(
  'id, card_id, account_id, book_id, other_book_id, at, author_id, way, action, name, operation, batch',
);

/** A row without its text. */
export type VersionRow = Omit<CardVersionRow, 'vcard'>;

const byNumbers = statement((build, value: { accountId: string; numbers: string }) =>
  sql<VersionRow>`
    SELECT ${columns} FROM card_version
    WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(${value.numbers})) AND account_id = ${value.accountId}`.compile(
    build,
  ),
);

/** The versions with these ids in an account, as far as the person may see them. */
export async function findVersionRows(
  reader: Reader,
  context: Context,
  accountId: string,
  ids: readonly string[],
): Promise<{ rows: VersionRow[]; isVisible(bookId: string): boolean }> {
  const numbers = ids.flatMap((id) => versionNumber(id) ?? []);
  const found = await reader.all(byNumbers(reader, { accountId, numbers: JSON.stringify(numbers) }));
  if (seesAll(context, accountId)) return { rows: found, isVisible: () => true };
  const visible = await visibleBooks(reader, context, accountId);
  const scope = historyScope(context, accountId, visible);
  const books = new Set(visible.map(({ book }) => book.id));
  return {
    rows: found.filter((row) => isRemembered(scope, row)),
    isVisible: (bookId) => books.has(bookId),
  };
}

/** What the person may know besides: people by their names, and folders. */
type Known = { readonly names: ReadonlyMap<string, string>; isVisible(bookId: string): boolean };

/** What a row tells somebody who knows so much. */
export function happeningOf(row: VersionRow, { names, isVisible }: Known): HappeningView {
  const author = row.author_id !== null && names.has(row.author_id) ? row.author_id : null;
  const other = row.other_book_id;
  return {
    id: versionId(row.id),
    addressBookId: row.book_id,
    otherAddressBookId: other !== null && isVisible(other) ? other : null,
    authorId: author,
    authorName: author && names.get(author)!,
    way: row.way,
    action: row.action as Action,
    operationId: row.operation,
  };
}

/** The same as views; with their content when it is wanted. */
export async function findVersions(
  context: Context,
  accountId: string,
  ids: readonly string[],
  wanted: { readonly content: boolean },
): Promise<VersionView[]> {
  const { rows, isVisible } = await findVersionRows(context.db, context, accountId, ids);
  const known = { names: await authorNames(context, rows), isVisible };
  const contents = createContents(context.db);
  const breathe = createBreath(textsInARow);
  const views: VersionView[] = [];
  for (const row of rows) {
    views.push({
      ...happeningOf(row, known),
      cardId: row.card_id,
      at: exactUtcDate(row.at),
      name: row.name,
      batchId: versionId(row.batch ?? row.id),
      ...(wanted.content ? await contents(row) : {}),
    });
    if (wanted.content) await breathe();
  }
  return views;
}

/** The authors whom the person may know, by id. */
export async function authorNames(
  context: Context,
  rows: readonly { readonly author_id: string | null }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.flatMap(({ author_id: id }) => id ?? []))];
  return new Map((await findPrincipals(context, ids)).map(({ id, name }) => [id, name]));
}

type Contents = { readonly before: PastCard | null; readonly after: PastCard | null };

/** What one change left is what the next one found: each text is read as a card once. */
function createContents(reader: Reader): (row: VersionRow) => Promise<Contents> {
  const known = new Map<string, PastCard>();
  const cardOf = (past: PastText | undefined): PastCard | null => {
    if (!past) return null;
    const card = known.get(past.source) ?? takeOutMedia(fromVCard(parseVCard(past.text))).data;
    known.set(past.source, card);
    return card;
  };
  return async ({ id, card_id: cardId, action }) => ({
    before: arriving.has(action as Action) ? null : cardOf(await textBefore(reader, cardId, id)),
    after: leaving.has(action as Action) ? null : cardOf(await textBefore(reader, cardId, id + 1)),
  });
}
