/** What happens when somebody says no, or when something is not as it was thought to be. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { openNewestMail } from './kit/mailbox.ts';
import { createScreen, type Screen, until } from './kit/screen.ts';
import { type Stage, startStage } from './kit/stage.ts';
import { fillShareDialog, makeFolder, shareFolder, shareLine } from './kit/steps.ts';

let stage: Stage;
let ada: Screen;
let ben: Screen;

before(async () => {
  stage = await startStage();
  [ada, ben] = await Promise.all([stage.enter('Ada Démo'), stage.enter('Ben Démo')]);
});
after(() => stage.stop());
afterEach(async () => {
  stage.expectNoProblems();
  // What a failed test has left open is not in the way of the next.
  for (const { page } of [ada, ben]) await page.goto(stage.url);
});

/** A second window of the same person. */
async function secondWindow({ page }: Screen): Promise<Screen> {
  const other = await page.context().newPage();
  await other.goto(stage.url);
  await other.getByRole('tree').waitFor();
  return createScreen(other);
}

test('Ben declines from the mail; Ada sees it, and Ben has no folder more', async () => {
  await makeFolder(ada, 'Sponsors');
  await shareFolder(ada, 'Sponsors', 'ben@demo.example', 'Gestionnaire');
  await ben.page.goto(`${stage.url}/demo/mail`);
  const mail = await openNewestMail(ben.page, 'ben@demo.example', 'Partage créé : Sponsors');
  await mail.getByRole('link', { name: 'Refuser le partage' }).click();
  await ben.page.getByText('Voulez-vous vraiment refuser le partage de « Sponsors »').waitFor();
  await ben.button('Refuser le partage').click();
  await ben.message('Partage de « Sponsors » refusé').waitFor();
  assert.equal(await ben.folder('Sponsors de Ada Démo').count(), 0);
  await (await shareLine(ada, 'Sponsors', 'ben@demo.example')).getByText('Refusé', { exact: true }).waitFor();
});

test('In Preferences › Partages he changes his mind, and Ada sees that too', async () => {
  const line = await shareLine(ada, 'Sponsors', 'ben@demo.example');
  await ben.page.getByRole('button', { name: 'Compte de Ben Démo' }).click();
  await ben.menuEntry('Préférences').click();
  await ben.page.getByRole('link', { name: 'Partages', exact: true }).click();
  await ben.button('Accepter finalement « Sponsors »').click();
  await ben.message('Partage accepté : « Sponsors de Ada Démo »').waitFor();
  await line.getByText('Accepté', { exact: true }).waitFor();
  await ben.page.goto(stage.url);
  await ben.folder('Sponsors de Ada Démo').getByText('Ada Démo · Gestionnaire').waitFor();
});

test('Ben declines from the bell, and « Annuler » takes the refusal back', async () => {
  await makeFolder(ada, 'Traducteurs');
  await shareFolder(ada, 'Traducteurs', 'ben@demo.example');
  await ben.button('Partages : 1 nouveauté').click();
  await ben.page.getByText('Ada Démo partage avec vous').waitFor();
  await ben.button('Refuser le partage de « Traducteurs »').click();
  await ben.message('Partage de « Traducteurs » refusé').waitFor();
  const line = await shareLine(ada, 'Traducteurs', 'ben@demo.example');
  await line.getByText('Refusé', { exact: true }).waitFor();
  await ben.page.keyboard.press('Escape');
  await ben.undo('Partage de « Traducteurs » refusé', 'Annuler');
  await line.getByText('En attente', { exact: true }).waitFor();
  await ben.button('Partages : 1 nouveauté').waitFor();
});

test('A folder cannot be shared with oneself', async () => {
  const dialog = await fillShareDialog(ada, 'Sponsors', 'ada@demo.example');
  await dialog.getByText('Vous ne pouvez pas partager un dossier avec vous-même !').first().waitFor();
  assert.equal(await dialog.getByRole('button', { name: 'OK' }).isEnabled(), false);
});

test('Of several addresses the right ones are shared with, and the wrong one says why', async () => {
  const dialog = await fillShareDialog(ada, 'Sponsors', 'chloe@demo.example, personne@demo.example');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await dialog.getByText('Les autres partages sont créés. Il reste à corriger').waitFor();
  await dialog.getByText('Utilisateur inconnu.').first().waitFor();
  await dialog.getByRole('button', { name: 'Corriger personne@demo.example' }).click();
  assert.equal(await dialog.getByRole('combobox').inputValue(), 'personne@demo.example');
  await dialog.getByRole('button', { name: 'Annuler' }).click();
  await (await shareLine(ada, 'Sponsors', 'chloe@demo.example')).getByText('En attente').waitFor();
});

test('The same share again is not made twice: the mail is offered again instead', async () => {
  const dialog = await fillShareDialog(ada, 'Sponsors', 'ben@demo.example', 'Gestionnaire');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await dialog.getByText('Ce partage existe déjà avec ce rôle.').first().waitFor();
  await dialog.getByRole('button', { name: 'Renvoyer la notification à' }).click();
  await ada.message('La notification de partage a été envoyée').waitFor();
  await ben.page.goto(`${stage.url}/demo/mail?to=ben%40demo.example`);
  const announced = ben.page.getByRole('link', { name: 'Partage créé : Sponsors' });
  await until('the mail is there twice', async () => (await announced.count()) === 2);
});

test('Who accepts under a name that is taken is offered a free one', async () => {
  await makeFolder(ben, 'Fanfares');
  await makeFolder(ada, 'Fanfares');
  await shareFolder(ada, 'Fanfares', 'ben@demo.example');
  await ben.page.getByRole('button', { name: /^Partages : /u }).click();
  await ben.button('Détails du partage de « Fanfares »').click();
  await ben.page.getByLabel('Nom', { exact: true }).fill('Fanfares');
  await ben.button('Accepter le partage').click();
  await ben.page.getByText('Un dossier s’appelle déjà « Fanfares ».').first().waitFor();
  await ben.page.getByRole('button', { name: /^Utiliser « Fanfares/u }).click();
  const proposed = await ben.page.getByLabel('Nom', { exact: true }).inputValue();
  assert.match(proposed, /^Fanfares ./u);
  await ben.button('Accepter le partage').click();
  await ben.folder(proposed).waitFor();
  await ben.folder('Fanfares').waitFor();
});

test('A share that ends while its page is open says so', async () => {
  await makeFolder(ada, 'Stands');
  await shareFolder(ada, 'Stands', 'ben@demo.example');
  await ben.page.getByRole('button', { name: /^Partages : /u }).click();
  await ben.button('Détails du partage de « Stands »').click();
  await ben.button('Accepter le partage').waitFor();
  await (await shareLine(ada, 'Stands', 'ben@demo.example')).getByText('Retirer', { exact: true }).click();
  await ada.dialog('Retirer le partage').getByRole('button', { name: 'Retirer' }).click();
  await ben.page.getByText('Ce partage n’existe plus').waitFor();
});

test('A share that ends while « Modifier » is open says so', async () => {
  await shareFolder(ada, 'Stands', 'chloe@demo.example');
  await (await shareLine(ada, 'Stands', 'chloe@demo.example')).getByText('Modifier', { exact: true }).click();
  await ada.dialog('Modifier le partage').getByRole('button', { name: 'OK' }).waitFor();
  const other = await secondWindow(ada);
  await (await shareLine(other, 'Stands', 'chloe@demo.example')).getByText('Retirer', { exact: true }).click();
  await other.dialog('Retirer le partage').getByRole('button', { name: 'Retirer' }).click();
  await ada.dialog('Modifier le partage').getByText('Ce partage a pris fin entre-temps.').waitFor();
  await other.page.close();
});

test('A folder that is deleted while its sharing dialog is open says so, and its mail leads to an explanation', async () => {
  await makeFolder(ada, 'Brochures');
  await shareFolder(ada, 'Brochures', 'ben@demo.example');
  const dialog = await fillShareDialog(ada, 'Brochures', 'chloe@demo.example');
  const other = await secondWindow(ada);
  await other.chooseForFolder('Brochures', 'Supprimer');
  await dialog.getByText('Ce dossier n’existe plus').waitFor();
  await other.page.close();
  await ben.page.goto(`${stage.url}/demo/mail`);
  const mail = await openNewestMail(ben.page, 'ben@demo.example', 'Partage créé : Brochures');
  await mail.getByRole('link', { name: 'Accepter le partage' }).click();
  await ben.page.getByText('Ce partage n’existe plus').waitFor();
});
