import { sameJson } from '../jscontact/json.ts';
import type { Card, Json } from '../jscontact/types.ts';
import { combineCards } from '../merging/combineCards.ts';
import { singleFields } from '../merging/singles.ts';

/** A card with all that another says beyond it: nothing of its own changes. The very same object when that is nothing. */
export function fillCard(card: Card, other: Card): Card {
  const own = [...singleFields([card]).keys()].map((field): [string, number] => [field, 0]);
  const filled = combineCards([card, other], { choices: Object.fromEntries(own) });
  return sameJson(filled as unknown as Json, card as unknown as Json) ? card : filled;
}
