import { createHash } from 'node:crypto';
import { notFound } from '../../errors.ts';
import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { requireWhole, requireWriting } from '../scope.ts';
import { clustersOf } from './clusters.ts';
import type { Duplicate } from './clusters.ts';
import { judgeCards } from './judgeCards.ts';
import type { JudgedPair } from './judgeCards.ts';
import { writableBooks } from './writableBooks.ts';
import type { WritableBook } from './writableBooks.ts';

type Found = { readonly state: string; readonly duplicates: readonly Duplicate[] };

/** What was found for people lately, by the hub of their world: pages of one list are not looked for anew. */
const lately = new WeakMap<object, Map<string, Promise<Found>>>();
const mostPeople = 50;

/**
 * The duplicates among all folders that the person may write, dismissed ones last, and the state they belong to: it
 * changes with the cards of these folders, and with what the person dismisses.
 */
export async function findDuplicates(context: Context): Promise<Found> {
  requireWhole(context);
  const { books, state } = await stateNow(context);
  const people = lately.get(context.hub) ?? new Map<string, Promise<Found>>();
  lately.set(context.hub, people);
  const { principalId } = context.actor;
  const known = people.get(principalId);
  if (known && (await known.catch(() => undefined))?.state === state) return known;
  const found = find(context, books).then((duplicates) => ({ state, duplicates }));
  people.delete(principalId);
  people.set(principalId, found);
  found.catch(() => people.delete(principalId));
  if (people.size > mostPeople) people.delete(people.keys().next().value!);
  return found;
}

/** The state of what would be found. */
export async function duplicatesState(context: Context): Promise<string> {
  requireWhole(context);
  return (await stateNow(context)).state;
}

async function stateNow(context: Context): Promise<{ books: ReadonlyMap<string, WritableBook>; state: string }> {
  const { db, actor } = context;
  const books = await writableBooks(db, context);
  const hash = createHash('sha256');
  const sorted = [...books.values()].sort((a, b) => (a.book.id < b.book.id ? -1 : 1));
  for (const { book, audience } of sorted) hash.update(`${book.id} ${book.cards_seq} ${audience}\n`);
  const dismissals = db.build.selectFrom('duplicate_dismissal').where('principal_id', '=', actor.principalId);
  const told = await db.all(dismissals.select('duplicate_id').distinct().orderBy('duplicate_id'));
  hash.update(told.map((row) => row.duplicate_id).join(' '));
  // While cards of before get their keys, more is found from one moment to the next.
  const left = await db.first(db.build.selectFrom('card_unmatched').select('card_id').limit(1));
  hash.update(left?.card_id ?? '');
  return { books, state: hash.digest('base64url').slice(0, 20) };
}

async function find(context: Context, books: ReadonlyMap<string, WritableBook>): Promise<Duplicate[]> {
  const pairs = await judgeCards(context, books);
  const dismissed = await dismissedPairs(context);
  const [open, closed] = [false, true].map((is) => pairs.filter((pair) => dismissed.has(nameOf(pair)) === is));
  return [...clustersOf(open!, false), ...clustersOf(closed!, true)];
}

function nameOf({ one, other }: JudgedPair): string {
  return one.id < other.id ? `${one.id} ${other.id}` : `${other.id} ${one.id}`;
}

async function dismissedPairs({ db, actor }: Context): Promise<Set<string>> {
  const own = db.build.selectFrom('duplicate_dismissal').where('principal_id', '=', actor.principalId);
  return new Set((await db.all(own.select(['one_id', 'other_id']))).map((row) => `${row.one_id} ${row.other_id}`));
}

/**
 * « Ce ne sont pas des doublons »: remembers, for this person only, that these are not duplicates, or forgets it.
 * Errors: `notFound` if they are not, or no longer, a duplicate among the cards that the person may write.
 */
export async function dismissDuplicate(context: Context, id: string, isDismissed: boolean): Promise<void> {
  requireWhole(context);
  requireWriting(context);
  const { principalId } = context.actor;
  const duplicate = (await findDuplicates(context)).duplicates.find((one) => one.id === id);
  await transact(context, async (tx) => {
    const own = tx.build.deleteFrom('duplicate_dismissal').where('principal_id', '=', principalId);
    if (!isDismissed) {
      const undone = await tx.run(own.where('duplicate_id', '=', id));
      if (undone === 0 && !duplicate) throw notFound('duplicate');
      return;
    }
    if (!duplicate) throw notFound('duplicate');
    const ids = duplicate.cards.map((card) => card.id).sort();
    const rows = ids.flatMap((one, place) =>
      ids
        .slice(place + 1)
        .map((other) => ({ principal_id: principalId, one_id: one, other_id: other, duplicate_id: id })),
    );
    const insert = tx.build.insertInto('duplicate_dismissal').values(rows);
    await tx.run(
      insert.onConflict((conflict) =>
        conflict.columns(['principal_id', 'one_id', 'other_id']).doUpdateSet({ duplicate_id: id }),
      ),
    );
  });
}
