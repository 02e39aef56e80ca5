/** What somebody who sees the app for the first time stumbled over, as docs/usability.md tells it. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { expectAccessible } from './kit/accessibility.ts';
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

for (const [typed, how] of [
  ['14/07/1980', 'types'],
  ['14 juillet 1980', 'pastes'],
  ['1980-07-14', 'pastes'],
  ['July 14, 1980', 'pastes'],
] as const) {
  test(`whoever ${how} « ${typed} » into the day has the whole date`, async () => {
    const { page } = ada;
    await ada.openFolder('Vus');
    await ada.button('Nouveau contact').click();
    const form = page.getByRole('form', { name: 'Nouveau contact' });
    await form.getByRole('button', { name: 'Ajouter un champ' }).click();
    await ada.menuEntry('Anniversaire').click();
    const day = form.getByRole('textbox', { name: 'Jour' });
    await day.and(page.locator(':focus')).waitFor();
    if (how === 'types') await page.keyboard.type(typed);
    else await page.keyboard.insertText(typed);
    await form.getByRole('textbox', { name: 'Année' }).and(page.locator('[value="1980"]')).waitFor();
    assert.equal(await day.inputValue(), '14');
    await form.getByRole('button', { name: /juillet/u }).waitFor();
  });
}

test('what is no date is not lost, but told when one saves', async () => {
  await ada.openFolder('Vus');
  await ada.button('Nouveau contact').click();
  const form = ada.page.getByRole('form', { name: 'Nouveau contact' });
  await form.getByRole('button', { name: 'Ajouter un champ' }).click();
  await ada.menuEntry('Anniversaire').click();
  const day = form.getByRole('textbox', { name: 'Jour' });
  await day.fill('31/02/1980');
  await form.getByRole('textbox', { name: 'Année' }).focus();
  await form.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await form.getByText('Cette date n’existe pas').waitFor();
  assert.equal(await day.inputValue(), '31');
});

test('Ctrl+Z undoes what a message offers to undo, but not while one writes', async () => {
  const { page } = ada;
  await ada.openFolder('Vus');
  await ada.chooseForContact('Fictif, Paul', 'Supprimer');
  await ada.message('1 contact transféré').waitFor();
  await page.getByRole('searchbox', { name: 'Rechercher un contact' }).focus();
  await page.keyboard.press('Control+Z');
  await ada.message('1 contact transféré').waitFor();
  await ada.list.focus();
  await page.keyboard.press('Control+Z');
  await ada.contact('Fictif, Paul').waitFor();
  await ada.message('1 contact transféré').waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  await page.getByText('Annuler ce qu’un message propose d’annuler').waitFor();
});

test('what a menu cannot do is grey and says why, by mouse, keyboard and screen reader', async () => {
  const { page } = ada;
  await ada.folder('Contacts').click({ button: 'right' });
  const entry = ada.menuEntry('Céder le dossier…');
  await entry.waitFor();
  assert.equal(await entry.getAttribute('aria-disabled'), 'true');
  await entry.getByText('Ce dossier fait partie de votre compte').waitFor();
  const described = await entry.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id: string) => element.ownerDocument.getElementById(id)?.textContent)
      .join(''),
  );
  assert.equal(described, 'Ce dossier fait partie de votre compte');
  await expectAccessible(page, 'a menu with what cannot be done');
  await page.keyboard.type('céd');
  await entry.and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await entry.click({ force: true });
  assert.equal(await page.getByRole('menu').count(), 1, 'it stays open, and does nothing');
  await page.keyboard.press('Escape');
  await ada.arrow('Fournisseurs').waitFor();
  await ada.folder('Imprimeurs').click({ button: 'right' });
  await ada.menuEntry('Céder le dossier…').getByText('Un sous-dossier va avec celui qui le contient').waitFor();
});

test('« Imprimer… » in the menu of a folder prints all of it', async () => {
  await ada.chooseForFolder('Vus', 'Imprimer…');
  await ada.dialog('Imprimer 2 contacts').waitFor();
});

test('the results of a search show where they were found: the organisation whole, one’s own private note', async () => {
  const { page } = ada;
  const program = await openProgram(stage, 'ada');
  const bookId = await program.create('AddressBook', { name: 'Trouvés' });
  const name = 'Communauté de communes des Rives de la Fiction';
  const id = await program.create('ContactCard', {
    addressBookIds: { [bookId]: true },
    name: named('Odile', 'Trouvée'),
    emails: { e: { address: 'odile.trouvee.au.nom.tres.long@demo.example' } },
    titles: { t: { name: 'Chargée de mission' } },
    organizations: { o: { name } },
  });
  await program.create('PrivateNote', { cardId: id, text: 'Aime les mandarines.' });
  const box = page.getByRole('searchbox', { name: 'Rechercher un contact' });
  // Not what the list of contacts asks for, which is still on its way.
  const asked = page.waitForRequest((request) => /rives.*ContactCard\/get/u.test(request.postData() ?? ''));
  await box.fill('société:rives');
  await ada.contact('Trouvée, Odile').getByText(`Société : ${name}`).waitFor();
  const { methodCalls } = (await asked).postDataJSON() as { methodCalls: [string, { properties?: string[] }][] };
  const wanted = methodCalls.find(([method]) => method === 'ContactCard/get')![1].properties!;
  assert.equal(new Set(wanted).size, wanted.length, 'nothing is asked for twice');
  await box.fill('mandarines');
  await ada.contact('Trouvée, Odile').getByText('Trouvé dans votre note privée : Aime les mandarines.').waitFor();
});
