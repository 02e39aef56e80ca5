/** The page of administrators: nothing that axe finds wrong, in light and dark, and nothing cut off on a phone. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { until } from './kit/screen.ts';
import { type Stage, startStage } from './kit/stage.ts';

let stage: Stage;

before(async () => {
  stage = await startStage();
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong on any of its parts, in ${colorScheme}`, async () => {
    const other = await stage.enter('Ada Démo', { colorScheme });
    for (const section of ['people', 'groups', 'directory', 'mails', 'audit']) {
      await other.page.goto(`${stage.url}/administration/${section}`);
      await other.page.getByRole('heading', { level: 2 }).first().waitFor();
      await other.page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
      await expectAccessible(other.page, `administration, ${section}, ${colorScheme}`);
    }
    await other.page.goto(`${stage.url}/administration/people`);
    await other.button('Ajouter une personne').click();
    await other.dialog('Ajouter une personne').waitFor();
    await expectAccessible(other.page, `administration, new person, ${colorScheme}`);
    await other.page.goto(`${stage.url}/password?token=none`);
    await other.page.getByRole('heading', { level: 1 }).waitFor();
    await expectAccessible(other.page, `choosing a password, ${colorScheme}`);
    await other.page.context().close();
  });
}

test('on a phone nothing is cut off, and the chosen section is in view below the whole title', async () => {
  const phone = await stage.enter('Ada Démo', {
    viewport: { width: 390, height: 800 },
    hasTouch: true,
    isMobile: true,
  });
  await phone.page.goto(`${stage.url}/administration/people`);
  await phone.page.getByText('300 personnes').waitFor();
  await expectNoSidewaysScroll(phone.page, 'administration on a phone');
  for (const [title, section, path] of [
    ['Administration', 'Journal d’audit', 'administration/audit'],
    ['Préférences', 'Appareils', 'preferences/devices'],
  ] as const) {
    await phone.page.goto(`${stage.url}/${path}`);
    const nav = phone.page.getByRole('navigation', { name: title });
    const chosen = nav.locator('[aria-current]');
    await chosen.and(phone.page.getByText(section)).waitFor();
    const isWhole = async (element: Locator) => {
      const box = await element.boundingBox();
      return box !== null && box.x >= 0 && box.x + box.width <= 390;
    };
    await until('the chosen section is seen whole', () => isWhole(chosen));
    assert.ok(await isWhole(nav.getByRole('heading', { name: title })), `The title of ${title} is cut.`);
  }
  await phone.page.context().close();
});
