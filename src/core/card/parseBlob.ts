import { fromVCard } from '../../format/jscontact/fromVCard.ts';
import { splitMedia } from '../../format/jscontact/media.ts';
import type { MediaBlob } from '../../format/jscontact/media.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { decodeVCardBytes } from '../../format/vcard/decodeBytes.ts';
import { readVCards } from '../../format/vcard/parse.ts';
import { createBreath } from '../../lib/breath.ts';
import { blobIdOf } from '../blob/blobId.ts';
import { getBlob } from '../blob/getBlob.ts';
import { putBlob } from '../blob/putBlob.ts';
import { transact, within } from '../change/transact.ts';
import type { Context } from '../context.ts';

const cardsInARow = 20;
/** Smaller than this a picture costs less in the card than by itself. */
const smallestBlob = 1000;

/**
 * The cards of an uploaded vCard file, as if they were in the account; null if it contains none. Larger pictures become
 * blobs uploaded by the person, so that the response stays small and a card can be created from it.
 */
export async function parseBlob(context: Context, accountId: string, blobId: string): Promise<readonly Card[] | null> {
  const { data } = await getBlob(context, accountId, blobId);
  const { cards } = readVCards(decodeVCardBytes(data));
  if (cards.length === 0) return null;
  const parsed: Card[] = [];
  const media = new Map<string, MediaBlob>();
  const breathe = createBreath(cardsInARow);
  for (const vcard of cards) {
    await breathe();
    parsed.push(withBlobs(fromVCard(vcard), media));
  }
  if (media.size > 0) await keep(context, accountId, media);
  return parsed;
}

function withBlobs(card: Card, found: Map<string, MediaBlob>): Card {
  const whole = card.media ?? {};
  const large = Object.entries(whole).filter(([, { uri }]) => (uri?.length ?? 0) > smallestBlob);
  if (large.length === 0) return card;
  const { media = {} } = splitMedia({ ...card, media: Object.fromEntries(large) }, (blob) => {
    const id = blobIdOf(blob.bytes);
    found.set(id, blob);
    return id;
  });
  return { ...card, media: { ...whole, ...media } };
}

async function keep(context: Context, accountId: string, media: ReadonlyMap<string, MediaBlob>): Promise<void> {
  await transact(context, async (tx) => {
    const inside = within(context, tx);
    for (const { bytes, mediaType } of media.values()) {
      await putBlob(inside, { accountId, data: bytes, type: mediaType });
    }
  });
}
