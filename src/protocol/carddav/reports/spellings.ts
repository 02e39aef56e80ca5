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

/** The responses of cards that were asked for by addresses: each address is answered (RFC 6352 §8.7). */
export async function* eachSpelled(
  { respond }: CardResponses,
  found: readonly CardInList[],
  spellings: Spellings,
): Responses {
  const known = new Map(found.map((card) => [card.uri, card]));
  const cards: CardInList[] = [];
  const paths: string[] = [];
  for (const [uri, hrefs] of spellings) {
    const card = known.get(uri);
    for (const href of hrefs) {
      if (!card) yield statusResponse(href, '404 Not Found');
      else {
        cards.push(card);
        paths.push(href);
      }
    }
  }
  if (cards.length > 0) yield await respond(cards, paths);
}
