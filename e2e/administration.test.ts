/** The page of administrators: people, groups, the directory, and mails that did not leave. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { type Screen, until } from './kit/screen.ts';
import { closeMessages, takePicture } from './kit/screenshot.ts';
import { type Stage, startStage } from './kit/stage.ts';

let stage: Stage;
let ada: Screen;
let link = '';

before(async () => {
  stage = await startStage();
  ada = await stage.enter('Ada Démo');
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

const row = (name: string) => ada.page.getByRole('listitem').filter({ has: ada.page.getByText(name, { exact: true }) });

async function chooseFor(name: string, entry: string): Promise<void> {
  await row(name).getByRole('button').click();
  await ada.menuEntry(entry).click();
}

async function search(label: string, text: string): Promise<void> {
  await ada.page.getByRole('searchbox', { name: label }).fill(text);
}

test('an administrator comes to it by the menu of the account; others do not', async () => {
  await ada.button('Compte de Ada Démo').click();
  await ada.menuEntry('Administration').click();
  await ada.page.getByRole('heading', { level: 1, name: 'Administration' }).waitFor();
  await ada.page.getByText('300 personnes').waitFor();
  await takePicture(ada.page, 'administration');
  const ben = await stage.enter('Ben Démo');
  await ben.button('Compte de Ben Démo').click();
  await ben.menuEntry('Préférences').waitFor();
  assert.equal(await ben.menuEntry('Administration').count(), 0);
  await ben.page.goto(`${stage.url}/administration/people`);
  await ben.page.getByText('réservée aux administrateurs').waitFor();
  await ben.page.context().close();
});

test('a person is added, and gets a link to choose a password with', async () => {
  await ada.button('Ajouter une personne').click();
  const dialog = ada.dialog('Ajouter une personne');
  await dialog.getByLabel('Prénom et nom').fill('Nora Neuve');
  await dialog.getByLabel('Adresse mail').fill('ada@demo.example');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await dialog.getByText('Quelqu’un a déjà cette adresse.').waitFor();
  await dialog.getByLabel('Adresse mail').fill('nora@demo.example');
  await dialog.getByRole('button', { name: 'OK' }).click();
  const shown = ada.dialog('Lien pour choisir un mot de passe');
  link = await shown.getByRole('textbox').inputValue();
  assert.match(link, /\/password\?token=/u);
  await shown.getByRole('button', { name: 'Fermer' }).last().click();
  await search('Rechercher une personne', 'nora');
  await row('Nora Neuve').getByText('Sans mot de passe').waitFor();
});

test('with the link she chooses a password and is in', async () => {
  const nora = await stage.open();
  await nora.page.goto(link);
  await nora.page.getByLabel('Mot de passe').fill('un mot de passe à elle');
  await nora.button('Enregistrer et entrer').click();
  await nora.page.getByRole('tree').waitFor();
  await nora.button('Compte de Nora Neuve').waitFor();
  await nora.page.context().close();
});

test('she is made administrator, and disabled; « Annuler » takes it back', async () => {
  await closeMessages(ada);
  await chooseFor('Nora Neuve', 'Nommer administrateur');
  await row('Nora Neuve').getByText('Administrateur').waitFor();
  await closeMessages(ada);
  await chooseFor('Nora Neuve', 'Désactiver');
  await row('Nora Neuve').getByText('Désactivé').waitFor();
  await ada.undo('Nora Neuve ne peut plus se connecter', 'Annuler');
  await until('she is active again', async () => (await row('Nora Neuve').getByText('Désactivé').count()) === 0);
});

test('folders of somebody are given to somebody else', async () => {
  await search('Rechercher une personne', 'chloe');
  await chooseFor('Chloé Démo', 'Donner ses dossiers…');
  const dialog = ada.dialog('Donner les dossiers de Chloé Démo');
  await dialog.getByRole('searchbox').fill('nora');
  await dialog.getByRole('option', { name: 'Nora Neuve' }).click();
  await dialog.getByRole('button', { name: 'Donner' }).click();
  await ada.message('à Nora Neuve').waitFor();
  await closeMessages(ada);
});

test('a group is made, gets and loses a member, and is removed', async () => {
  await ada.page.getByRole('link', { name: 'Groupes' }).click();
  await ada.button('Créer un groupe').click();
  const dialog = ada.dialog('Créer un groupe');
  await dialog.getByLabel('Nom').fill('Équipe de nuit');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await dialog.waitFor({ state: 'detached' });
  await search('Rechercher un groupe', 'nuit');
  await chooseFor('Équipe de nuit', 'Membres…');
  const members = ada.dialog('Membres de Équipe de nuit');
  await members.getByRole('searchbox').fill('nora');
  await members.getByRole('option', { name: 'Nora Neuve' }).click();
  await members.getByRole('button', { name: 'Retirer Nora Neuve' }).waitFor();
  await members.getByRole('button', { name: 'Retirer Nora Neuve' }).click();
  await members.getByRole('button', { name: 'Retirer Nora Neuve' }).waitFor({ state: 'detached' });
  await members.getByRole('button', { name: 'Fermer' }).last().click();
  await chooseFor('Équipe de nuit', 'Supprimer le groupe');
  await ada.message('Groupe « Équipe de nuit » supprimé').waitFor();
  await row('Équipe de nuit').waitFor({ state: 'detached' });
});

test('without a directory, and without mails that failed, the page says so', async () => {
  await ada.page.getByRole('link', { name: 'Annuaire' }).click();
  await ada.page.getByText('Aucun annuaire n’est relié').waitFor();
  await ada.page.getByRole('link', { name: 'Mails non envoyés' }).click();
  await ada.page.getByText('Aucun mail n’est en souffrance').waitFor();
});
