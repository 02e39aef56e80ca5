/** What somebody who sees the app for the first time stumbled over, as docs/usability.md tells it. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { named } from './kit/desk.ts';
import { openProgram } from './kit/program.ts';
import type { Screen } from './kit/screen.ts';
import { type Stage, startStage } from './kit/stage.ts';

let stage: Stage;
let ada: Screen;

before(async () => {
  stage = await startStage();
  const program = await openProgram(stage, 'ada');
  const bookId = await program.create('AddressBook', { name: 'Vus' });
  for (const [given, surname] of [
    ['Lise', 'Fictive'],
    ['Paul', 'Fictif'],
  ] as const) {
    const emails = { e: { address: `${given.toLowerCase()}@demo.example` } };
    await program.create('ContactCard', { addressBookIds: { [bookId]: true }, name: named(given, surname), emails });
  }
});
after(() => stage.stop());
beforeEach(async () => {
  ada = await stage.enter('Ada Démo');
});
afterEach(async () => {
  await ada.page.context().close();
  stage.expectNoProblems();
});

test('the menu beside a selection copies its addresses, prints and exports it, as the menu of the right mouse button does', async () => {
  await ada.openFolder('Vus');
  await ada.tick('Fictive, Lise').click();
  await ada.tick('Fictif, Paul').click();
  await ada.button('Autres actions').click();
  await ada.menuEntry('Imprimer…').waitFor();
  await ada.menuEntry('Exporter…').waitFor();
  await ada.menuEntry('Copier les adresses mail').click();
  await ada.message('2 adresses copiées').waitFor();
});

test('from the search box, the arrow down leads into what was found, and Enter opens it', async () => {
  const { page } = ada;
  await page.getByRole('searchbox', { name: 'Rechercher un contact' }).fill('Fictive');
  await page
    .getByRole('grid', { name: /^Résultats/u })
    .getByText('Fictive, Lise')
    .waitFor();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('grid').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Lise Fictive' }).waitFor();
});

test('by keyboard, a contact is changed and saved, and « Suppr » on what one has just saved deletes it', async () => {
  const { page } = ada;
  await ada.openFolder('Vus');
  await ada.contact('Fictif, Paul').click();
  await page.getByRole('heading', { name: 'Paul Fictif' }).waitFor();
  await ada.button('Modifier').press('Enter');
  const form = page.getByRole('form', { name: 'Modifier contact' });
  await form.getByRole('textbox', { name: 'Adresse mail' }).fill('paul.fictif@demo.example');
  await page.keyboard.press('Control+S');
  const name = page.getByRole('heading', { name: 'Paul Fictif' });
  await name.and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Delete');
  await ada.undo('1 contact transféré dans la Corbeille', 'Annuler');
  await ada.contact('Fictif, Paul').waitFor();
});

test('who comes by the link of a mail and is not signed in is told why to sign in', async () => {
  const { page } = await stage.open();
  await page.goto(`${stage.url}/share/x/y/accept`);
  await page.getByText('Connectez-vous pour voir ce qui vous est proposé').waitFor();
  await page.goto(`${stage.url}/`);
  await page.getByRole('button', { name: 'Se connecter' }).waitFor();
  assert.equal(await page.getByText('Connectez-vous pour voir').count(), 0);
  await page.context().close();
});

test('a day without its month is told as just that', async () => {
  await ada.openFolder('Vus');
  await ada.button('Nouveau contact').click();
  const form = ada.page.getByRole('form', { name: 'Nouveau contact' });
  await form.getByRole('button', { name: 'Ajouter un champ' }).click();
  await ada.menuEntry('Anniversaire').click();
  await form.getByRole('textbox', { name: 'Jour' }).fill('14');
  await form.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await form.getByText('Choisissez le mois.').waitFor();
});

test('two columns of a table are given their meaning faster than the server reads it again', async () => {
  const { page } = ada;
  await ada.chooseForFolder('Vus', 'Importer…');
  const dialog = ada.dialog('Importer des contacts');
  const asked = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'Choisir un fichier…' }).click();
  const table = 'Patronyme bis;Petit nom;Mél\nInventée;Anna;anna@demo.example\n';
  await (await asked).setFiles({ name: 'liste.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
  const meaning = (heading: string) => dialog.getByLabel(`La colonne « ${heading} » devient`);
  await meaning('Petit nom').waitFor();
  await dialog.locator('[data-found]').and(page.locator(':focus')).waitFor();
  await page.route('**/jmap/**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await meaning('Patronyme bis').selectOption({ label: 'Nom' });
  await meaning('Petit nom').selectOption({ label: 'Prénom' });
  await dialog.getByText('Anna Inventée').waitFor();
  await page.unroute('**/jmap/**');
  assert.deepEqual(
    [await meaning('Patronyme bis').inputValue(), await meaning('Petit nom').inputValue()].map(Boolean),
    [true, true],
  );
});
