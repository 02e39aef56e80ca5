import type { Database, Writer } from '../../db/database.ts';
import type { World } from '../context.ts';
import { audit } from './audit.ts';
import type { Doer } from './audit.ts';

/** What a transaction has noted of cards and folders. */
type Noted = { readonly type: string; readonly kind: string; readonly id: string; readonly bookId?: string };

/** So many contacts of one folder are many; ten times as many are told again, and so on. */
const first = 20;
/** Deletions without so long a pause between them are one, whether they come together or one by one from a device. */
const pause = 10 * 60_000;
const mostRemembered = 10_000;

type Series = { readonly count: number; readonly until: number };

const seriesOf = new WeakMap<Database, Map<string, Series>>();

/** What is recorded under a name of its own, where it is asked for. */
const toldElsewhere: ReadonlySet<string | undefined> = new Set(['merge', 'restore', 'import', 'handover']);

/**
 * Records that somebody is deleting many contacts of a folder, in the transaction in which they become many. The
 * returned function must be called after the commit: a transaction that is rolled back or run again has deleted
 * nothing.
 */
export async function auditDeletions(tx: Writer, world: World, noted: readonly Noted[]): Promise<() => void> {
  const doer: World & Doer = world;
  if (!doer.actor || toldElsewhere.has(doer.way)) return nothing;
  const deleted = noted.filter(({ type, kind }) => type === 'ContactCard' && kind === 'destroyed');
  if (deleted.length === 0) return nothing;
  // What is moved is somewhere else; what goes with its folder is told with it.
  const here = new Set(
    noted.filter(({ kind, type }) => type === 'ContactCard' && kind === 'created').map(({ id }) => id),
  );
  const gone = new Set(
    noted.filter(({ kind, type }) => type === 'AddressBook' && kind === 'destroyed').map(({ id }) => id),
  );
  const counts = new Map<string, number>();
  for (const { id, bookId = '' } of deleted)
    if (!here.has(id) && !gone.has(bookId)) counts.set(bookId, (counts.get(bookId) ?? 0) + 1);
  const { principalId } = doer.actor;
  for (const [bookId, count] of counts) {
    const before = deletedBefore(world, `${principalId} ${bookId}`);
    if (steps(before + count) > steps(before)) await tell(tx, doer, bookId, before + count);
  }
  return () => {
    for (const [bookId, count] of counts) remember(world, `${principalId} ${bookId}`, count);
  };
}

const nothing = (): void => undefined;

/** How often a number has become ten times as large, from `first` on. */
function steps(count: number): number {
  return count < first ? 0 : 1 + Math.floor(Math.log10(count / first));
}

function deletedBefore({ db, now }: World, key: string): number {
  const series = seriesOf.get(db)?.get(key);
  return series && series.until > now().getTime() ? series.count : 0;
}

function remember(world: World, key: string, count: number): void {
  const all = seriesOf.get(world.db) ?? new Map<string, Series>();
  seriesOf.set(world.db, all);
  const before = deletedBefore(world, key);
  all.delete(key);
  all.set(key, { count: before + count, until: world.now().getTime() + pause });
  if (all.size > mostRemembered) all.delete(all.keys().next().value!);
}

async function tell(tx: Writer, doer: Doer, bookId: string, cards: number): Promise<void> {
  const find = tx.build.selectFrom('address_book').select(['name', 'account_id']).where('id', '=', bookId);
  const book = await tx.first(find);
  await audit(tx, doer, {
    kind: 'cards.deleted',
    ...(book ? { ownerId: book.account_id } : {}),
    object: { type: 'AddressBook', id: bookId, name: book?.name ?? '' },
    details: { cards },
  });
}
