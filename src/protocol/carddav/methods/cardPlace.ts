import type { Context } from '../../../core/context.ts';
import { DavError, needPrivilege } from '../errors.ts';
import { isNewInOne, placeInOne } from '../oneBook.ts';
import { paths } from '../paths.ts';
import type { CardPlace } from '../resources.ts';
import { resourceAt } from '../tree.ts';
import type { Place } from '../tree.ts';

/** An address at which there may be a card. */
export type PlaceOfCard = Extract<Place, { kind: 'card' | 'oneCard' }>;

/** Where a card goes that is put, copied or moved to an address; undefined: there is no folder for it (see `refusePlace`). */
export async function findCardPlace(context: Context, place: PlaceOfCard): Promise<CardPlace | undefined> {
  if (place.kind === 'oneCard')
    return place.personId === context.actor.principalId ? placeInOne(context, place.name) : undefined;
  const book = await resourceAt(context, { ...place, kind: 'book' });
  return book?.kind === 'book' ? { book, uri: place.uri, path: paths.card(book.path, place.uri) } : undefined;
}

/**
 * RFC 4918 §9.7.1: without the collection around it nothing can be put, whether it never was or is not one's own. The one
 * book is there, but may have no folder for new cards: then nothing is added to it (RFC 3744 §7.1.1).
 */
export function refusePlace({ actor }: Context, place: PlaceOfCard): DavError {
  const isOwn = place.personId === actor.principalId;
  if (place.kind === 'oneCard' && isOwn && isNewInOne(place.name))
    return needPrivilege(paths.oneBook(actor.principalId), 'bind');
  return new DavError(409);
}
