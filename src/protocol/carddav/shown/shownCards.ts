import { readRecords } from '../../../core/card/cardEntries.ts';
import type { CardEntry } from '../../../core/card/cardEntries.ts';
import { shrinkPhotos } from '../../../core/photo/shrinkPhotos.ts';
import type { DavContext } from '../oneBook.ts';
import type { CardResource } from '../resources.ts';

/** Whether the program that asks gets this card with smaller photos. */
export function isShrunk({ photoRule }: DavContext, { size }: Pick<CardEntry, 'size'>): boolean {
  return photoRule !== undefined && size > photoRule.longestCard;
}

/**
 * The strong tag of a card in the form that it has for the program that asks: the same in listings, reports and GET.
 * What stands before the first `~` is the tag of what is stored, which conditions compare.
 */
export function cardTag(
  context: DavContext,
  card: Pick<CardEntry, 'etag' | 'size'>,
  version: string | null = null,
): string {
  const photos = isShrunk(context, card) ? `~${context.photoRule!.side}` : '';
  return `"${card.etag}${version === null ? '' : `~${version}`}${photos}"`;
}

/** How long the card is; undefined where that is not known without making its photos smaller. */
export function lengthOf(context: DavContext, card: Pick<CardEntry, 'size'>): string | undefined {
  return isShrunk(context, card) ? undefined : String(card.size);
}

/** The record of one card, which may have been read along; undefined: it has gone in this moment. */
export async function readShownRecord(context: DavContext, card: CardResource['card']): Promise<string | undefined> {
  const isAtHand = card.vcard !== undefined && !isShrunk(context, card);
  return isAtHand ? card.vcard : (await readShownRecords(context, card.account_id, [card])).get(card.id);
}

/** The records of cards of one account by their ids: the octets that were stored, but for photos that are too much for the program. */
export async function readShownRecords(
  context: DavContext,
  accountId: string,
  cards: readonly Pick<CardEntry, 'id' | 'size'>[],
): Promise<Map<string, string>> {
  const records = await readRecords(
    context,
    accountId,
    cards.map(({ id }) => id),
  );
  for (const card of cards) {
    const record = records.get(card.id);
    if (record === undefined || !isShrunk(context, card)) continue;
    records.set(card.id, await shrinkPhotos(context, record, context.photoRule!.side));
  }
  return records;
}
