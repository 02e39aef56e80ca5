import { promisify } from 'node:util';
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib';
import type { Transform } from 'node:stream';

/** The content codings that this server knows. */
export type Coding = 'br' | 'gzip';

const smallest = 1024;
const compressible =
  /^(text\/|image\/svg\+xml|application\/(json|javascript|manifest\+json|problem\+json|xml|[\w.-]+\+(json|xml)))/u;
const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

// A middling quality: replies are made for each request, the highest qualities cost a hundred times more.
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
const gzipOptions = { level: 6 };

/** The coding to use for a reply, if any (RFC 9110 §12.5.3); `size` undefined: not known in advance. */
export function chooseCoding(
  accepted: string | undefined,
  type: string | undefined,
  size: number | undefined,
): Coding | null {
  if (accepted === undefined || type === undefined || !compressible.test(type)) return null;
  if (size !== undefined && size < smallest) return null;
  const offers = new Set(
    accepted
      .toLowerCase()
      .split(',')
      .filter(isWanted)
      .map((offer) => offer.split(';')[0]!.trim()),
  );
  if (offers.has('br')) return 'br';
  return offers.has('gzip') ? 'gzip' : null;
}

function isWanted(offer: string): boolean {
  return !/;\s*q=0(\.0*)?\s*$/u.test(offer);
}

/** A whole body, compressed off the main thread. */
export function compress(coding: Coding, body: Uint8Array): Promise<Uint8Array> {
  return coding === 'br' ? compressBrotli(body, brotliOptions) : compressGzip(body, gzipOptions);
}

/** A stream that compresses what passes through it. */
export function compressor(coding: Coding): Transform {
  return coding === 'br' ? createBrotliCompress(brotliOptions) : createGzip(gzipOptions);
}
