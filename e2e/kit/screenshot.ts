import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

/** Takes the picture of a page for the documentation; only when COTERIE_SCREENSHOTS=1, so that tests change no file. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env['COTERIE_SCREENSHOTS'] !== '1') return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}${name}.jpg`, type: 'jpeg', quality: 85, animations: 'disabled', caret: 'hide' });
}
