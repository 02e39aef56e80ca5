import type { Locator } from 'playwright-core';
import { decodeQR } from 'qr/decode.js';
import sharp from 'sharp';

/** What a camera reads from a QR code, as it stands on the screen. */
export async function readQrCode(picture: Locator): Promise<string> {
  const screenshot = await picture.screenshot({ animations: 'disabled' });
  const { data, info } = await sharp(screenshot).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return decodeQR({ width: info.width, height: info.height, data });
}
