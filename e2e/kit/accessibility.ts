import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Fails with what axe finds wrong on the page as it is now. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  // As a script element the policy of the pages would refuse it.
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe);
  // What is fading away is on the page still, and gone a moment later; what comes is not seen before it has its place.
  const moving = '[data-exiting], [data-entering], [data-rac][style*="opacity: 0"]';
  await page.locator(moving).first().waitFor({ state: 'detached' });
  // A menu takes everything beside it out of reach: that the page then has no heading is as it should be.
  const scope = (await page.getByRole('menu').count()) > 0 ? '"[role=menu]"' : 'document';
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${scope}, { resultTypes: ["violations"] })`);
  const found = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `    ${html}\n    ${failureSummary}`).join('\n')}`,
  );
  assert.equal(found.length, 0, `${where}:\n${found.join('\n')}`);
}

/** Fails when the page as a whole scrolls sideways. */
export async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const [content, window] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]');
  assert.ok(content <= window, `${where}: ${content} pixels wide in a window of ${window}.`);
}
