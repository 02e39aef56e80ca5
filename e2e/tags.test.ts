/** Tags: put on a selection, shown, filtered by, coloured. */
import { after, afterEach, before, test } from 'node:test';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { type Desk, named, openDesk } from './kit/desk.ts';
import { choose, until } from './kit/screen.ts';

let desk: Desk;

before(async () => {
  desk = await openDesk();
  for (const [given, surname] of [
    ['Anne', 'Alpha'],
    ['Carole', 'Gamma'],
    ['Denis', 'Delta'],
  ] as const)
    await desk.makeCard({ name: named(given, surname) });
});
after(() => desk.stage.stop());
afterEach(() => desk.stage.expectNoProblems());

test('tags are put on a selection, filtered by and coloured; « Annuler » takes them off', async () => {
  const { ada } = desk;
  const { page } = ada;
  await page.goto(`${desk.stage.url}/folders/${desk.program.own}/${desk.bookId}`);
  await ada.tick('Alpha, Anne').click();
  await ada.tick('Delta, Denis').click();
  await ada.chooseForContact('Delta, Denis', 'Étiquettes…');
  let dialog = ada.dialog('Étiquettes de 2 contacts');
  await dialog.getByLabel('Nouvelle étiquette').fill('Presse, Élus');
  await dialog.getByRole('button', { name: 'Ajouter' }).click();
  await expectAccessible(page, 'tags of a selection');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await ada.message('Étiquettes de 2 contacts changées').waitFor();
  await ada.contact('Alpha, Anne').getByText('Presse').waitFor();
  await ada.button('Annuler la sélection').click();
  await ada.contact('Alpha, Anne').click();
  await ada.chooseForContact('Alpha, Anne', 'Étiquettes…');
  dialog = ada.dialog('Étiquettes de 1 contact');
  await dialog.getByText('Élus').click();
  await dialog.getByRole('button', { name: 'OK' }).click();
  await ada.contact('Alpha, Anne').getByText('Élus').waitFor({ state: 'detached' });
  await ada.undo('Étiquettes de 1 contact changées', 'Annuler');
  await ada.contact('Alpha, Anne').getByText('Élus').waitFor();

  await ada.button('Filtrer par étiquette').click();
  await page.getByRole('menuitemradio', { name: 'Presse' }).click();
  await ada.contact('Gamma, Carole').waitFor({ state: 'detached' });
  await until('only two have it', async () => (await ada.list.getByRole('row').count()) === 2);
  await expectAccessible(page, 'a folder filtered by a tag');
  await ada.contact('Delta, Denis').click();
  await page.getByRole('link', { name: 'Élus', exact: true }).click();
  await page.getByRole('grid', { name: /étiquette:"Élus"/u }).waitFor();
  await ada.contact('Alpha, Anne').waitFor();
  await until('both are found', async () => (await ada.list.getByRole('row').count()) === 2);
  await page.goto(`${desk.stage.url}/preferences/tags`);
  const line = page.getByRole('listitem').filter({ hasText: 'Presse' });
  await choose(line, 'Couleur de « Presse »', 'Rouge');
  await expectAccessible(page, 'the colours of tags');
  await until('the colour is kept', async () => {
    const preferences = await desk.program.get('Preferences', 'singleton');
    return JSON.stringify(preferences?.['keywordColors']) === '{"Presse":"red"}';
  });
});

test('on a phone the dialog and the colours of tags fit', async () => {
  const { page } = desk.ada;
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page, 'the colours of tags on a phone');
  await page.goto(`${desk.stage.url}/folders/${desk.program.own}/${desk.bookId}`);
  await desk.ada.chooseForContact('Alpha, Anne', 'Étiquettes…');
  await desk.ada.dialog('Étiquettes de 1 contact').getByText('Presse').waitFor();
  await expectNoSidewaysScroll(page, 'tags on a phone');
  await expectAccessible(page, 'tags on a phone');
});
