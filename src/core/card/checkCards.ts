import { isDeepStrictEqual } from 'node:util';
import { fromVCard } from '../../format/jscontact/fromVCard.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import type { World } from '../context.ts';
import { takeOutMedia } from './media.ts';

/** A card whose projection is not what its record says. */
export type CardFault = { readonly id: string; readonly problem: string };

const cardsPerPage = 200;

/**
 * Proves for every card that its projection equals its record (`data = fromVCard(record)`), in pages, so that the
 * memory it takes does not grow with the database. `onPage` hears how many were looked at.
 */
export async function checkCards(world: World, onPage: (checked: number) => void): Promise<CardFault[]> {
  const { db } = world;
  const faults: CardFault[] = [];
  const cards = db.build
    .selectFrom('card')
    .innerJoin('card_record', 'card_record.card_id', 'card.id')
    .select(['card.id', 'card.data', 'card_record.vcard'])
    .orderBy('card.id')
    .limit(cardsPerPage);
  let checked = 0;
  for (let last = ''; ;) {
    const page = await db.all(cards.where('card.id', '>', last));
    for (const { id, data, vcard } of page) {
      const problem = compare(data, vcard);
      if (problem !== null) faults.push({ id, problem });
    }
    checked += page.length;
    onPage(checked);
    if (page.length < cardsPerPage) return faults;
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
