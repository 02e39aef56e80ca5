import { sql } from 'kysely';
import { remembered } from '../../db/remembered.ts';
import { statement } from '../../db/statement.ts';
import type { Context } from '../context.ts';
import { isWhole } from '../scope.ts';
import { findBook, sharedBooks, visibleBooks } from '../sharing/access.ts';
import type { VisibleBook } from '../sharing/access.ts';
import { hiddenBooks } from './offers.ts';

/** A folder as devices see it: they know no hierarchy, so its name includes its place. */
export type HomeBook = {
  readonly seen: VisibleBook;
  /** The last segment of its address: what a client called it, else its id. */
  readonly segment: string;
  readonly name: string;
  /** The person's own colour of it, as `AddressBook` has it. */
  readonly color: string | null;
};

/**
 * The folders that a person's devices work with: their own, « Contacts » first, then those of others that they have
 * accepted, without those that they hide from devices (the folder of an app password for one folder is always
 * included). Waiting, declined and ended shares are not included. The cost is proportional to the result.
 */
export async function listHomeBooks(context: Context): Promise<HomeBook[]> {
  const { db, actor } = context;
  const own = await visibleBooks(db, context, actor.principalId);
  const shared = (await sharedBooks(db, context)).filter(isOffered);
  const byId = new Map([...own, ...shared].map((seen) => [seen.book.id, seen]));
  const ordered = [...inOrder(own, byId), ...inOrder(shared, byId)];
  const segments = await segmentsOf(context);
  const hidden = await hiddenBooks(db, context);
  return ordered
    .filter((seen) => !isWhole(actor) || !hidden.has(seen.book.id))
    .map((seen) => ({
      seen,
      segment: segments.get(seen.book.id) ?? seen.book.id,
      name: nameWithin(seen, byId),
      color: ownColor(seen),
    }));
}

/** What a segment of the person's home means: the folder that they call so, and whether they keep it from their devices. */
type Meaning = { readonly named: string | null; readonly other: string | null; readonly is_hidden: number };

// In one statement: every request of a device asks it.
const meaningOf = statement((build, value: { personId: string; segment: string }) =>
  sql<Meaning>`
    SELECT named, other, EXISTS (
      SELECT 1 FROM dav_hidden WHERE principal_id = ${value.personId} AND book_id = coalesce(named, ${value.segment})
    ) AS is_hidden
    FROM (SELECT
      (SELECT book_id FROM dav_name WHERE principal_id = ${value.personId} AND name = ${value.segment}) AS named,
      (SELECT name FROM dav_name WHERE principal_id = ${value.personId} AND book_id = ${value.segment}) AS other) AS meant`.compile(
    build,
  ),
);

const nameOf = statement((build, value: { personId: string; bookId: string }) =>
  build
    .selectFrom('dav_name')
    .select('name')
    .where('principal_id', '=', value.personId)
    .where('book_id', '=', value.bookId),
);

// And programs ask for the same few all day.
const rememberedMeaning = remembered<Meaning>(['dav_name', 'dav_hidden']);

/** The folder at this path segment of the person's home; undefined if they have none there. */
export async function findHomeBook(context: Context, segment: string): Promise<HomeBook | undefined> {
  const { db, actor } = context;
  const asked = { personId: actor.principalId, segment };
  const read = async () => (await db.first(meaningOf(db, asked)))!;
  const meaning = await rememberedMeaning(db, `${asked.personId} ${segment}`, read);
  // A folder that a client named has that one address.
  if (meaning.named === null && meaning.other !== null) return undefined;
  if (isWhole(actor) && meaning.is_hidden === 1) return undefined;
  const seen = await findBook(db, context, meaning.named ?? segment);
  if (!seen || !(seen.invitation === null || isOffered(seen))) return undefined;
  return { seen, segment, name: await fullName(context, seen), color: ownColor(seen) };
}

/** Like `findHomeBook`, by the id of the folder. */
export async function findHomeBookById(context: Context, bookId: string): Promise<HomeBook | undefined> {
  return findHomeBook(context, (await findSegment(context, bookId)) ?? bookId);
}

/**
 * The folder for the new cards of a program that names none: that of an app password for one folder, else the default
 * one; undefined if that is hidden from devices, or gone.
 */
export async function findBookForNew(context: Context): Promise<HomeBook | undefined> {
  const { db, actor } = context;
  const own = db.build.selectFrom('address_book').select('id').where('account_id', '=', actor.principalId);
  const bookId = actor.scope?.bookId ?? (await db.first(own.where('is_default', '=', 1)))?.id;
  return bookId === undefined ? undefined : findHomeBookById(context, bookId);
}

/** Whether a folder of the person's home is that of `findBookForNew`. */
export function isBookForNew({ actor }: Context, { seen: { book } }: HomeBook): boolean {
  if (!isWhole(actor)) return book.id === actor.scope?.bookId;
  return book.is_default === 1 && book.account_id === actor.principalId;
}

const separator = ' › ';

function isOffered(seen: VisibleBook): boolean {
  return seen.rights.mayRead && seen.invitation === 'accepted';
}

function ownName(seen: VisibleBook): string {
  return (seen.isShareRoot ? seen.own?.name : null) ?? seen.book.name;
}

function ownColor(seen: VisibleBook): string | null {
  return seen.isShareRoot ? (seen.own?.color ?? null) : seen.book.color;
}

function nameWithin(seen: VisibleBook, byId: ReadonlyMap<string, VisibleBook>): string {
  return wayTo(seen, byId).map(ownName).join(separator);
}

/** The folder and those above it that the person sees, from the top. */
function wayTo(seen: VisibleBook, byId: ReadonlyMap<string, VisibleBook>): VisibleBook[] {
  const way = [seen];
  for (let below = seen; !below.isShareRoot && below.book.parent_id !== null;) {
    const above = byId.get(below.book.parent_id);
    if (!above) break;
    way.unshift(above);
    below = above;
  }
  return way;
}

/** As a tree is read: each folder, then what is below it. */
function inOrder(books: readonly VisibleBook[], byId: ReadonlyMap<string, VisibleBook>): VisibleBook[] {
  const ways = books.map((seen) => wayTo(seen, byId));
  return ways.sort(byWay).map((way) => way.at(-1)!);
}

function byWay(a: readonly VisibleBook[], b: readonly VisibleBook[]): number {
  for (const [level, seen] of a.entries()) {
    const other = b[level];
    if (!other) return 1;
    const order = seen.book.id === other.book.id ? 0 : byPlace(seen, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Most folders lie at the top: only the others take those above them. */
async function fullName(context: Context, seen: VisibleBook): Promise<string> {
  if (seen.isShareRoot || seen.book.parent_id === null) return ownName(seen);
  const above = await findBook(context.db, context, seen.book.parent_id);
  return above ? `${await fullName(context, above)}${separator}${ownName(seen)}` : ownName(seen);
}

async function segmentsOf({ db, actor }: Context): Promise<Map<string, string>> {
  const names = db.build.selectFrom('dav_name').select(['book_id', 'name']);
  const rows = await db.all(names.where('principal_id', '=', actor.principalId));
  return new Map(rows.map((row) => [row.book_id, row.name]));
}

/** What a client of a person (else of who asks) calls a folder; null: it goes by its id. */
export async function findSegment(
  { db, actor }: Context,
  bookId: string,
  personId: string = actor.principalId,
): Promise<string | null> {
  return (await db.first(nameOf(db, { personId, bookId })))?.name ?? null;
}

/** Some clients (macOS) use the first address book only: it is the one that the person writes to by default. */
function byPlace(a: VisibleBook, b: VisibleBook): number {
  const order = (seen: VisibleBook) => (seen.isShareRoot ? (seen.own?.sort_order ?? 0) : seen.book.sort_order);
  return (
    b.book.is_default - a.book.is_default ||
    order(a) - order(b) ||
    (a.book.name_key < b.book.name_key ? -1 : a.book.name_key > b.book.name_key ? 1 : a.book.id < b.book.id ? -1 : 1)
  );
}
