import type Sharp from 'sharp';

/** A picture that is so large at most: the longer side in pixels. */
type Shrink = { readonly side: number };

/** More pixels than any camera's photo of a face: what claims to have more is not decoded at all. */
const mostPixels = 50_000_000;
const longestSeconds = 10;
const quality = 80;

/**
 * A JPEG of the picture that fits into a square, upright and without what the camera noted (place, owner); null: it cannot
 * be made, or would not be shorter; undefined: there is no decoder for this kind of machine. Only JPEG, PNG, WebP and GIF
 * are decoded, off the main thread.
 */
export async function shrinkImage(picture: Uint8Array, { side }: Shrink): Promise<Uint8Array | null | undefined> {
  const sharp = await library().catch(() => undefined);
  if (!sharp) return undefined;
  // What is no picture, or a trap, is no fault of ours: it stays as it is.
  const data = await shrink(sharp, picture, side).catch(() => null);
  return data !== null && data.length < picture.length ? data : null;
}

async function shrink(sharp: typeof Sharp, picture: Uint8Array, side: number): Promise<Uint8Array> {
  return sharp(picture, { limitInputPixels: mostPixels, failOn: 'error', autoOrient: true })
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality })
    .timeout({ seconds: longestSeconds })
    .toBuffer();
}

const decoders = ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadNsgif'];
let loaded: Promise<typeof Sharp> | undefined;

/** Loaded with the first picture that needs it: many servers never do. */
function library(): Promise<typeof Sharp> {
  loaded ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({ operation: decoders });
    return sharp;
  });
  return loaded;
}
