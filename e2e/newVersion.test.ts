/** A page that is open while the server gets a newer app, whose files have other names. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { type Screen, until } from './kit/screen.ts';
import { type Stage, startStage } from './kit/stage.ts';

let stage: Stage;

before(async () => {
  stage = await startStage();
});
after(() => stage.stop());

const isOld = (page: Page) => page.evaluate<boolean>('window.isOfOldApp === true');

/**
 * Signs in to an app of which the server has not this file any more; the next page that is loaded is of the new one. From the
 * beginning, because an app that has nothing else to do fetches its files before they are needed.
 */
async function enterOldApp(gone: RegExp): Promise<Screen> {
  const screen = await stage.open();
  const { page } = screen;
  // Going from place to place in the app loads nothing.
  await page.evaluate('window.isOfOldApp = true');
  const answerOldApp = async (route: Route, answer: Parameters<Route['fulfill']>[0]) =>
    (await isOld(page)) ? route.fulfill(answer) : route.continue();
  await page.route(gone, (route) => answerOldApp(route, { status: 404 }));
  const newer = { built: '2030-01-01T00:00:00Z', files: ['/assets/index-new.js'] };
  await page.route('**/files.json', (route) => answerOldApp(route, { json: newer }));
  await screen.signIn('Ada Démo');
  return screen;
}

test('a window that is gone says that Coterie was updated; reloading keeps what was typed, and the window is there', async () => {
  const ada = await enterOldApp(/\/shortcuts-dialog-[^/]*\.js$/u);
  const { page } = ada;
  await ada.openFolder('Fournisseurs');
  await ada.button('Nouveau contact').click();
  const form = page.getByRole('form', { name: 'Nouveau contact' });
  await form.getByLabel('Prénom', { exact: true }).fill('Zoé');
  await form.getByRole('button', { name: 'Enregistrer', exact: true }).focus();
  await page.keyboard.press('?');
  await ada.message('Coterie a été mis à jour.').waitFor();
  await ada.message('Coterie a été mis à jour.').getByRole('button', { name: 'Recharger', exact: true }).click();
  await form.getByRole('button', { name: 'Reprendre votre brouillon' }).click();
  assert.equal(await form.getByLabel('Prénom', { exact: true }).inputValue(), 'Zoé');
  await form.getByRole('button', { name: 'Enregistrer', exact: true }).focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.context().close();
});

test('with nothing unsaved, going to a page that is gone loads the new app by itself', async () => {
  const ada = await enterOldApp(/\/preferences-screen-[^/]*\.js$/u);
  await ada.button('Compte de Ada Démo').click();
  await ada.menuEntry('Préférences').click();
  await ada.page.getByRole('heading', { name: 'Préférences' }).first().waitFor();
  assert.equal(await isOld(ada.page), false);
  await ada.page.context().close();
});

test('once it is known, the next way leads into the new app, unless something unsaved is open', async () => {
  const ada = await enterOldApp(/\/shortcuts-dialog-[^/]*\.js$/u);
  const { page } = ada;
  await ada.openFolder('Fournisseurs');
  await page.keyboard.press('?');
  await ada.message('Coterie a été mis à jour.').waitFor();
  await ada.button('Nouveau contact').waitFor();
  await ada.openFolder('Contacts');
  await until('the new app is there', async () => !(await isOld(page)));
  await ada.list.waitFor();
  await page.context().close();
});

/** Runs in the page: as if an older app had been kept, and one before that. */
const keepOlderApps = `(async () => {
  for (const [built, file] of [['2000-01-01', '/assets/oldest.js'], ['2001-01-01', '/assets/older.js']])
    await (await caches.open('coterie-app-' + built)).put(file, new Response('// of an app before'));
})()`;

test('where contacts are kept in the browser, the files of the app before are kept, too: an open page goes on', async () => {
  const { page } = await stage.enter('Ada Démo');
  await page.goto(`${stage.url}/preferences/general`);
  const keep = page.getByRole('checkbox', { name: 'Garder mes contacts dans ce navigateur' });
  await page.locator('label').filter({ has: keep }).click();
  await page.getByText(/^À jour le/u).waitFor({ timeout: 60_000 });
  await page.evaluate(keepOlderApps);
  await page.reload();
  await until('only the app of now and the one before are kept', () =>
    page.evaluate<boolean>(`caches.keys().then((names) => names.length === 2)`),
  );
  const statusOf = (file: string) => page.evaluate<number>(`fetch('${file}').then(({ status }) => status)`);
  assert.deepEqual([await statusOf('/assets/older.js'), await statusOf('/assets/oldest.js')], [200, 404]);
  await page.context().close();
});
