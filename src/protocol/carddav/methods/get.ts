import { readRecords } from '../../../core/card/cardEntries.ts';
import type { Context } from '../../../core/context.ts';
import { notFound } from '../../../errors.ts';
import { httpDate } from '../../../lib/utcDate.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import type { Resource } from '../resources.ts';
import { DavError } from '../errors.ts';

/** GET and HEAD of a card: the octets that were stored (RFC 6352 §6.3.2.3). */
export async function get(context: Context, resource: Resource, _request: HttpRequest): Promise<HttpReply> {
  if (resource.kind !== 'card') throw new DavError(405, null, { Allow: 'OPTIONS, PROPFIND, REPORT' });
  const { card } = resource;
  const record = (await readRecords(context, [card.id])).get(card.id);
  if (record === undefined) throw notFound('card');
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/vcard; charset=utf-8',
      ETag: `"${card.etag}"`,
      'Last-Modified': httpDate(card.updated),
      Vary: 'Accept',
      'Cache-Control': 'private, no-cache',
    },
    body: record,
  };
}
