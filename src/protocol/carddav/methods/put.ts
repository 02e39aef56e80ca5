import { findCardEntry } from '../../../core/card/cardEntries.ts';
import type { CardEntry } from '../../../core/card/cardEntries.ts';
import { putVCard } from '../../../core/card/putVCard.ts';
import type { Context } from '../../../core/context.ts';
import { BodyTooLarge } from '../../../lib/http/http.ts';
import { joinCutCharacters } from '../../../format/vcard/decodeBytes.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { empty } from '../../../lib/http/reply.ts';
import { isUtf8 } from 'node:buffer';
import { readConditions } from '../conditions.ts';
import { DavError } from '../errors.ts';
import { carddav, xml } from '../names.ts';
import type { DavContext } from '../oneBook.ts';
import { longest } from '../paths.ts';
import { readPreferences } from '../preferences.ts';
import { refuseCard } from '../refuseCard.ts';
import type { BookResource, CardPlace } from '../resources.ts';
import { cardTag, isShrunk, readShownRecords } from '../shown/shownCards.ts';
import { cardResource } from '../tree.ts';

/**
 * PUT of a card under the client's own name (RFC 6352 §6.3.2): 201 when it is new, 204 when it replaces. The ETag is
 * told only when the very octets are kept. What Content-Type says does not matter: clients get it wrong.
 */
export async function put(
  context: DavContext,
  { book, uri, path }: CardPlace,
  request: HttpRequest,
): Promise<HttpReply> {
  if (uri.length > longest.card) throw new DavError(403);
  const preferences = readPreferences(request);
  const expect = readConditions(request, book);
  const { vcard, isVerbatim: isText } = await readCard(context, request);
  const { strict, representation } = preferences;
  const bookId = book.book.seen.book.id;
  try {
    const { card, isNew, isVerbatim } = await putVCard(context, { bookId, uri, vcard, strict, expect });
    const status = isNew ? 201 : 204;
    if (representation) return await represent(context, card, isNew ? 201 : 200);
    return empty(status, tagOf(context, card, isVerbatim && isText));
  } catch (error) {
    const there = await findCardEntry(context, book.book.seen.book, uri);
    if (there && isUnmet(error) && (await isApplied(context, request, { there, vcard })))
      return empty(204, tagOf(context, there, isText));
    if (there && representation && isUnmet(error)) return represent(context, there, 412);
    // RFC 3744 §3: what is changed needs another privilege than what is added.
    const changed = { path, privilege: 'write-content' };
    return refuseCard(context, error, there ? changed : { path: book.path, privilege: 'bind' });
  }
}

/** POST to the folder: a new card, named here (RFC 5995 §3.2). */
export async function addMember(context: DavContext, book: BookResource, request: HttpRequest): Promise<HttpReply> {
  const { vcard, isVerbatim: isText } = await readCard(context, request);
  const { strict } = readPreferences(request);
  try {
    const { card, isVerbatim } = await putVCard(context, { bookId: book.book.seen.book.id, vcard, strict });
    const tag = tagOf(context, card, isVerbatim && isText);
    return empty(201, { Location: cardResource(book, card).path, ...tag });
  } catch (error) {
    return refuseCard(context, error, { path: book.path, privilege: 'bind' });
  }
}

/**
 * RFC 9110 §13.1.1: what is there no longer matches because it is already what was sent: whoever lost the answer, as when a server
 * goes away, asks once more, and has what they want. (With If-None-Match it must be 412.)
 */
async function isApplied(
  context: DavContext,
  { headers }: HttpRequest,
  { there, vcard }: { readonly there: CardEntry; readonly vcard: string },
): Promise<boolean> {
  if (headers['if-match'] === undefined || headers['if-none-match'] !== undefined || headers['if'] !== undefined)
    return false;
  return (await readShownRecords(context, there.account_id, [there])).get(there.id) === vcard;
}

function isUnmet(error: unknown): boolean {
  return error instanceof DavError && error.status === 412;
}

/** The tag of what GET would give, where that are the very octets that were sent. */
function tagOf(context: DavContext, card: CardEntry, isVerbatim: boolean): Record<string, string> {
  return isVerbatim && !isShrunk(context, card) ? { ETag: cardTag(context, card) } : {};
}

/** RFC 8144 §3: the card that is there now, so that the client need not ask. */
async function represent(context: DavContext, card: CardEntry, status: number): Promise<HttpReply> {
  return {
    status,
    headers: {
      'Content-Type': 'text/vcard; charset=utf-8',
      ETag: cardTag(context, card),
      'Preference-Applied': 'return=representation',
      Vary: 'Prefer',
      'Cache-Control': 'private, no-cache, no-transform',
    },
    body: (await readShownRecords(context, card.account_id, [card])).get(card.id) ?? '',
  };
}

async function readCard(context: Context, request: HttpRequest): Promise<{ vcard: string; isVerbatim: boolean }> {
  // RFC 9110 §14.4: a part of a card must not be taken for the whole.
  if (request.headers['content-range'] !== undefined) throw new DavError(400);
  const octets = await request.body(context.settings.maxCardSize).catch((error: unknown) => {
    if (error instanceof BodyTooLarge) throw new DavError(403, xml(carddav('max-resource-size')));
    throw error;
  });
  const isWhole = isUtf8(octets);
  const whole = isWhole || readPreferences(request).strict ? octets : joinCutCharacters(octets);
  // RFC 6350 §3.1: UTF-8 alone, whatever the headers call it. To guess would spoil names for everybody.
  if (!isWhole && !isUtf8(whole)) throw new DavError(403, xml(carddav('valid-address-data')));
  const vcard = new TextDecoder('utf-8').decode(whole);
  return { vcard, isVerbatim: octets.length === Buffer.byteLength(vcard) };
}
