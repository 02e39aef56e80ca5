import type { CardInList } from '../cardTemplate.ts';
import type { Responses } from '../multistatus.ts';
import { statusResponse } from '../propstat.ts';
import type { CardResponses } from './cardResponses.ts';

/** How a client spelled the addresses of cards, by their names: the same one may be spelled in several ways. */
export type Spellings = Map<string, string[]>;

/** So many addresses are looked for together. */
export const hrefsAtOnce = 100;

/** Keeps one more address of a name. */
export function addSpelling(spellings: Spellings, uri: string, href: string): void {
  const known = spellings.get(uri);
  if (known) known.push(href);
  else spellings.set(uri, [href]);
}

/** One address of each name, then a second one of those that have it, and so on: each is answered (RFC 6352 §8.7). */
function* turnsOf(spellings: Spellings): Generator<ReadonlyMap<string, string>> {
  for (let turn = 0; ; turn++) {
    const hrefs = new Map<string, string>();
    for (const [uri, { [turn]: href }] of spellings) if (href !== undefined) hrefs.set(uri, href);
    if (hrefs.size === 0) return;
    yield hrefs;
  }
}

/** The responses of cards that were asked for by addresses, to each address one. */
export async function* eachSpelled(
  { respond }: CardResponses,
  found: readonly CardInList[],
  spellings: Spellings,
): Responses {
  const known = new Map(found.map((card) => [card.uri, card]));
  for (const hrefs of turnsOf(spellings)) {
    const cards = [...hrefs.keys()].flatMap((uri) => known.get(uri) ?? []);
    if (cards.length > 0) yield await respond(cards, hrefs);
    for (const [uri, href] of hrefs) if (!known.has(uri)) yield statusResponse(href, '404 Not Found');
  }
}
