import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import { createBreath } from '../../lib/breath.ts';
import type { Context } from '../context.ts';
import { seesAll } from '../scope.ts';
import { findBook } from '../sharing/access.ts';
import type { VisibleBook } from '../sharing/access.ts';
import { mayChangeCard, nobodysCard } from '../sharing/cardRights.ts';
import type { AddedCard } from '../sharing/cardRights.ts';
import { missingRight } from '../sharing/requireRight.ts';
import { leaving } from '../version/ways.ts';
import { isSameContent, withoutEdits } from './pastContent.ts';
import type { Edit } from './pastContent.ts';
import { changesBeside, selectChanges } from './selectChanges.ts';
import type { PastChange, Undoing } from './selectChanges.ts';
import { textBefore } from './stateAt.ts';

/** What happens to a card, in codes that clients translate. `kept`: nothing, for a reason. */
export type StepKind = 'restored' | 'changed' | 'deleted' | 'moved' | 'kept';

/**
 * Why a card stays as it is: others have changed it since, it is where the person may not write, or nothing is left of
 * it.
 */
export type KeptReason = 'changedSince' | 'elsewhere' | 'gone';

/** One card of an undo. */
export type Step = { readonly cardId: string; readonly name: string } & (
  | {
      readonly kind: 'restored' | 'changed' | 'moved';
      readonly place: VisibleBook;
      /** The record that it gets: read when it is needed, for thousands with their photos have no room at once. */
      readonly text: () => Promise<string>;
    }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'kept'; readonly reason: KeptReason }
);

type Current = {
  readonly id: string;
  readonly account_id: string;
  readonly book_id: string;
  readonly trash_id: string | null;
  readonly added_by: string | null;
  readonly vcard: string;
};

const currentCard = statement((build, value: { cardId: string }) =>
  sql<Current>`
    SELECT id, card.account_id, book_id, trash_id, added_by, vcard FROM card JOIN card_record ON card_id = id
    WHERE id = ${value.cardId}`.compile(build),
);

const adderOf = statement((build, value: { cardId: string }) =>
  build.selectFrom('card').select('added_by').where('id', '=', value.cardId),
);

const cardsInARow = 50;

/** What one card needs to be judged by. */
type Case = {
  readonly accountId: string;
  readonly changes: readonly PastChange[];
  /** What others, or others of the person's changes, did to it since. */
  readonly beside: readonly PastChange[];
  readonly current: Current | undefined;
  readonly isOwner: boolean;
  /** The folder, when the person may change this card in it. */
  readonly writable: (bookId: string) => Promise<VisibleBook | undefined>;
};

/**
 * What undoing these changes would do, card by card, without cards that are already as they should be. A card that
 * nobody else touched becomes exactly what it was; on a card that others have edited since, their edits are kept.
 * `continues`: the operation by which a part was already undone.
 */
export async function planUndo(
  reader: Reader,
  context: Context,
  accountId: string,
  { undoing, continues }: { readonly undoing: Undoing; readonly continues: string | null },
): Promise<readonly Step[]> {
  const selected = await selectChanges(reader, context, accountId, undoing);
  if (continues !== null) for (const cardId of await cardsOf(reader, continues)) selected.delete(cardId);
  // A whole folder goes back to a moment whoever did what since.
  const isWhole = undoing.kind === 'since' && undoing.author === null;
  const beside = isWhole ? new Map<string, PastChange[]>() : await changesBeside(reader, selected);
  const books = new Map<string, VisibleBook | undefined>();
  const changeable: Changeable = async (bookId, card) => {
    if (!books.has(bookId)) books.set(bookId, await findBook(reader, context, bookId));
    const found = books.get(bookId);
    return found?.book.account_id === accountId && mayChangeCard(context, found.rights, card) ? found : undefined;
  };
  const isOwner = seesAll(context, accountId);
  if (!isOwner || context.actor.scope) await requireSomewhere(reader, selected, changeable);
  const steps: Step[] = [];
  const breathe = createBreath(cardsInARow);
  for (const [cardId, changes] of selected) {
    const current = await reader.first(currentCard(reader, { cardId }));
    const others = beside.get(cardId) ?? [];
    const writable = (bookId: string) => changeable(bookId, current ?? nobodysCard);
    const step = await judge(reader, { accountId, changes, beside: others, current, isOwner, writable });
    if (step) steps.push(step);
    await breathe();
  }
  return steps;
}

const touchedBy = statement((build, value: { operation: string }) =>
  build.selectFrom('card_version').select('card_id').where('operation', '=', value.operation).distinct(),
);

async function cardsOf(reader: Reader, operation: string): Promise<string[]> {
  return (await reader.all(touchedBy(reader, { operation }))).map((row) => row.card_id);
}

type Changeable = (bookId: string, card: AddedCard) => Promise<VisibleBook | undefined>;

/** Who may change none of the cards undoes nothing. */
async function requireSomewhere(
  reader: Reader,
  selected: ReadonlyMap<string, readonly PastChange[]>,
  changeable: Changeable,
): Promise<void> {
  const places = new Set([...selected.values()].flat().map(({ bookId }) => bookId));
  for (const bookId of places) if (await changeable(bookId, nobodysCard)) return;
  for (const [cardId, changes] of selected) {
    const card = (await reader.first(adderOf(reader, { cardId }))) ?? nobodysCard;
    for (const { bookId } of changes) if (await changeable(bookId, card)) return;
  }
  if (places.size > 0) throw missingRight('mayWrite');
}

async function judge(reader: Reader, one: Case): Promise<Step | null> {
  const { accountId, changes, beside, current, isOwner, writable } = one;
  const first = changes[0]!;
  const card = { cardId: first.cardId, name: first.name };
  const kept = (reason: KeptReason): Step => ({ ...card, kind: 'kept', reason });
  if (current && current.account_id !== accountId) return kept('elsewhere');
  if (first.action === 'created' || first.action === 'restored') {
    if (current?.trash_id !== null || current.book_id !== first.bookId) return null;
    if (!(await writable(first.bookId))) return kept('elsewhere');
    return beside.length > 0 ? kept('changedSince') : { ...card, kind: 'deleted' };
  }
  // What came from elsewhere and has gone on is not here, as it was not then.
  if (first.action === 'movedIn' && current?.book_id !== first.bookId) return null;
  const bookId = first.action === 'movedIn' ? first.otherBookId! : first.bookId;
  const place = await writable(bookId);
  const mayTake = isOwner || !current || (await writable(current.book_id));
  if (!place || !mayTake) return kept('elsewhere');
  const isHere = current?.trash_id === null && current.book_id === bookId;
  // Somebody brought it back already.
  if (beside.length > 0 && isHere && !changes.some(({ action }) => action === 'updated')) return null;
  const read = async () => (await (beside.length > 0 ? merged(reader, one) : before(reader, first)))?.text;
  const text = await read();
  if (text === undefined) return kept(beside.length > 0 ? 'changedSince' : 'gone');
  const to = { ...card, place, text: async () => (await read())! };
  if (current?.trash_id !== null) return { ...to, kind: 'restored' };
  if (!isHere) return { ...to, kind: 'moved' };
  return isSameContent(current.vcard, text) ? null : { ...to, kind: 'changed' };
}

function before(reader: Reader, { cardId, id }: PastChange): Promise<{ text: string } | undefined> {
  return textBefore(reader, cardId, id);
}

/** The record that is left when these changes are taken out of what others made of the card; undefined: none of it can be. */
async function merged(reader: Reader, { changes, beside, current }: Case): Promise<{ text: string } | undefined> {
  if (!current || beside.some(({ action }) => leaving.has(action))) return undefined;
  const edits: Edit[] = [];
  for (const { id, cardId } of changes.filter(({ action }) => action === 'updated')) {
    const [earlier, later] = [await textBefore(reader, cardId, id), await textBefore(reader, cardId, id + 1)];
    if (earlier && later) edits.push({ before: earlier.text, after: later.text });
  }
  const { text, isChanged } = withoutEdits(current.vcard, edits);
  return isChanged || changes.some(({ action }) => leaving.has(action)) ? { text } : undefined;
}
