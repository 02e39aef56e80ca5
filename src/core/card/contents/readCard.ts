import { randomUUID } from 'node:crypto';
import { invalid } from '../../../errors.ts';
import { repairVCard } from '../../../format/vcard/repair.ts';
import type { ReadyCard } from '../../../format/vcard/repair.ts';
import { VCardError } from '../../../format/vcard/types.ts';
import { pictureIdsOf } from '../../photo/pictureIds.ts';
import { contentsOf } from './contents.ts';
import type { CardContents } from './contents.ts';

/** The text of a card as it will be kept, and what it says. */
export type ReadCard = {
  readonly text: string;
  readonly contents: CardContents;
  /** The blobIds of its pictures, as they were sent. */
  readonly pictureIds: readonly string[];
};

/** Reads a card that a client sends. Errors: `invalid` with a reason: `notVCard`, `version`. */
export function readCard(vcard: string, strict: boolean): ReadCard {
  const { text, card, isRead } = readyCard(vcard, strict);
  return { text, contents: contentsOf(text, isRead ? card : undefined), pictureIds: pictureIdsOf(card) };
}

/** What a client sends, made whole. Errors: `invalid` with a reason: `notVCard`, `version`. */
export function readyCard(vcard: string, strict: boolean): ReadyCard {
  try {
    const ready = repairVCard(vcard, { strict, newUid: () => `urn:uuid:${randomUUID()}` });
    if (ready.card.version !== '2.1') return ready;
  } catch (error) {
    if (!(error instanceof VCardError)) throw error;
    throw invalid('vcard', error.message, { reason: 'notVCard' });
  }
  // RFC 6352 §5.1: what is announced is 3.0 and 4.0.
  throw invalid('vcard', 'vCard 2.1 is not kept', { reason: 'version' });
}
