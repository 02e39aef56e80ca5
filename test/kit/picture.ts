import { createCipheriv } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A picture that no compression makes small: noise, of so many pixels. */
export function noisyPicture(
  width: number,
  height: number,
  format: 'jpeg' | 'png' = 'jpeg',
  seed = 1,
): Promise<Buffer> {
  const octets = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16)).update(
    Buffer.alloc(width * height * 3),
  );
  return sharp(octets, { raw: { width, height, channels: 3 } })
    .toFormat(format, format === 'jpeg' ? { quality: 95 } : {})
    .toBuffer();
}

/** How large a picture is. */
export async function pictureSize(picture: Uint8Array): Promise<{ width: number; height: number; format: string }> {
  const { width, height, format } = await sharp(picture).metadata();
  return { width, height, format };
}

/** A PNG of some hundred kilobytes that takes a side of so many pixels. */
export function pixelBomb(side: number): Buffer {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(side, 0);
  size.writeUInt32BE(side, 4);
  // One bit for each pixel, grey.
  size[8] = 1;
  const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', size), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
