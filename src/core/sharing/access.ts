import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { inAccount, inAccounts } from '../../db/inAccount.ts';
import type { AddressBookRow, ShareRow, SubscriptionRow } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import { notFound } from '../../errors.ts';
import type { Context } from '../context.ts';
import { isInScope } from '../scope.ts';
import { findAccount } from './accountOfBook.ts';
import { judge } from './judge.ts';
import type { Invitation, Step } from './judge.ts';
import { requireRight } from './requireRight.ts';
import { allRights, limitRights, rightsWhere } from './rights.ts';
import type { Rights } from './rights.ts';

/** A folder as one person may see it. */
export type VisibleBook = {
  readonly book: AddressBookRow;
  readonly rights: Rights;
  /** The rights that the grants give, whether or not the person declined. */
  readonly offered: Rights;
  /** null in one's own account. */
  readonly invitation: Invitation | null;
  /** Whether the view of somebody who is not the owner begins here. */
  readonly isShareRoot: boolean;
  /** When the oldest grant that is in force now was made; null in one's own account. */
  readonly sharedSince: string | null;
  /** The person's own name, colour and position for a shared folder. */
  readonly own: Pick<SubscriptionRow, 'name' | 'color' | 'sort_order'> | null;
};

type GrantRow = RightsColumns & { book_id: string; account_id: string; principal_id: string; created_at: string };

/** The deepest nesting of folders that can be created. */
export const maxDepth = 50;

/**
 * The folder, if the person may read it (and has `right`); otherwise *not found*, whether it exists or not. Called
 * inside the transaction of each operation, so that groups, grants and end dates are those of that moment.
 */
export async function requireBook(
  reader: Reader,
  context: Context,
  bookId: string,
  right: keyof Rights = 'mayRead',
): Promise<VisibleBook> {
  const found = await findBook(reader, context, bookId);
  if (!found) throw notFound('address book');
  requireRight(found, right);
  return found;
}

/** Like `requireBook`, but returns undefined for a folder that the person may not read. */
export async function findBook(reader: Reader, context: Context, bookId: string): Promise<VisibleBook | undefined> {
  const seen = await findOffered(reader, context, bookId);
  return seen?.rights.mayRead ? seen : undefined;
}

/** Like `findBook`, but also finds folders whose invitation the person declined, so that they can change their mind. */
export async function findOffered(reader: Reader, context: Context, bookId: string): Promise<VisibleBook | undefined> {
  if (!isInScope(context.actor, bookId)) return undefined;
  const book = await bookOf(reader, bookId);
  if (!book) return undefined;
  await reader.turn?.(book.account_id);
  if (book.account_id === context.actor.principalId) return ownBook(context, book);
  const way = await wayUp(reader, book);
  if (way.length === 0) return undefined;
  const view = await loadView(reader, context, { books: way.map((step) => step.id) });
  const seen = limited(context, seenThrough(view, way));
  return seen.offered.mayRead ? seen : undefined;
}

const booksOfAccount = statement((build, value: { accountId: string }) =>
  build.selectFrom('address_book').selectAll().where('account_id', '=', value.accountId).where('trash_id', 'is', null),
);

const booksBelow = statement((build, value: { roots: readonly string[]; accounts: readonly string[] }) =>
  sql<AddressBookRow>`
    WITH RECURSIVE below (id) AS (
      SELECT id FROM address_book
      WHERE id IN (${sql.join(value.roots)}) AND ${inAccounts(value.accounts, 'account_id')} AND trash_id IS NULL
      UNION
      SELECT child.id FROM address_book AS child JOIN below ON child.parent_id = below.id
      WHERE ${inAccounts(value.accounts, 'child.account_id')} AND child.trash_id IS NULL
    )
    SELECT address_book.* FROM below JOIN address_book ON address_book.id = below.id
    WHERE ${inAccounts(value.accounts, 'address_book.account_id')}`.compile(build),
);

/**
 * All folders of an account that the person may read, including those of waiting invitations. The cost is proportional
 * to the result.
 */
export async function visibleBooks(reader: Reader, context: Context, accountId: string): Promise<VisibleBook[]> {
  if (accountId === context.actor.principalId) {
    const books = await reader.all(booksOfAccount(reader, { accountId }));
    return books.filter(({ id }) => isInScope(context.actor, id)).map((book) => ownBook(context, book));
  }
  return (await sharedBooks(reader, context, accountId)).filter((seen) => seen.rights.mayRead);
}

/**
 * The folders of others that were granted to the person, with everything below them, in one account or in all. It
 * includes folders that were declined or that give no rights.
 */
export async function sharedBooks(reader: Reader, context: Context, accountId?: string): Promise<VisibleBook[]> {
  const view = await loadView(reader, context, accountId === undefined ? {} : { accountId });
  const roots = [...new Set(view.grants.keys())];
  if (roots.length === 0) return [];
  const accounts = new Set(Array.from(view.grants.values(), (grants) => grants[0]!.account_id));
  const below = await reader.all(booksBelow(reader, { roots, accounts: [...accounts] }));
  const byId = new Map(below.map((book) => [book.id, book]));
  return below
    .filter((book) => book.account_id !== context.actor.principalId && isInScope(context.actor, book.id))
    .map((book) => limited(context, seenThrough(view, wayIn(byId, book))));
}

/** The rights that remain within the limits of the app password, if any. */
function limited(context: Context, seen: VisibleBook): VisibleBook {
  const { scope } = context.actor;
  if (!scope) return seen;
  return { ...seen, rights: limitRights(seen.rights, scope), offered: limitRights(seen.offered, scope) };
}

function ownBook(context: Context, book: AddressBookRow): VisibleBook {
  const rights = { ...allRights, mayDelete: book.role === null && book.is_default === 0 };
  return limited(context, {
    book,
    rights,
    offered: rights,
    invitation: null,
    isShareRoot: false,
    sharedSince: null,
    own: null,
  });
}

type View = {
  readonly grants: ReadonlyMap<string, readonly GrantRow[]>;
  readonly subscriptions: ReadonlyMap<string, SubscriptionRow>;
};

/** In these folders, in this account, or everywhere: which of the two is there decides. */
type Scope = { readonly accountId?: string; readonly books?: readonly string[] };

const inScope = ({ books, accountId }: Scope) => {
  if (books !== undefined) return sql`book_id IN (${sql.join(books)})`;
  return accountId === undefined ? sql`1 = 1` : sql`account_id = ${accountId}`;
};

const grantsTo = statement((build, value: Scope & { personId: string; now: string }) =>
  sql<GrantRow>`
    WITH RECURSIVE mine (id) AS (
      SELECT ${value.personId}
      UNION
      SELECT membership.group_id FROM principal_member AS membership JOIN mine ON membership.member_id = mine.id
    )
    SELECT book_id, account_id, principal_id, may_read, may_write, may_add, may_share, may_delete, created_at
    FROM share
    WHERE principal_id IN (SELECT id FROM mine)
      AND (expires_at IS NULL OR expires_at > ${value.now}) AND ${inScope(value)}`.compile(build),
);

const answersOf = statement((build, value: Scope & { personId: string }) =>
  sql<SubscriptionRow>`SELECT * FROM subscription WHERE principal_id = ${value.personId} AND ${inScope(value)}`.compile(
    build,
  ),
);

/** The grants to the person and their groups that are in force now, and the person's answers. */
async function loadView(reader: Reader, context: Context, scope: Scope): Promise<View> {
  const values = { ...scope, personId: context.actor.principalId };
  const grants = await reader.all(grantsTo(reader, { ...values, now: context.now().toISOString() }));
  const subscriptions = await reader.all(answersOf(reader, values));
  return {
    grants: Map.groupBy(grants, (grant) => grant.book_id),
    subscriptions: new Map(subscriptions.map((row) => [row.book_id, row])),
  };
}

/** The folder itself; undefined if it, or a folder above it, is in the trash. */
async function bookOf(reader: Reader, bookId: string): Promise<AddressBookRow | undefined> {
  return (await findAccount(reader, bookId, (accountId) => reader.all(bookNamed(reader, { bookId, accountId }))))[0];
}

/** The folder and all folders above it, nearest first; empty if it has just disappeared. */
async function wayUp(reader: Reader, book: AddressBookRow): Promise<AddressBookRow[]> {
  if (book.parent_id === null) return [book];
  return reader.all(booksAbove(reader, { bookId: book.id, accountId: book.account_id }));
}

const bookNamed = statement((build, value: { bookId: string; accountId: string }) =>
  build
    .selectFrom('address_book')
    .selectAll()
    .where('id', '=', value.bookId)
    .where(inAccount(value.accountId))
    .where('trash_id', 'is', null),
);

const booksAbove = statement((build, value: { bookId: string; accountId: string }) =>
  sql<AddressBookRow>`
    WITH RECURSIVE up (id, parent_id, depth) AS (
      SELECT id, parent_id, 0 FROM address_book
      WHERE id = ${value.bookId} AND ${inAccount(value.accountId)} AND trash_id IS NULL
      UNION ALL
      SELECT above.id, above.parent_id, up.depth + 1 FROM address_book AS above JOIN up ON above.id = up.parent_id
      WHERE up.depth < ${maxDepth} AND ${inAccount(value.accountId, 'above.account_id')}
    )
    SELECT address_book.* FROM up JOIN address_book ON address_book.id = up.id
    WHERE ${inAccount(value.accountId, 'address_book.account_id')} ORDER BY up.depth`.compile(build),
);

function wayIn(books: ReadonlyMap<string, AddressBookRow>, book: AddressBookRow): AddressBookRow[] {
  const way = [book];
  for (let above = book.parent_id; above !== null;) {
    const parent = books.get(above);
    if (!parent) break;
    way.push(parent);
    above = parent.parent_id;
  }
  return way;
}

function seenThrough(view: View, way: readonly AddressBookRow[]): VisibleBook {
  const chain = way.map((book) => stepOf(view, book.id));
  const verdict = judge(chain);
  const above = judge(chain.slice(1));
  const book = way[0]!;
  return {
    book,
    rights: verdict.rights,
    offered: verdict.offered,
    invitation: verdict.invitation,
    isShareRoot: !above.offered.mayRead || above.invitation !== verdict.invitation,
    sharedSince: oldestGrant(view, way),
    own: view.subscriptions.get(book.id) ?? null,
  };
}

function oldestGrant(view: View, way: readonly AddressBookRow[]): string | null {
  const times = way.flatMap(({ id }) => view.grants.get(id) ?? []).filter((grant) => grant.may_read === 1);
  return times.reduce<string | null>(
    (oldest, { created_at: at }) => (oldest === null || at < oldest ? at : oldest),
    null,
  );
}

function stepOf(view: View, bookId: string): Step {
  const grants = view.grants.get(bookId) ?? [];
  return {
    grants: grants.map((row) => ({ principalId: row.principal_id, rights: rightsOf(row) })),
    decision: view.subscriptions.get(bookId)?.status ?? null,
  };
}

/** Reads rights from a database row. */
export function rightsOf(row: RightsColumns): Rights {
  return rightsWhere((name) => row[columnOf[name]] === 1);
}

/** Rights as database columns. */
export type RightsColumns = Pick<ShareRow, 'may_read' | 'may_write' | 'may_add' | 'may_share' | 'may_delete'>;

const columnOf = {
  mayRead: 'may_read',
  mayWrite: 'may_write',
  mayAdd: 'may_add',
  mayShare: 'may_share',
  mayDelete: 'may_delete',
} as const satisfies Record<keyof Rights, keyof RightsColumns>;

/** Writes rights as database columns. */
export function columnsOf(rights: Rights): RightsColumns {
  return {
    may_read: Number(rights.mayRead),
    may_write: Number(rights.mayWrite),
    may_add: Number(rights.mayAdd),
    may_share: Number(rights.mayShare),
    may_delete: Number(rights.mayDelete),
  };
}

/** Whether the person may address an account at all: it is their own, or it has a folder that they may read. */
export async function mayEnterAccount(context: Context, accountId: string): Promise<boolean> {
  if (accountId === context.actor.principalId) return true;
  return (await visibleBooks(context.db, context, accountId)).length > 0;
}
