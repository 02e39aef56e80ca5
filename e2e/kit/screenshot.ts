import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { Screen } from './screen.ts';

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

/** Closes the messages that are shown, as a person does who is done with them. */
export async function closeMessages({ page }: Screen): Promise<void> {
  const crosses = page.getByRole('alertdialog').getByRole('button', { name: /^(Fermer|Close)$/u });
  // Those that are there at that moment: one that goes by itself meanwhile is not waited for.
  while ((await crosses.count()) > 0)
    await crosses.evaluateAll((all) => all.forEach((cross) => (cross as unknown as { click: () => void }).click()));
}

/** Takes the picture of a page for the documentation; only when COTERIE_SCREENSHOTS=1, so that tests change no file. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env['COTERIE_SCREENSHOTS'] !== '1') return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({
    path: `${folder}${name}.jpg`,
    type: 'jpeg',
    quality: 85,
    animations: 'disabled',
    caret: 'hide',
  });
}
