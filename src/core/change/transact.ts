import { sql } from 'kysely';
import type { Writer } from '../../db/database.ts';
import { inAccount } from '../../db/inAccount.ts';
import { statement } from '../../db/statement.ts';
import { createBreath } from '../../lib/breath.ts';
import { auditDeletions } from '../audit/auditDeletions.ts';
import type { World } from '../context.ts';
import { requireWithin } from '../scope.ts';
import { awakenLinks } from './awakenLinks.ts';
import type { Change, Commit } from './hub.ts';
import { tellOthers } from './relay.ts';
import type { Changed, Transaction } from './transaction.ts';

/**
 * Runs one operation in a transaction. Its changes are numbered by incrementing the account's counter inside the
 * transaction, so numbers can neither be committed out of order nor exist without the changes they stand for.
 * Operations called with a world that carries a transaction (see `within`) become part of it. `committed`: see
 * `Database`.
 */
export async function transact<T>(
  world: World,
  task: (tx: Transaction) => Promise<T>,
  committed?: () => Promise<void>,
): Promise<T> {
  if (world.transaction) return world.transaction.joined(task);
  const { result, commit, remember } = await world.db.transaction(async (writer) => {
    const { noted, regrouped, resubscribed }: Notes = { noted: [], regrouped: [], resubscribed: [] };
    const value = await task(openTransaction(world, writer, { noted, regrouped, resubscribed }));
    requireWithin(world, noted);
    const remember = await auditDeletions(writer, world, noted);
    const changes = noted.length === 0 ? [] : await writeLog(writer, noted, world.now());
    const linksDue = await awakenLinks(writer, changes, regrouped);
    const commit = { changes, regrouped, resubscribed, linksDue };
    if (isNews(commit)) tellOthers(writer, commit);
    return { result: value, commit, remember };
  }, committed);
  remember();
  if (isNews(commit)) world.hub.publish(commit);
  return result;
}

function isNews({ changes, regrouped, resubscribed = [] }: Commit): boolean {
  return changes.length + regrouped.length + resubscribed.length > 0;
}

/**
 * The same world inside a transaction: its operations write as part of the transaction, and read what it has written.
 */
export function within<W extends World>(world: W, tx: Transaction): W {
  return {
    ...world,
    db: { ...world.db, all: tx.all, first: tx.first, versionOf: () => null, ...(tx.turn && { turn: tx.turn }) },
    transaction: tx,
  };
}

type Notes = { readonly noted: Changed[]; readonly regrouped: string[]; readonly resubscribed: string[] };

function openTransaction(world: World, writer: Writer, { noted, regrouped, resubscribed }: Notes): Transaction {
  const tx: Transaction = {
    ...writer,
    changed: (change) => noted.push(change),
    regrouped: (personIds) => regrouped.push(...personIds),
    resubscribed: (personId) => resubscribed.push(personId),
    async joined(task) {
      const lists = [noted, regrouped, resubscribed];
      const before = lists.map((list) => list.length);
      try {
        return await writer.nested(async () => {
          const value = await task(tx);
          requireWithin(world, noted.slice(before[0]));
          return value;
        });
      } catch (error) {
        for (const [index, list] of lists.entries()) list.length = before[index]!;
        throw error;
      }
    },
  };
  return tx;
}

async function writeLog(writer: Writer, noted: readonly Changed[], now: Date): Promise<Change[]> {
  const rows: Change[] = [];
  for (const [accountId, all] of Map.groupBy(noted, (change) => change.accountId)) {
    const changes = withoutRepetitions([...all, ...countsChanged(all)]);
    const counter = await writer.first(countOn(writer, { accountId, count: changes.length, now: now.toISOString() }));
    let seq = counter!.seq - changes.length;
    for (const change of changes) {
      rows.push({
        account_id: accountId,
        seq: ++seq,
        type: change.type,
        object_id: change.id,
        kind: change.kind,
        book_id: change.bookId ?? null,
        reader_id: change.readerId ?? null,
        was_readable: change.wasReadable === undefined ? null : Number(change.wasReadable),
        uri: change.uri ?? null,
      });
    }
  }
  const breathe = createBreath(insertsInARow);
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    await breathe();
    await writer.run(insertChanges(writer, { rows: rows.slice(start, start + rowsPerInsert) }));
  }
  await stampBooks(writer, rows);
  return rows;
}

const countOn = statement((build, value: { accountId: string; count: number; now: string }) =>
  sql<{ seq: number }>`
    INSERT INTO account (id, seq, created_at) VALUES (${value.accountId}, ${value.count}, ${value.now})
    ON CONFLICT (id) DO UPDATE SET seq = account.seq + excluded.seq RETURNING seq`.compile(build),
);
const insertChanges = statement((build, value: { rows: readonly Change[] }) =>
  build.insertInto('change').values(value.rows),
);
/** The newest change of a folder, of the cards in it, or of both. */
type Stamp = { seq?: number; cards_seq?: number };
const stamp = statement((build, value: { id: string; accountId: string; stamp: Stamp }) =>
  build.updateTable('address_book').set(value.stamp).where('id', '=', value.id).where(inAccount(value.accountId)),
);

const rowsPerInsert = 200;
const insertsInARow = 10;

/** The folder shows how many cards it holds: cards that come and go change it too. */
function countsChanged(changes: readonly Changed[]): Changed[] {
  const books = new Set<string>();
  for (const change of changes) {
    if (change.type === 'ContactCard' && change.kind !== 'updated' && change.bookId) books.add(change.bookId);
  }
  const { accountId } = changes[0]!;
  return [...books].map((id) => ({ accountId, type: 'AddressBook', id, kind: 'updated' }));
}

function withoutRepetitions(changes: readonly Changed[]): Changed[] {
  const seen = new Set<string>();
  return changes.filter((change) => {
    if (change.kind !== 'updated') {
      seen.add(`${change.type} ${change.id} ${change.readerId ?? ''}`);
      return true;
    }
    const key = `${change.type} ${change.id} ${change.readerId ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Each folder knows its newest change, so that a reader's state is found without reading the log. */
async function stampBooks(writer: Writer, rows: readonly Change[]): Promise<void> {
  const stamps = new Map<string, { id: string; accountId: string; stamp: Stamp }>();
  const stampOf = (accountId: string, id: string): Stamp => {
    const key = `${accountId} ${id}`;
    const known = stamps.get(key) ?? { id, accountId, stamp: {} };
    stamps.set(key, known);
    return known.stamp;
  };
  for (const row of rows) {
    if (row.reader_id !== null) continue;
    if (row.type === 'AddressBook') stampOf(row.account_id, row.object_id).seq = row.seq;
    if (row.type === 'ContactCard' && row.book_id) stampOf(row.account_id, row.book_id).cards_seq = row.seq;
  }
  for (const each of stamps.values()) await writer.run(stamp(writer, each));
}
