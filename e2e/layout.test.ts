/** How the list and the panes are arranged: by menu, mouse and keyboard; remembered, also on other computers. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Locator, Route } from 'playwright-core';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { type Desk, isFocused, named, openDesk } from './kit/desk.ts';
import { createScreen, firstNames, type Screen, until } from './kit/screen.ts';

let desk: Desk;
let ada: Screen;

before(async () => {
  desk = await openDesk();
  ({ ada } = desk);
  await ada.page.setViewportSize({ width: 1440, height: 900 });
  for (const [given, surname, city] of [
    ['Zoé', 'Alpha', 'Lyon'],
    ['Yves', 'Beta', 'Nantes'],
    ['Xavier', 'Gamma', 'Rennes'],
  ] as const)
    await desk.makeCard({
      name: named(given, surname),
      emails: { e: { address: `${surname.toLowerCase()}@demo.example` } },
      organizations: { o: { name: `Maison ${surname}` } },
      addresses: { a: { components: [{ kind: 'locality', value: city }] } },
      keywords: { Presse: true },
    });
  await ada.openFolder('Fiches');
  await ada.contact('Gamma, Xavier').waitFor();
});
after(async () => {
  desk.stage.expectNoProblems();
  await desk.stage.stop();
});
beforeEach(async () => {
  await arrange({});
  await ada.openFolder('Fiches');
  await ada.contact('Alpha, Zoé').waitFor();
});

/** Another of Ada's computers arranges something; this one follows, when what it has arranged itself is on the server. */
async function arrange(layout: object): Promise<void> {
  const shown = () => ada.page.evaluate<string>('localStorage.getItem("coterie.layout") ?? "{}"');
  await until('the server knows this window', async () => JSON.stringify((await kept()) ?? {}) === (await shown()));
  await desk.program.update('Preferences', 'singleton', { layout });
  await until('this window has the layout', async () => (await shown()) === JSON.stringify(layout));
}

const menu = (label: string) => ada.page.getByRole('menuitemradio', { name: label, exact: true });
const openMenu = () => ada.page.getByRole('button', { name: /^Affichage et tri/u }).click();
const choose = async (label: string) => {
  await openMenu();
  await menu(label).click();
};
const header = (name: string) => ada.list.getByRole('columnheader', { name });
const separator = (name: string) => ada.page.getByRole('separator', { name, exact: true });
const widthOf = async (element: Locator) => Math.round((await element.boundingBox())!.width);
const kept = async () => (await desk.program.get('Preferences', 'singleton'))!['layout'] as Record<string, unknown>;

test('with the reading pane below, the list has columns; the card opens under it', async () => {
  assert.equal(await ada.list.getByRole('columnheader').count(), 0);
  await choose('En dessous');
  await header('Mail').waitFor();
  assert.deepEqual(await ada.list.getByRole('columnheader').allInnerTexts(), [
    'Sélection',
    'Nom',
    'Mail',
    'Téléphone',
    'Organisation',
    'Fonction',
  ]);
  const cells = await ada.contact('Beta, Yves').getByRole('gridcell').allInnerTexts();
  assert.deepEqual(cells.slice(2), ['beta@demo.example', '', 'Maison Beta', '']);
  await ada.contact('Beta, Yves').click();
  const heading = ada.page.getByRole('heading', { name: 'Yves Beta' });
  await heading.waitFor();
  const [list, card] = [(await ada.list.boundingBox())!, (await heading.boundingBox())!];
  assert.ok(card.y > list.y + list.height - 1, `${card.y} is below ${list.y + list.height}`);
  await expectAccessible(ada.page, 'list with columns');
  await expectNoSidewaysScroll(ada.page, 'list with columns');
});

test('without a reading pane the card takes the place of the list, and one goes back from it', async () => {
  await choose('Aucun');
  await ada.contact('Alpha, Zoé').click();
  await ada.page.getByRole('heading', { name: 'Zoé Alpha' }).waitFor();
  assert.equal(await ada.list.isVisible(), false);
  await ada.page.getByRole('link', { name: 'Fiches', exact: true }).click();
  await ada.list.waitFor();
  await expectAccessible(ada.page, 'without a reading pane');
});

test('columns are chosen and put in order, and follow to another computer', async () => {
  await choose('Aucun');
  await openMenu();
  await ada.menuEntry('Colonnes…').click();
  const dialog = ada.dialog('Colonnes de la liste');
  await dialog.getByText('Téléphone', { exact: true }).click();
  await dialog.getByText('Ville', { exact: true }).click();
  await dialog.getByText('Étiquettes', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Avancer « Ville »' }).press('Enter');
  await dialog.getByRole('button', { name: 'Avancer « Ville »' }).press('Enter');
  await expectAccessible(ada.page, 'columns');
  await dialog.getByRole('button', { name: 'Fermer' }).last().click();
  await header('Ville').waitFor();
  const wanted = ['Sélection', 'Nom', 'Mail', 'Ville', 'Organisation', 'Fonction', 'Étiquettes'];
  const shown = async () => (await ada.list.getByRole('columnheader').allInnerTexts()).join();
  await until('the list has them in this order', async () => (await shown()) === wanted.join());
  await ada.contact('Gamma, Xavier').getByText('Rennes').waitFor();
  await ada.contact('Gamma, Xavier').getByText('Presse').waitFor();

  const other = await desk.stage.enter('Ada Démo', { viewport: { width: 1440, height: 900 } });
  await other.openFolder('Fiches');
  await other.contact('Alpha, Zoé').getByText('Lyon').waitFor();
  assert.deepEqual(await other.list.getByRole('columnheader').allInnerTexts(), wanted);
  await other.page.context().close();
});

test('a header sorts, and says how; each folder keeps its own order', async () => {
  await arrange({ readingPane: 'off', columns: [{ name: 'created', width: 150 }] });
  await header('Nom').waitFor();
  assert.equal(await header('Nom').getAttribute('aria-sort'), 'ascending');
  await header('Nom').getByRole('button').click();
  await ada.list.locator('[aria-sort="descending"]').waitFor();
  await until('the last come first', async () => (await firstNames(ada, 3))[0] === 'Gamma, Xavier');
  await header('Ajouté le').getByRole('button').press('Enter');
  await until(
    'the newest come first',
    async () => (await header('Ajouté le').getAttribute('aria-sort')) === 'descending',
  );
  assert.equal(await header('Nom').getAttribute('aria-sort'), null);

  await ada.openFolder('Contacts');
  await header('Nom').waitFor();
  assert.equal(await header('Nom').getAttribute('aria-sort'), 'ascending');
  await ada.openFolder('Fiches');
  await until('its own order', async () => (await header('Ajouté le').getAttribute('aria-sort')) === 'descending');
});

test('a column is made wider by mouse and by arrow keys, and stays so', async () => {
  await arrange({ readingPane: 'off' });
  const mail = header('Mail');
  await mail.waitFor();
  const before = await widthOf(mail);
  const line = separator('Largeur de « Mail »');
  const box = (await line.boundingBox())!;
  await ada.page.mouse.move(box.x + box.width / 2, box.y + 10);
  await ada.page.mouse.down();
  await ada.page.mouse.move(box.x + box.width / 2 + 60, box.y + 10, { steps: 4 });
  await ada.page.mouse.up();
  await until('it is wider', async () => (await widthOf(mail)) === before + 60);
  await line.press('ArrowRight');
  await until('it is wider still', async () => (await widthOf(mail)) === before + 76);
  assert.equal(await line.getAttribute('aria-valuenow'), String(before + 76));
  // The keys were the line's, not the list's.
  assert.equal(await isFocused(line), true);
  await until('the server knows', async () => JSON.stringify(await kept()).includes(`"width":${before + 76}`));
  await ada.page.reload();
  await mail.waitFor();
  await until('as before', async () => (await widthOf(mail)) === before + 76);
  await line.press('Enter');
  await until('as at first', async () => (await widthOf(mail)) === 180);
});

test('the panes are made wider by mouse and keys; the search box goes along, and the layout can be put back', async () => {
  const tree = ada.page.getByRole('navigation', { name: 'Dossiers' });
  const [folders, search] = [await widthOf(tree), await ada.page.getByRole('search').boundingBox()];
  const line = separator('Largeur du volet des dossiers');
  const box = (await line.boundingBox())!;
  await ada.page.mouse.move(box.x + 4, 500);
  await ada.page.mouse.down();
  await ada.page.mouse.move(box.x + 84, 500, { steps: 4 });
  await ada.page.mouse.up();
  await until('it is wider', async () => (await widthOf(tree)) === folders + 80);
  assert.equal(Math.round((await ada.page.getByRole('search').boundingBox())!.x), Math.round(search!.x) + 80);
  await separator('Largeur de la liste').press('Shift+ArrowRight');
  const list = await widthOf(ada.list);
  await until('both are kept', async () => Object.keys((await kept())['sizes'] ?? {}).length === 2);
  await ada.page.reload();
  await ada.list.waitFor();
  assert.deepEqual([await widthOf(tree), await widthOf(ada.list)], [folders + 80, list]);

  await openMenu();
  await ada.menuEntry('Rétablir la disposition').click();
  await until('as at first', async () => (await widthOf(tree)) === folders);
  await ada.undo('Disposition rétablie', 'Annuler');
  await until('as before', async () => (await widthOf(tree)) === folders + 80);
});

test('what is arranged while the server is away stays, is not complained about, and is sent when it is back', async () => {
  const context = ada.page.context();
  const rowHeight = async () => (await ada.contact('Alpha, Zoé').boundingBox())!.height;
  const before = await rowHeight();
  await context.setOffline(true);
  const refused = ada.page.waitForEvent('requestfailed', (request) => request.method() === 'POST');
  await choose('Compacte');
  await refused;
  // Another of her computers, meanwhile.
  await desk.program.update('Preferences', 'singleton', { 'layout/columns': [] });
  assert.ok((await rowHeight()) < before);
  await context.setOffline(false);
  await until('the server has it', async () => (await kept())['density'] === 'compact');
  assert.deepEqual(await kept(), { columns: [], density: 'compact' });
  assert.ok((await rowHeight()) < before);
  assert.equal(await ada.message('Le serveur ne répond pas').count(), 0);
});

const onSlowWays: Readonly<Record<string, (route: Route) => Promise<void>>> = {
  request: async (route) => {
    await setTimeout(1_000);
    await route.continue();
  },
  answer: async (route) => {
    const response = await route.fetch();
    await setTimeout(1_000);
    await route.fulfill({ response });
  },
};
for (const [what, hold] of Object.entries(onSlowWays))
  test(`of two quick choices the later one holds, also where the ${what} of the first takes long`, async () => {
    const rowHeight = async () => (await ada.contact('Alpha, Zoé').boundingBox())!.height;
    const before = await rowHeight();
    const isFirst = (data: string | null) => data?.includes('"compact"') === true;
    await ada.page.route('**/jmap/api', (route) =>
      isFirst(route.request().postData()) ? hold(route) : route.continue(),
    );
    const first = ada.page.waitForResponse((response) => isFirst(response.request().postData()));
    await choose('Compacte');
    await until('lower rows', async () => (await rowHeight()) < before);
    await choose('Confortable');
    await until('as before', async () => (await rowHeight()) === before);
    const isAnswered = first.then((response) => response.finished());
    await until('the server has the later one', async () => (await kept())['density'] === 'comfortable');
    await isAnswered;
    await ada.page.unroute('**/jmap/api');
    await until('and keeps it', async () => (await kept())['density'] === 'comfortable');
    assert.equal(await rowHeight(), before);
  });

test('what was chosen while the choice before it was on its way, and did not arrive, is sent again', async () => {
  let isCut = true;
  await ada.page.route('**/jmap/api', async (route) => {
    const data = route.request().postData() ?? '';
    if (data.includes('"compact"')) return onSlowWays['answer']!(route);
    if (data.includes('"comfortable"') && isCut) return route.abort('connectionfailed');
    return route.continue();
  });
  const cut = ada.page.waitForEvent('requestfailed');
  await choose('Compacte');
  await choose('Confortable');
  await cut;
  assert.equal((await kept())['density'], 'compact');
  isCut = false;
  await ada.page.evaluate('dispatchEvent(new Event("online"))');
  await until('the server has the later one', async () => (await kept())['density'] === 'comfortable');
  await ada.page.unroute('**/jmap/api');
});

test('a choice whose request is never answered does not hold up the next one, and is sent again', async () => {
  const other = await desk.stage.enter('Ada Démo', { viewport: { width: 1440, height: 900 } });
  const { page } = other;
  await other.openFolder('Fiches');
  await other.contact('Alpha, Zoé').waitFor();
  await page.clock.install();
  let isHeld = false;
  const held = new Promise<void>((resolve) => {
    void page.route('**/jmap/api', async (route) => {
      if (isHeld || !route.request().postData()?.includes('"compact"')) return route.continue();
      isHeld = true;
      return resolve();
    });
  });
  for (const label of ['Compacte', 'En dessous']) {
    await page.getByRole('button', { name: /^Affichage et tri/u }).click();
    await page.getByRole('menuitemradio', { name: label, exact: true }).click();
    await held;
  }
  await other.list.getByRole('columnheader', { name: 'Mail' }).waitFor();
  assert.deepEqual(await kept(), {});
  await page.clock.fastForward(30_000);
  await until('the server has the next one', async () => (await kept())['readingPane'] === 'below');
  await page.evaluate('dispatchEvent(new Event("online"))');
  await until('the server has both', async () => (await kept())['density'] === 'compact');
  assert.equal(await other.message('Le serveur ne répond pas').count(), 0);
  await page.context().close();
});

test('it is shown in a second window, and sent also after the first was closed; what another computer chose later holds', async () => {
  const first = await desk.stage.enter('Ada Démo', { viewport: { width: 1440, height: 900 } });
  await first.openFolder('Fiches');
  const context = first.page.context();
  const second = createScreen(await context.newPage());
  await second.page.goto(first.page.url());
  await second.contact('Alpha, Zoé').waitFor();
  for (const label of ['Compacte', 'En dessous']) {
    await first.page.getByRole('button', { name: /^Affichage et tri/u }).click();
    const entry = first.page.getByRole('menuitemradio', { name: label, exact: true });
    await entry.waitFor();
    await context.setOffline(true);
    await entry.click();
  }
  await second.list.getByRole('columnheader', { name: 'Mail' }).waitFor();
  await Promise.all([first.page.close(), second.page.close()]);
  await desk.program.update('Preferences', 'singleton', { 'layout/readingPane': 'off' });
  await context.setOffline(false);
  const third = await context.newPage();
  await third.goto(desk.stage.url);
  await until('the server has it', async () => (await kept())['density'] === 'compact');
  assert.deepEqual(await kept(), { readingPane: 'off', density: 'compact' });
  await context.close();
});

test('a compact list has lower rows, by finger never lower than 44 pixels', async () => {
  const heightOf = async (screen: Screen) => (await screen.contact('Alpha, Zoé').boundingBox())!.height;
  const before = await heightOf(ada);
  await choose('Compacte');
  await until('lower rows', async () => (await heightOf(ada)) < before);
  await choose('Aucun');
  await until('lower rows with columns', async () => (await heightOf(ada)) === 32);
  const tablet = await desk.stage.enter('Ada Démo', {
    viewport: { width: 1180, height: 820 },
    hasTouch: true,
    isMobile: true,
  });
  await tablet.openFolder('Fiches');
  await tablet.contact('Alpha, Zoé').waitFor();
  assert.equal(await heightOf(tablet), 44);
  await tablet.page.context().close();
});

test('keys go through a list with columns as through any, and none of its rows hides behind the header', async () => {
  await arrange({ readingPane: 'below', sizes: { listHeight: 300 } });
  await header('Nom').waitFor();
  await ada.list.focus();
  await ada.page.keyboard.press('End');
  await ada.page.keyboard.press('Home');
  const active = await ada.list.getAttribute('aria-activedescendant');
  const [row, head] = [await ada.page.locator(`[id="${active}"]`).boundingBox(), await header('Nom').boundingBox()];
  assert.ok(row!.y >= head!.y + head!.height - 1, `${row!.y} is below ${head!.y + head!.height}`);
  await ada.page.keyboard.press('Space');
  await ada.page.getByText('1 contact sélectionné').first().waitFor();
  await ada.page.keyboard.press('Escape');
});
