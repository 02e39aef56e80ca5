import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { subtree } from './subtree.ts';
import type { Transaction } from '../change/transaction.ts';
import type { World } from '../context.ts';
import { maxDepth, rightsOf } from './access.ts';
import type { RightsColumns } from './access.ts';
import { areSame } from './rights.ts';
import type { Rights } from './rights.ts';

/** What a grantee has, the folder whose grant decides, and all above it that have one: where a reader's view begins depends on them. */
type Held = { readonly rights: Rights; readonly from: string; readonly way: string };

/** What each grantee has on each folder of a subtree, by `folder grantee`. */
type Grants = Map<string, { bookId: string; granteeId: string; held: Held }>;

/**
 * Where access may change; `granteeId`: whose share it is, nobody else's access changes, and they are told in any case
 * (an end date is news, too). Without it the folder itself changes its place, for all its grantees.
 */
type Scope = { readonly accountId: string; readonly bookId: string; readonly granteeId?: string | null };

/**
 * Runs a change that may give or take access to a folder and everything below it (a share created, changed or ended;
 * the folder moved, deleted or restored), and logs for each grantee what became of their access.
 */
export async function noteAccess(
  tx: Transaction,
  world: World,
  scope: Scope,
  change: () => Promise<void>,
): Promise<void> {
  // The public: nobody has an account in which something appears.
  if (scope.granteeId === null) return change();
  const before = await grantsBelow(tx, world, scope);
  await change();
  const after = await grantsBelow(tx, world, scope);
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const { bookId, granteeId } = (before.get(key) ?? after.get(key))!;
    const [old, now] = [before.get(key)?.held, after.get(key)?.held];
    const isConcerned = bookId === scope.bookId && granteeId === scope.granteeId;
    if (!isConcerned && isSame(old, now)) continue;
    const told = {
      accountId: scope.accountId,
      type: 'AddressBook',
      id: bookId,
      kind: 'access',
      readerId: granteeId,
    } as const;
    // Through another grant comes another invitation: what was readable depends on how each reader answered.
    const isUnknown = old?.rights.mayRead && now?.rights.mayRead && old.from !== now.from;
    tx.changed(isUnknown ? told : { ...told, wasReadable: old?.rights.mayRead ?? false });
  }
}

function isSame(old: Held | undefined, now: Held | undefined): boolean {
  if (!old || !now) return old === now;
  return old.way === now.way && areSame(old.rights, now.rights);
}

async function grantsBelow(reader: Reader, world: World, { bookId: rootId, granteeId }: Scope): Promise<Grants> {
  const whose = granteeId ?? null;
  const books = await subtree(reader, rootId);
  if (books.length === 0) return new Map();
  const rows = await reader.all(
    sql<RightsColumns & { book_id: string; principal_id: string; depth: number }>`
      WITH RECURSIVE up (id, parent_id, depth) AS (
        SELECT id, parent_id, 0 FROM address_book WHERE id = ${rootId}
        UNION ALL
        SELECT above.id, above.parent_id, up.depth + 1 FROM address_book AS above JOIN up ON above.id = up.parent_id
        WHERE up.depth < ${maxDepth}
      )
      SELECT share.*, up.depth FROM share JOIN up ON up.id = share.book_id
      WHERE share.principal_id = coalesce(${whose}, share.principal_id)
        AND (share.expires_at IS NULL OR share.expires_at > ${world.now().toISOString()})
      ORDER BY up.depth DESC`.compile(reader.build),
  );
  const inside = await reader.all(
    reader.build
      .selectFrom('share')
      .selectAll()
      .where('principal_id', 'is not', null)
      .$if(granteeId !== undefined, (shares) => shares.where('principal_id', '=', whose))
      .where(
        'book_id',
        'in',
        books.map((book) => book.id),
      )
      .where((condition) =>
        condition.or([condition('expires_at', 'is', null), condition('expires_at', '>', world.now().toISOString())]),
      ),
  );
  const direct = Map.groupBy(inside, (row) => row.book_id);
  const grants: Grants = new Map();
  const inherited = new Map<string, Map<string, Held>>();
  for (const book of books) {
    const known = new Map(book.id === rootId ? [] : inherited.get(book.parent_id!));
    const ofBook = book.id === rootId ? rows : (direct.get(book.id) ?? []);
    for (const row of ofBook) known.set(row.principal_id!, heldBy(row, known.get(row.principal_id!)));
    inherited.set(book.id, known);
    for (const [granteeId, held] of known) grants.set(`${book.id} ${granteeId}`, { bookId: book.id, granteeId, held });
  }
  return grants;
}

function heldBy(row: Parameters<typeof rightsOf>[0] & { readonly book_id: string }, above: Held | undefined): Held {
  return { rights: rightsOf(row), from: row.book_id, way: `${above?.way ?? ''}/${row.book_id}` };
}
