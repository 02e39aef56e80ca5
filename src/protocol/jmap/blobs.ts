import { getBlob } from '../../core/blob/getBlob.ts';
import { putBlob } from '../../core/blob/putBlob.ts';
import { smallPhoto } from '../../core/photo/smallPhoto.ts';
import type { Context } from '../../core/context.ts';
import { sniffImage } from '../../format/jscontact/media.ts';
import { attachment, inline } from '../../lib/http/contentDisposition.ts';
import { BodyTooLarge } from '../../lib/http/http.ts';
import type { HttpReply, HttpRequest } from '../../lib/http/http.ts';
import { json } from '../../lib/http/reply.ts';
import { limits } from './capabilities.ts';
import { requestProblem } from './problems.ts';

const mediaType = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/u;

/** What a browser may show in the page, when the data really is of that type; anything else is only ever saved. */
const inlineTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Keeps an uploaded file: RFC 8620 §6.1. */
export async function upload(context: Context, request: HttpRequest, accountId: string): Promise<HttpReply> {
  try {
    const data = await request.body(limits.maxSizeUpload);
    const type = readType(request.headers['content-type']);
    const blobId = await putBlob(context, { accountId, data, type });
    return json(
      201,
      { accountId, blobId, type: type ?? 'application/octet-stream', size: data.length },
      { 'Cache-Control': 'no-store' },
    );
  } catch (error) {
    if (error instanceof BodyTooLarge) return requestProblem('limit', error.message, 'maxSizeUpload', 413);
    throw error;
  }
}

/** Gives a file back: RFC 8620 §6.2. What somebody uploaded must never run as a page of ours. */
export async function download(
  context: Context,
  request: HttpRequest,
  accountId: string,
  blobId: string,
  name: string,
): Promise<HttpReply> {
  const { searchParams } = request.url;
  const blob = await getBlob(context, accountId, blobId);
  const small = await thumbnail(context, blob.data, searchParams.get('side'));
  const data = small ?? blob.data;
  const type = small ? 'image/jpeg' : (readType(searchParams.get('accept')) ?? blob.type);
  const isShown = inlineTypes.has(type) && sniffImage(data) === type;
  return {
    status: 200,
    headers: {
      'Content-Type': type,
      'Content-Disposition': isShown ? inline(name) : attachment(name),
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, immutable, max-age=31536000',
    },
    body: data,
  };
}

/** The sides, in pixels, of which pictures of photos are made: for lists, and for a card. */
const thumbnailSides: ReadonlySet<string> = new Set(['96', '192']);

/** A photo of a card, made smaller where that is asked for; null: the whole of it is meant, or all there is. */
async function thumbnail(context: Context, photo: Uint8Array, side: string | null): Promise<Uint8Array | null> {
  return side !== null && thumbnailSides.has(side) ? smallPhoto(context, photo, Number(side)) : null;
}

/** A media type without its parameters; null: there is none. */
function readType(value: string | null | undefined): string | null {
  const type = value?.split(';')[0]!.trim().toLowerCase() ?? '';
  return mediaType.test(type) ? type : null;
}
