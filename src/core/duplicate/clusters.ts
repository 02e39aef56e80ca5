import { createHash } from 'node:crypto';
import { compareNames } from '../../format/matching/compareNames.ts';
import type { JudgedCard, JudgedPair } from './judgeCards.ts';

/** Cards that belong to the same person, as far as a program can tell. */
export type Duplicate = {
  /** The same as long as it is of the same cards. */
  readonly id: string;
  /** Whether they can be merged without a look. */
  readonly isCertain: boolean;
  /** What they have in common. */
  readonly reasons: readonly ('email' | 'phone' | 'name')[];
  readonly cards: readonly Pick<JudgedCard, 'id' | 'accountId' | 'bookId'>[];
  /** The card that the others would usually go into: the one that says most. */
  readonly keepId: string;
  readonly isDismissed: boolean;
};

/** More side by side nobody compares; the others come when these are done with. */
export const mostInDuplicate = 20;

/** Groups of cards connected by pairs, each card in one group; certain ones first, then by name. */
export function clustersOf(pairs: readonly JudgedPair[], isDismissed: boolean): Duplicate[] {
  const groups = groupsOf(pairs);
  const byGroup = Map.groupBy(pairs, (pair) => groups(pair.one));
  const found = [...byGroup.values()].map((own) => {
    const all = new Map(own.flatMap(({ one, other }) => [[one.id, one] as const, [other.id, other] as const]));
    const cards = [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, mostInDuplicate);
    return { cards, duplicate: duplicateOf(cards, own, isDismissed) };
  });
  return found
    .sort(
      (a, b) =>
        Number(b.duplicate.isCertain) - Number(a.duplicate.isCertain) ||
        compareText(a.cards[0]!.sortKey, b.cards[0]!.sortKey) ||
        compareText(a.duplicate.id, b.duplicate.id),
    )
    .map(({ duplicate }) => duplicate);
}

function compareText(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

function duplicateOf(cards: readonly JudgedCard[], pairs: readonly JudgedPair[], isDismissed: boolean): Duplicate {
  const kinds = new Set(pairs.flatMap(({ shared }) => [...shared]));
  const reasons = (['email', 'phone', 'name'] as const).filter((kind) => kinds.has(kind));
  const keep = cards.reduce((best, card) => (card.length > best.length ? card : best));
  return {
    id: duplicateId(cards.map(({ id }) => id)),
    isCertain: isCertain(cards, pairs),
    reasons: reasons.length > 0 ? reasons : ['name'],
    cards: cards.map(({ id, accountId, bookId }) => ({ id, accountId, bookId })),
    keepId: keep.id,
    isDismissed,
  };
}

/** The id of the duplicate that is of these cards. */
function duplicateId(cardIds: readonly string[]): string {
  return `d${createHash('sha256')
    .update([...cardIds].sort().join(' '))
    .digest('base64url')
    .slice(0, 20)}`;
}

/** All are connected by what is certain, and no two of them by way of a third although they bear other names. */
function isCertain(cards: readonly JudgedCard[], pairs: readonly JudgedPair[]): boolean {
  const groups = groupsOf(pairs.filter(({ verdict }) => verdict === 'certain'));
  if (new Set(cards.map(groups)).size > 1) return false;
  return cards.every((one, place) =>
    cards
      .slice(place + 1)
      .every((other) => ['same', 'near', 'compatible'].includes(compareNames(one.name, other.name))),
  );
}

/** Which group a card belongs to, when pairs belong together. */
function groupsOf(pairs: readonly JudgedPair[]): (card: JudgedCard) => string {
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    while (parents.has(root)) root = parents.get(root)!;
    // The way is shorter the next time.
    for (let step = id; step !== root;) {
      const next = parents.get(step)!;
      parents.set(step, root);
      step = next;
    }
    return root;
  };
  for (const { one, other } of pairs) {
    const [first, second] = [rootOf(one.id), rootOf(other.id)];
    if (first !== second) parents.set(second, first);
  }
  return ({ id }) => rootOf(id);
}
