import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { noisyPicture, pictureSize, pixelBomb } from '../../../test/kit/picture.ts';
import { shrinkImage } from './shrinkImage.ts';

/** A picture of two halves, left red, right blue, as a camera stores it that was turned. */
const turned = () =>
  sharp({ create: { width: 1000, height: 1000, channels: 3, background: '#f00' } })
    .composite([
      { input: { create: { width: 500, height: 1000, channels: 3, background: '#00f' } }, left: 500, top: 0 },
    ])
    .jpeg({ quality: 100 })
    .withExif({ IFD0: { Artist: 'Ada Démo', ImageDescription: 'x'.repeat(50_000) } })
    .withMetadata({ orientation: 6 })
    .toBuffer();

test('pictures of all kinds that browsers show become a JPEG that fits into the square', async () => {
  const noise = await noisyPicture(900, 300, 'png');
  for (const format of ['jpeg', 'png', 'webp', 'gif'] as const) {
    const picture = await sharp(noise).toFormat(format).toBuffer();
    const small = (await shrinkImage(picture, { side: 300 }))!;
    assert.deepEqual(await pictureSize(small), { width: 300, height: 100, format: 'jpeg' }, format);
  }
});

test('it stands upright, without what the camera noted, and on white where it was transparent', async () => {
  const upright = (await shrinkImage(await turned(), { side: 100 }))!;
  const { exif, orientation } = await sharp(upright).metadata();
  assert.deepEqual([exif, orientation], [undefined, undefined]);
  // Turned by a quarter, what was left is above.
  const [top, bottom] = await Promise.all([5, 85].map((row) => colourAt(upright, row)));
  assert.ok(top![0]! > 200 && bottom![2]! > 200, `${top} ${bottom}`);
  const clear = await sharp({ create: { width: 400, height: 400, channels: 4, background: '#0000' } })
    .png({ compressionLevel: 0 })
    .toBuffer();
  assert.ok((await colourAt((await shrinkImage(clear, { side: 50 }))!, 5)).every((value) => value > 250));
});

async function colourAt(picture: Uint8Array, row: number): Promise<readonly number[]> {
  const pixel = sharp(picture).extract({ left: 20, top: row, width: 1, height: 1 });
  return [...(await pixel.raw().toBuffer())];
}

test('what would not be shorter, is broken, asks for too much or is no such picture stays as it is', async () => {
  const small = await noisyPicture(40, 40);
  const once = (await shrinkImage(await noisyPicture(600, 600), { side: 300 }))!;
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="5" height="5"/></svg>',
  );
  const tiff = await sharp(small).tiff().toBuffer();
  const broken = (await noisyPicture(600, 600)).subarray(0, 100_000);
  for (const [what, picture] of Object.entries({
    svg,
    tiff,
    broken,
    bomb: pixelBomb(30_000),
    nothing: Buffer.alloc(0),
  }))
    assert.equal(await shrinkImage(picture, { side: 300 }), null, what);
  const again = await shrinkImage(once, { side: 300 });
  assert.ok(!again || again.length < once.length);
});

test('meanwhile the program goes on with everything else', async () => {
  const picture = await noisyPicture(2000, 1500, 'png');
  let turns = 0;
  let isDone = false;
  const small = shrinkImage(picture, { side: 300 }).finally(() => (isDone = true));
  const count = () => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  count();
  assert.notEqual(await small, null);
  assert.ok(turns > 20, `${turns} turns`);
});
