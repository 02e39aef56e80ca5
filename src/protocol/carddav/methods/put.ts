import { putVCard } from '../../../core/card/putVCard.ts';
import type { Context } from '../../../core/context.ts';
import { decodeVCardBytes } from '../../../format/vcard/decodeBytes.ts';
import { BodyTooLarge } from '../../../lib/http/http.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { empty } from '../../../lib/http/reply.ts';
import { isUtf8 } from 'node:buffer';
import { readConditions } from '../conditions.ts';
import { DavError } from '../errors.ts';
import { carddav, xml } from '../names.ts';
import { refuseCard } from '../refuseCard.ts';
import type { BookResource } from '../resources.ts';
import { cardResource } from '../tree.ts';

const longestName = 255;

/**
 * PUT of a card under the client's own name (RFC 6352 §6.3.2): 201 when it is new, 204 when it replaces. The ETag is
 * told only when the very octets are kept. What Content-Type says does not matter: clients get it wrong.
 */
export async function put(context: Context, book: BookResource, uri: string, request: HttpRequest): Promise<HttpReply> {
  if (uri.length > longestName) throw new DavError(403);
  const expect = readConditions(request, book);
  const { vcard, isText } = await readCard(context, request);
  try {
    const { card, isNew, isVerbatim } = await putVCard(context, { bookId: book.book.seen.book.id, uri, vcard, expect });
    const headers = isVerbatim && isText ? { ETag: `"${card.etag}"` } : {};
    return empty(isNew ? 201 : 204, headers);
  } catch (error) {
    return refuseCard(context, error, { path: book.path, privilege: 'bind' });
  }
}

/** POST to the folder: a new card, named here (RFC 5995 §3.2). */
export async function addMember(context: Context, book: BookResource, request: HttpRequest): Promise<HttpReply> {
  const { vcard, isText } = await readCard(context, request);
  try {
    const { card, isVerbatim } = await putVCard(context, { bookId: book.book.seen.book.id, vcard });
    const etag = isVerbatim && isText ? { ETag: `"${card.etag}"` } : {};
    return empty(201, { Location: cardResource(book, card).path, ...etag });
  } catch (error) {
    return refuseCard(context, error, { path: book.path, privilege: 'bind' });
  }
}

async function readCard(context: Context, request: HttpRequest): Promise<{ vcard: string; isText: boolean }> {
  // RFC 9110 §14.4: a part of a card must not be taken for the whole.
  if (request.headers['content-range'] !== undefined) throw new DavError(400);
  const octets = await request.body(context.settings.maxCardSize).catch((error: unknown) => {
    if (error instanceof BodyTooLarge) throw new DavError(403, xml(carddav('max-resource-size')));
    throw error;
  });
  return { vcard: decodeVCardBytes(octets), isText: isUtf8(octets) };
}
