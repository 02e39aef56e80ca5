import { type CardRef, cardKey } from './card-ref.ts';

/** What is ticked in a list: some cards, or the whole list but a few, of which most were never loaded. */
export interface Selection {
  readonly isAll: boolean;
  readonly picked: ReadonlyMap<string, CardRef>;
  readonly except: ReadonlySet<string>;
}

/** Nothing is ticked. */
export const nothingSelected: Selection = { isAll: false, picked: new Map(), except: new Set() };

/** The whole list, whatever its length. */
export const everythingSelected: Selection = { isAll: true, picked: new Map(), except: new Set() };

/** True when a card is ticked. */
export function isSelected(selection: Selection, key: string): boolean {
  return selection.isAll ? !selection.except.has(key) : selection.picked.has(key);
}

/** How many cards are ticked in a list of `total`. */
export function countSelected(selection: Selection, total: number): number {
  return selection.isAll ? Math.max(0, total - selection.except.size) : selection.picked.size;
}

/** Exactly these cards. */
export function selectionOf(refs: readonly CardRef[]): Selection {
  return { isAll: false, picked: new Map(refs.map((ref) => [cardKey(ref), ref])), except: new Set() };
}

/** Ticks a card or takes its tick away. */
export function toggled(selection: Selection, ref: CardRef): Selection {
  const key = cardKey(ref);
  if (selection.isAll) return { ...selection, except: flipped(selection.except, key) };
  const picked = new Map(selection.picked);
  if (!picked.delete(key)) picked.set(key, ref);
  return { ...selection, picked };
}

function flipped(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const copy = new Set(set);
  if (!copy.delete(key)) copy.add(key);
  return copy;
}

/** Ticks a run of neighbours beside what is ticked already. */
export function withRange(selection: Selection, refs: readonly CardRef[]): Selection {
  if (selection.isAll) {
    const except = new Set(selection.except);
    for (const ref of refs) except.delete(cardKey(ref));
    return { ...selection, except };
  }
  const picked = new Map(selection.picked);
  for (const ref of refs) picked.set(cardKey(ref), ref);
  return { ...selection, picked };
}

/** Without cards that are gone: a count must not promise what is no longer there. */
export function withoutCards(selection: Selection, keys: readonly string[]): Selection {
  const isTouched = keys.some((key) => selection.picked.has(key) || selection.except.has(key));
  if (!isTouched) return selection;
  const picked = new Map(selection.picked);
  const except = new Set(selection.except);
  for (const key of keys) {
    picked.delete(key);
    except.delete(key);
  }
  return { ...selection, picked, except };
}
