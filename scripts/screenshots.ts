/**
 * `npm run screenshots`: every main screen, menu and dialog of the demonstration at three widths, light and dark, in French and English,
 * into a new folder, to be looked at. `npm run screenshots -- 360 dark` takes only those whose name contains all of these.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openProgram } from '../e2e/kit/program.ts';
import { startStage } from '../e2e/kit/stage.ts';
import { type Place, placesOf } from './screenshot-places.ts';

type Look = {
  readonly language: 'fr' | 'en';
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
};

const widths = { 1440: 900, 768: 1024, 360: 740 } as const;
const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'coterie-screenshots-'));
const stage = await startStage();
try {
  const program = await openProgram(stage, 'ada');
  const places = await placesOf(program);
  for (const look of looks()) await takeLook(look, places);
} finally {
  await stage.stop();
}
console.log(folder);

/** Every width, light and dark, in both languages. */
function looks(): Look[] {
  return (['fr', 'en'] as const).flatMap((language) =>
    (['light', 'dark'] as const).flatMap((colorScheme) =>
      Object.entries(widths).map(([width, height]) => ({ language, colorScheme, width: Number(width), height })),
    ),
  );
}

async function takeLook({ language, colorScheme, width, height }: Look, places: readonly Place[]): Promise<void> {
  const suffix = `${width}-${colorScheme}-${language}`;
  const chosen = places.filter(({ name }) => wanted.every((part) => `${name}-${suffix}`.split('-').includes(part)));
  if (chosen.length === 0) return;
  const { page } = await stage.open({
    viewport: { width, height },
    colorScheme,
    locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    ...(width < 500 ? { hasTouch: true, isMobile: true, deviceScaleFactor: 2 } : {}),
  });
  await takeAll(page, chosen, suffix);
  await page.context().close();
}

async function takeAll(page: Page, places: readonly Place[], suffix: string): Promise<void> {
  const take = async (name: string) => {
    // Grey bars stand for what is still on its way.
    await page.locator('[class*=_skeleton_], [aria-busy=true]').first().waitFor({ state: 'detached' });
    // Photos and what is counted come a moment after the names.
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(folder, `${name}-${suffix}.png`), animations: 'disabled', caret: 'hide' });
  };
  await page.getByRole('button', { name: /Ada/u }).waitFor();
  if (places.some(({ name }) => name === 'signin')) await take('signin');
  await page.getByRole('button', { name: /Ada/u }).click();
  await page.getByRole('tree').waitFor();
  for (const { name, path, prepare } of places.filter((place) => place.name !== 'signin')) {
    await page.goto(new URL(path, stage.url).href);
    await page.getByRole('main').waitFor();
    try {
      await prepare?.(page);
      await take(name);
    } catch (error) {
      console.error(`${name}-${suffix}: ${String(error)}`);
      process.exitCode = 1;
    }
  }
}
