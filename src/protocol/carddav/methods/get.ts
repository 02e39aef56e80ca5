import type { Context } from '../../../core/context.ts';
import { exportFolder } from '../../../core/export/exportFolder.ts';
import { notFound } from '../../../errors.ts';
import { attachment } from '../../../lib/http/contentDisposition.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { readRange } from '../../../lib/http/range.ts';
import { httpDate } from '../../../lib/utcDate.ts';
import { acceptedVersion } from '../acceptedVersion.ts';
import { renderRecord, versionOf } from '../addressData.ts';
import { requireMatch } from '../conditions.ts';
import { DavError } from '../errors.ts';
import { carddav, xml } from '../names.ts';
import { noticeDocument, noticeTag } from '../notices/notices.ts';
import type { DavContext } from '../oneBook.ts';
import type { BookResource, CardResource, EntryResource, NotificationResource, Resource } from '../resources.ts';
import { cardTag, readShownRecord } from '../shown/shownCards.ts';

/** GET and HEAD of a card, or of a whole folder as one file. */
export async function get(context: Context, resource: Resource, request: HttpRequest): Promise<HttpReply> {
  if (resource.kind === 'card') return getCard(context, resource, request);
  if (resource.kind === 'book') return getBook(context, resource);
  if (resource.kind === 'notification') return unlessCurrent(request, await getNotice(context, resource, request));
  if (resource.kind === 'entry') return unlessCurrent(request, getEntry(resource, request));
  throw new DavError(405);
}

/**
 * The octets that were stored, or the card in the version and with photos of the size that the client would rather
 * have, under a tag of its own: each form has a strong one (RFC 6352 §6.3.2.3), which a compression on the way would make weak.
 */
async function getCard(context: DavContext, { card }: CardResource, request: HttpRequest): Promise<HttpReply> {
  const record = await readShownRecord(context, card);
  if (record === undefined) throw notFound('card');
  const version = acceptedVersion(request.headers.accept, versionOf(record));
  if (version === null) throw notConvertible();
  const isStored = version === 'stored';
  const tag = cardTag(context, card, isStored ? null : version);
  const headers = {
    'Content-Type': isStored ? 'text/vcard; charset=utf-8' : `text/vcard; charset=utf-8; version=${version}`,
    'Content-Disposition': attachment(card.uri),
    ETag: tag,
    'Last-Modified': httpDate(card.updated),
    'Accept-Ranges': 'bytes',
    Vary: 'Accept, User-Agent',
    'Cache-Control': 'private, no-cache, no-transform',
  };
  requireMatch(request, card);
  if (isCurrent(request.headers['if-none-match'], tag)) return { status: 304, headers };
  const text = isStored ? record : renderRecord(record, { version, only: null });
  if (request.headers.range === undefined || !wantsRange(request, tag)) return { status: 200, headers, body: text };
  const body = Buffer.from(text);
  const range = readRange(request.headers.range, body.length);
  if (range === null) return { status: 200, headers, body };
  if (range === 'unsatisfiable') return { status: 416, headers: { 'Content-Range': `bytes */${body.length}` } };
  const { first, last } = range;
  const partial = { ...headers, 'Content-Range': `bytes ${first}-${last}/${body.length}` };
  return { status: 206, headers: partial, body: body.subarray(first, last + 1) };
}

/** RFC 6352 §5.1.1: into what the client takes no card is converted. */
function notConvertible(): DavError {
  return new DavError(406, xml(carddav('supported-address-data-conversion')));
}

/** RFC 9110 §13.1.2: the very form that the client has. */
function isCurrent(list: string | undefined, tag: string): boolean {
  if (list === undefined) return false;
  return list.trim() === '*' || list.split(',').some((each) => each.trim().replace(/^W\//u, '') === tag);
}

/** Each form has a strong tag of its own (RFC 9110 §8.8.3); null: the one that listings tell the tag of. */
function ofForm(tag: string, form: string | null): string {
  return form === null ? tag : tag.replace(/"$/u, `~${form}"`);
}

function unlessCurrent(request: HttpRequest, reply: HttpReply): HttpReply {
  const { headers = {} } = reply;
  return isCurrent(request.headers['if-none-match'], String(headers['ETag'])) ? { status: 304, headers } : reply;
}

/** RFC 9110 §13.1.5 and §14.2: only GET has parts, and only of the form that the client has; dates say too little. */
function wantsRange({ isHead, headers }: HttpRequest, tag: string): boolean {
  const condition = headers['if-range'];
  return !isHead && (condition === undefined || condition === tag);
}

/** RFC 4918 §9.4 leaves it open; the cards one after the other are what programs that ask for it expect. */
function getBook(context: Context, { book }: BookResource): HttpReply {
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/vcard; charset=utf-8',
      'Content-Disposition': attachment(`${book.name}.vcf`),
      'Cache-Control': 'private, no-cache',
    },
    body: exportFolder(context, book.seen.book.id, { format: 'vcard' }),
  };
}

async function getNotice(
  context: Context,
  { notice }: NotificationResource,
  { headers }: HttpRequest,
): Promise<HttpReply> {
  const isDraft = /davnotification/iu.test(headers.accept ?? '');
  const type = isDraft ? 'application/davnotification+xml' : 'application/xml';
  return {
    status: 200,
    headers: {
      'Content-Type': `${type}; charset=utf-8`,
      ETag: ofForm(noticeTag(notice), isDraft ? 'draft' : null),
      Vary: 'Accept',
      'Cache-Control': 'private, no-cache, no-transform',
    },
    body: await noticeDocument(context, notice, isDraft),
  };
}

function getEntry({ entry }: EntryResource, { headers }: HttpRequest): HttpReply {
  const version = acceptedVersion(headers.accept, versionOf(entry.vcard));
  if (version === null) throw notConvertible();
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/vcard; charset=utf-8',
      ETag: ofForm(`"${entry.etag}"`, version === 'stored' ? null : version),
      Vary: 'Accept',
      'Cache-Control': 'private, no-cache, no-transform',
    },
    body: version === 'stored' ? entry.vcard : renderRecord(entry.vcard, { version, only: null }),
  };
}
