import { isDeepStrictEqual } from 'node:util';
import { fromVCard } from '../../format/jscontact/fromVCard.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import type { World } from '../context.ts';
import { takeOutMedia } from './media.ts';
import { strayWords, wrongWords } from './words/checkWords.ts';

/** A card that is not shown, or not found, as its record says; what belongs to no card has the name of its table. */
export type CardFault = { readonly id: string; readonly problem: string };

const cardsPerPage = 200;

/**
 * Proves for every card that its projection equals its record (`data = fromVCard(record)`), and that it is found by its
 * words and by no others; in pages, so that the memory it takes does not grow with the database. `onPage` hears how many were looked at.
 */
export async function checkCards(world: World, onPage: (checked: number) => void): Promise<CardFault[]> {
  const { db } = world;
  const faults: CardFault[] = [];
  const cards = db.build
    .selectFrom('card')
    .innerJoin('card_record', 'card_record.card_id', 'card.id')
    .select(['card.id', 'card.account_id', 'card.data', 'card_record.vcard'])
    .orderBy('card.id')
    .limit(cardsPerPage);
  let checked = 0;
  for (let last = ''; ;) {
    const page = await db.all(cards.where('card.id', '>', last));
    for (const { id, data, vcard } of page) {
      const problem = compare(data, vcard);
      if (problem !== null) faults.push({ id, problem });
    }
    faults.push(...(await wrongWords(db, page)));
    checked += page.length;
    onPage(checked);
    if (page.length < cardsPerPage) return [...faults, ...(await strayWords(db))];
    last = page.at(-1)!.id;
  }
}

function compare(data: string, vcard: string): string | null {
  try {
    const fresh: unknown = JSON.parse(JSON.stringify(takeOutMedia(fromVCard(parseVCard(vcard))).data));
    return isDeepStrictEqual(fresh, JSON.parse(data)) ? null : 'the projection differs from the record';
  } catch (error) {
    return `the record cannot be read: ${(error as Error).message}`;
  }
}
