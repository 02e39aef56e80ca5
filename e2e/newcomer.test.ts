/** What somebody does whom nobody has told how: long names, going back, on a slow network, while others delete. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { named } from './kit/desk.ts';
import { openProgram, type Program } from './kit/program.ts';
import { listTitle, type Screen, until } from './kit/screen.ts';
import { type Stage, startStage } from './kit/stage.ts';

let stage: Stage;
let ada: Screen;
let program: Program;

before(async () => {
  stage = await startStage();
  program = await openProgram(stage, 'ada');
  const bookId = await program.create('AddressBook', { name: 'Vus' });
  await program.create('ContactCard', { addressBookIds: { [bookId]: true }, name: named('Paul', 'Fictif') });
});
after(() => stage.stop());
beforeEach(async () => {
  ada = await stage.enter('Ada Démo');
});
afterEach(async () => {
  await ada.page.context().close();
  stage.expectNoProblems();
});

test('on the narrowest telephone a name of eighty letters hides no button, and no message hides what comes next', async () => {
  const name = 'Supercalifragilis'.repeat(5).slice(0, 80);
  const bookId = await program.create('AddressBook', { name });
  const cardId = await program.create('ContactCard', {
    addressBookIds: { [bookId]: true },
    name: named('Nina', 'Étroite'),
  });
  const screen = await stage.enter('Ada Démo', {
    viewport: { width: 320, height: 640 },
    hasTouch: true,
    isMobile: true,
  });
  const { page } = screen;
  const expectInside = async (where: string) => {
    const outside = await page.evaluate<
      string[]
    >(`[...document.querySelectorAll('button:not([tabindex="-1"]), a, input, p, h2')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.left < 0 || box.right > innerWidth))
      .map(({ element }) => element.outerHTML.slice(0, 200))`);
    assert.deepEqual(outside, [], where);
  };
  for (const [entry, title] of [
    ['Exporter…', 'Exporter des contacts'],
    ['Importer…', 'Importer des contacts'],
    ['Partager un dossier de contacts', 'Propriétés du partage'],
  ] as const) {
    await screen.arrow(name).tap();
    await screen.menuEntry(entry).tap();
    await screen.dialog(title).waitFor();
    await expectInside(entry);
    await page.keyboard.press('Escape');
    await screen.dialog(title).waitFor({ state: 'detached' });
  }
  await page.goto(`${stage.url}/folders/${program.own}/${bookId}/${cardId}`);
  await page.getByRole('heading', { name: 'Nina Étroite' }).waitFor();
  await expectInside('a contact');
  await screen.button('Déplacer').tap();
  await screen.dialog('Déplacer 1 contact').waitFor();
  await expectInside('« Déplacer »');
  await page.keyboard.press('Escape');
  await screen.button('Modifier').tap();
  await page.getByRole('form', { name: 'Modifier contact' }).getByLabel('Société', { exact: true }).fill('Étroit');
  await screen.button('Enregistrer').tap();
  const message = (await screen.message('Contact enregistré').boundingBox())!;
  const below = (await screen.button('Modifier').boundingBox())!;
  assert.ok(
    message.y + message.height <= below.y,
    `the message ends at ${message.y + message.height}, above ${below.y}`,
  );
  await page.context().close();
});

test('going back closes what is open above the page, one after the other, and only then leaves the page', async () => {
  const { page } = ada;
  await ada.openFolder('Fournisseurs');
  await ada.openFolder('Vus');
  const address = page.url();
  await ada.chooseForFolder('Partenaires', 'Éditer propriétés');
  const properties = ada.dialog('Propriétés du dossier');
  await properties.getByRole('button', { name: 'Ajouter partage...' }).click();
  const share = ada.dialog('Propriétés du partage');
  await share.getByRole('combobox', { name: 'Adresses mail' }).fill('ben@demo.example,');
  await page.goBack();
  await share.waitFor({ state: 'detached' });
  assert.ok(await properties.isVisible());
  await page.goBack();
  await properties.waitFor({ state: 'detached' });
  assert.equal(page.url(), address);
  // One that was closed by its own button is not in the way afterwards.
  await ada.chooseForFolder('Partenaires', 'Éditer propriétés');
  await properties.getByRole('button', { name: 'Annuler' }).click();
  await properties.waitFor({ state: 'detached' });
  await page.goBack();
  await listTitle(page, 'Fournisseurs').waitFor();
  await page.goForward();
  await listTitle(page, 'Vus').waitFor();
});

test('contacts that are to go into a folder which somebody has just deleted stay, and one is told why', async () => {
  const bookId = await program.create('AddressBook', { name: 'Éphémère' });
  await ada.openFolder('Vus');
  await ada.chooseForContact('Fictif, Paul', 'Déplacer');
  const dialog = ada.dialog('Déplacer 1 contact');
  await dialog.getByRole('option', { name: 'Vus' }).click();
  await dialog.getByRole('button', { name: 'OK' }).click();
  await dialog.getByText('Ce contact est déjà dans ce dossier').waitFor();
  await dialog.getByRole('option', { name: 'Éphémère' }).click();
  await program.call('AddressBook/set', { destroy: [bookId] });
  await ada.folder('Éphémère').waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'OK' }).click();
  await dialog.getByText('Ce dossier n’existe plus. Choisissez-en un autre.').waitFor();
  await ada.page.keyboard.press('Escape');
  await ada.contact('Fictif, Paul').waitFor();
});

test('after a folder was deleted from its menu, the keyboard goes on with the next one', async () => {
  const { page } = ada;
  for (const name of ['Zone 1', 'Zone 2']) await program.create('AddressBook', { name });
  await ada.folder('Zone 2').waitFor();
  await ada.folder('Zone 1').focus();
  await page.keyboard.press('Shift+F10');
  await ada.menuEntry('Supprimer').press('Enter');
  await ada.folder('Zone 1').waitFor({ state: 'detached' });
  await ada.folder('Zone 2').and(page.locator(':focus')).waitFor();
});

test('a new contact that one has left is told to be not saved, in so many words', async () => {
  await ada.openFolder('Vus');
  await ada.button('Nouveau contact').click();
  await ada.page.getByRole('form', { name: 'Nouveau contact' }).getByLabel('Prénom', { exact: true }).fill('Jeanne');
  await ada.folder('Fournisseurs').click();
  await ada.message('Votre nouveau contact n’est pas enregistré.').getByRole('button', { name: 'Reprendre' }).click();
  const form = ada.page.getByRole('form', { name: 'Nouveau contact' });
  await until(
    'what was typed is there',
    async () => (await form.getByLabel('Prénom', { exact: true }).inputValue()) === 'Jeanne',
  );
});

test('on a slow network a name is not called wrong before the directory has answered, and a button shows that it works', async () => {
  const { page } = ada;
  await ada.chooseForFolder('Vus', 'Partager un dossier de contacts');
  const dialog = ada.dialog('Propriétés du partage');
  const field = dialog.getByRole('combobox', { name: 'Adresses mail' });
  await field.focus();
  let goOn = () => {};
  const hold = async () => {
    const released = new Promise<void>((resolve) => (goOn = resolve));
    await page.route('**/jmap/api', (route) => released.then(() => route.continue()));
  };
  await hold();
  await field.fill('chloé');
  await page.keyboard.press('Enter');
  const chips = dialog.getByRole('grid', { name: 'Destinataires choisis' }).getByRole('row');
  await chips.filter({ hasText: 'chloé' }).waitFor();
  assert.equal(await dialog.getByText('Ce n’est pas une adresse mail complète').count(), 0);
  goOn();
  await chips.filter({ hasText: 'Chloé Démo' }).waitFor();
  await page.unroute('**/jmap/api');
  await hold();
  const ok = dialog.getByRole('button', { name: 'OK' });
  const bar = () =>
    ok.evaluate((button) => button.ownerDocument.defaultView!.getComputedStyle(button, '::after').content);
  assert.equal(await bar(), 'none');
  await ok.click();
  await until('the button shows that it works', async () => (await bar()) !== 'none');
  goOn();
  await ada.message('Partage créé').waitFor();
});

test('among fifty folders the one that is open is in sight, and the arrow down leads from the filter to those that are left', async () => {
  const { page } = ada;
  const create = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`f${index}`, { name: `Quartier ${index + 10}` }]),
  );
  await program.call('AddressBook/set', { create });
  await ada.folder('Quartier 59').click();
  await listTitle(page, 'Quartier 59').waitFor();
  await page.reload();
  const row = ada.folder('Quartier 59');
  await row.waitFor();
  const isInSight = async () => {
    const box = (await row.boundingBox())!;
    return box.y > 0 && box.y + box.height <= page.viewportSize()!.height;
  };
  await until('the folder that is open is in sight', isInSight);
  await ada.openFolder('Vus');
  await ada.chooseForContact('Fictif, Paul', 'Déplacer');
  const dialog = ada.dialog('Déplacer 1 contact');
  await dialog.getByRole('searchbox').and(page.locator(':focus')).waitFor();
  await page.keyboard.type('quartier 5');
  await dialog.getByRole('option', { name: 'Quartier 10' }).waitFor({ state: 'detached' });
  await page.keyboard.press('ArrowDown');
  await dialog.getByRole('option', { name: 'Quartier 15' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialog.getByRole('option', { name: 'Quartier 25', selected: true }).waitFor();
});

test('until an invitation is there, what stands in for it stands where it will be', async () => {
  const { page } = ada;
  let goOn = () => {};
  const released = new Promise<void>((resolve) => (goOn = resolve));
  await page.route('**/jmap/api', (route) => released.then(() => route.continue()));
  await page.goto(`${stage.url}/share/${program.own}/x/accept`);
  const bars = page.getByRole('main').getByRole('status');
  const { x, width } = (await bars.boundingBox())!;
  const middle = page.viewportSize()!.width / 2;
  assert.ok(Math.abs(x + width / 2 - middle) < 20, `its middle is at ${x + width / 2} of ${2 * middle}`);
  assert.ok(width < 700, `it is ${width} pixels wide`);
  goOn();
  await page.getByText('C’est votre propre dossier').waitFor();
});
