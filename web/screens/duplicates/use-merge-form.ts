import { useMemo, useState } from 'react';
import type { ContactCard, Id } from '../../../client/src/types.ts';
import type { MergeWish } from './merge-operations.ts';
import { mergeRows, usualChoices } from './merge-rows.ts';
import type { MergeRow } from './merge-rows.ts';

/** A card with its account. */
export interface MergeCard {
  readonly accountId: Id;
  readonly card: ContactCard;
}

/** What is chosen of a merge. */
export interface MergeForm {
  readonly cards: readonly MergeCard[];
  readonly rows: readonly MergeRow[];
  readonly keepId: Id;
  readonly setKeepId: (id: Id) => void;
  /** Cards that stay out of it. */
  readonly isOut: (id: Id) => boolean;
  readonly toggleCard: (id: Id) => void;
  /** The index of the card whose value is taken. */
  readonly choiceOf: (field: string) => number;
  readonly choose: (field: string, index: number) => void;
  readonly isLeftOut: (field: string, identity: string) => boolean;
  readonly toggleValue: (field: string, identity: string) => void;
  /** undefined: fewer than two cards are left. */
  readonly wish: MergeWish | undefined;
}

/** The state of a comparison: which card is kept, which values are chosen, what is left out. */
export function useMergeForm(cards: readonly MergeCard[], proposedId: Id): MergeForm {
  const [wantedId, setKeepId] = useState(proposedId);
  const [out, setOut] = useState<ReadonlySet<Id>>(new Set());
  const [choices, setChoices] = useState<Readonly<Record<string, Id>>>({});
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const taking = cards.filter(({ card }) => !out.has(card.id));
  const keepId = taking.some(({ card }) => card.id === wantedId) ? wantedId : (taking[0]?.card.id ?? wantedId);
  const ids = cards.map(({ card }) => card.id);
  const rows = useMemo(() => mergeRows(cards.map(({ card }) => card)), [cards]);
  const usual = usualCards(taking, keepId);
  const chosenId = (field: string) => {
    const chosen = choices[field];
    return chosen !== undefined && !out.has(chosen) ? chosen : usual.get(field);
  };
  const choiceOf = (field: string) => {
    const index = ids.indexOf(chosenId(field) ?? '');
    const row = rows.find((one) => one.field === field && one.isSingle);
    // What several cards say is shown with the first of them.
    return Number(row?.cells[index]?.[0]?.identity ?? index);
  };

  return {
    cards,
    rows,
    keepId,
    setKeepId,
    isOut: (id) => out.has(id),
    toggleCard: (id) => setOut((before) => toggled(before, id)),
    choiceOf,
    choose: (field, index) => setChoices((before) => ({ ...before, [field]: ids[index]! })),
    isLeftOut: (field, identity) => leftOut.has(`${field} ${identity}`),
    toggleValue: (field, identity) => setLeftOut((before) => toggled(before, `${field} ${identity}`)),
    wish:
      taking.length < 2
        ? undefined
        : {
            keepId,
            cardIds: taking.map(({ card }) => card.id).filter((id) => id !== keepId),
            choices: Object.fromEntries(Object.entries(choices).filter(([, id]) => !out.has(id))),
            leaveOut: leaveOutOf(rows, leftOut),
          },
  };
}

/** For each field of which there is one, the card that says it when nobody chooses. */
function usualCards(taking: readonly MergeCard[], keepId: Id): ReadonlyMap<string, Id> {
  if (taking.length === 0) return new Map();
  const keep = taking.findIndex(({ card }) => card.id === keepId);
  const found = usualChoices(
    taking.map(({ card }) => card),
    Math.max(0, keep),
  );
  return new Map([...found].map(([field, index]) => [field, taking[index]!.card.id]));
}

function toggled<T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const changed = new Set(set);
  if (!changed.delete(value)) changed.add(value);
  return changed;
}

function leaveOutOf(rows: readonly MergeRow[], leftOut: ReadonlySet<string>): Record<string, readonly unknown[]> {
  const fields = rows.flatMap(({ field, isSingle, cells }) => {
    const values = cells.flat().filter(({ identity }) => !isSingle && leftOut.has(`${field} ${identity}`));
    return values.length > 0 ? [[field, values.map(({ entry }) => entry)] as const] : [];
  });
  return Object.fromEntries(fields);
}
