import { nameBookForMe } from '../../../core/addressbook/davNames.ts';
import { placeCard } from '../../../core/card/placeCard.ts';
import type { Context } from '../../../core/context.ts';
import { AppError } from '../../../errors.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { empty } from '../../../lib/http/reply.ts';
import { readConditions } from '../conditions.ts';
import { DavError } from '../errors.ts';
import { carddav, xml } from '../names.ts';
import { longest } from '../paths.ts';
import { refuseCard } from '../refuseCard.ts';
import type { BookResource, CardResource, Resource } from '../resources.ts';
import { placeOf, whyNothingIsMade } from '../tree.ts';
import type { Place } from '../tree.ts';
import { findCardPlace, refusePlace } from './cardPlace.ts';

/** COPY (RFC 4918 §9.8) of a card. Folders are not copied: their cards would have uids that the account has already. */
export function copy(context: Context, resource: Resource, request: HttpRequest): Promise<HttpReply> {
  return transfer(context, resource, request, true);
}

/** MOVE (RFC 4918 §9.9) of a card to any folder, or of an address book of one's home to another name in it. */
export function move(context: Context, resource: Resource, request: HttpRequest): Promise<HttpReply> {
  return transfer(context, resource, request, false);
}

async function transfer(
  context: Context,
  resource: Resource,
  request: HttpRequest,
  isCopy: boolean,
): Promise<HttpReply> {
  const target = readDestination(context, request);
  const mayReplace =
    String(request.headers['overwrite'] ?? 'T')
      .trim()
      .toUpperCase() !== 'F';
  if (resource.kind === 'card') return transferCard(context, resource, { request, target, mayReplace, isCopy });
  if (resource.kind === 'book' && !isCopy) return renameBook(context, resource, target);
  throw new DavError(403, xml(carddav('addressbook-collection-location-ok')));
}

/** Where something goes: the path that was given, and what it means; null: nothing can ever be there. */
type Destination = { readonly pathname: string; readonly place: Place | null };

type Transfer = {
  readonly request: HttpRequest;
  readonly target: Destination;
  readonly mayReplace: boolean;
  readonly isCopy: boolean;
};

async function transferCard(
  context: Context,
  { book, card }: CardResource,
  { request, target: { pathname, place }, mayReplace, isCopy }: Transfer,
): Promise<HttpReply> {
  if (place?.kind !== 'card' && place?.kind !== 'oneCard')
    throw new DavError(await whyNothingIsMade(context, pathname));
  const where = await findCardPlace(context, place);
  if (!where) throw refusePlace(context, place);
  const { book: to, uri } = where;
  const bookId = to.book.seen.book.id;
  // The same card may have two addresses.
  if (uri.length > longest.card || (bookId === card.book_id && uri === card.uri)) throw new DavError(403);
  const expect = readConditions(request, book);
  const placement = { cardId: card.id, bookId, uri, isCopy, mayReplace, expect };
  const placed = await placeCard(context, placement).catch((error: unknown) => {
    const isFrom = error instanceof AppError && error.details['place'] === 'from';
    const missing = isFrom ? { path: book.path, privilege: 'unbind' } : { path: to.path, privilege: 'bind' };
    return refuseCard(context, error, missing);
  });
  return empty(placed.isNew ? 201 : 204);
}

async function renameBook(
  context: Context,
  { book }: BookResource,
  { pathname, place }: Destination,
): Promise<HttpReply> {
  if (place?.kind !== 'book' || place.personId !== context.actor.principalId) {
    const why = await whyNothingIsMade(context, pathname);
    throw new DavError(why, why === 403 ? xml(carddav('addressbook-collection-location-ok')) : null);
  }
  if (place.segment === book.segment || place.segment.length > longest.book) throw new DavError(403);
  // Another folder is never replaced by this one: it would be gone with everything in it.
  await nameBookForMe(context, book.seen.book.id, place.segment).catch((error: unknown) => {
    if (error instanceof AppError && error.kind === 'exists') throw new DavError(412);
    throw error;
  });
  return empty(201);
}

/** RFC 4918 §10.3: an address of this server, whole or without its host. */
function readDestination(context: Context, { headers }: HttpRequest): Destination {
  const given = headers['destination'];
  if (given === undefined) throw new DavError(400);
  const url = URL.parse(String(given), context.settings.publicUrl);
  if (!url) throw new DavError(400);
  const isHere = [new URL(context.settings.publicUrl).host, headers.host].includes(url.host);
  if (!isHere) throw new DavError(502);
  return { pathname: url.pathname, place: placeOf(url.pathname) };
}
