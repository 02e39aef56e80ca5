/** « Contributeur », and « Qui voit quoi »: what each sees of it, and how it ends. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { firstNames, type Screen } from './kit/screen.ts';
import { takePicture } from './kit/screenshot.ts';
import { startStage } from './kit/stage.ts';
import type { Stage } from './kit/stage.ts';
import { fillShareDialog } from './kit/steps.ts';

const folder = 'Fournisseurs';
const folderAtBen = `${folder} de Ada Démo`;

let stage: Stage;
let ada: Screen;
let ben: Screen;

before(async () => {
  stage = await startStage();
  [ada, ben] = await Promise.all([stage.enter('Ada Démo'), stage.enter('Ben Démo')]);
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

test('a contributor adds contacts, and has buttons for those alone that they added', async () => {
  const dialog = await fillShareDialog(ada, folder, 'ben@demo.example', 'Contributeur');
  await expectAccessible(ada.page, 'roles');
  await takePicture(ada.page, 'contributor-role');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await ben.button('Partages : 1 nouveauté').click();
  await ben.button(`Accepter le partage de « ${folder} »`).click();
  await ben.page.keyboard.press('Escape');
  await ben.folder(folderAtBen).getByText('Ada Démo · Contributeur').waitFor();
  await ben.openFolder(folderAtBen);
  const { page } = ben;
  const card = page.getByRole('region', { name: 'Fiche du contact' });
  const [first] = await firstNames(ben, 1);
  await ben.contact(first!).click();
  await card.getByRole('button', { name: 'Copier' }).first().waitFor();
  assert.equal(await card.getByRole('button', { name: 'Modifier', exact: true }).count(), 0);
  await ben.button('Nouveau contact').click();
  const form = page.getByRole('form', { name: 'Nouveau contact' });
  await form.getByLabel('Prénom', { exact: true }).fill('Zita');
  await form.getByLabel('Nom', { exact: true }).fill('Aaron');
  await form.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await page.getByRole('heading', { name: 'Zita Aaron' }).waitFor();
  await card.getByRole('button', { name: 'Modifier', exact: true }).waitFor();
  await expectAccessible(page, 'card of one’s own in a shared folder');
});

test('the owner sees who sees what, filters by person, and ends it all with one button', async () => {
  const { page } = ada;
  await page.goto(`${stage.url}/preferences/sharing`);
  const filter = page.getByRole('searchbox', { name: 'Filtrer par personne' });
  await page.getByRole('heading', { name: 'Partenaires', exact: true }).waitFor();
  await expectAccessible(page, 'who sees what');
  await takePicture(page, 'who-sees-what');
  await filter.fill('ben');
  await page.getByRole('heading', { name: 'Partenaires', exact: true }).waitFor({ state: 'detached' });
  // What lies below is seen through the folder.
  await page.getByText(`Vient du dossier « ${folder} »`).first().waitFor();
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page, 'who sees what, on a phone');
  await page.setViewportSize({ width: 1280, height: 800 });
  await ada.button(`Ne plus partager avec personne : « ${folder} »`).click();
  const dialog = ada.dialog(`Ne plus partager avec personne : « ${folder} »`);
  await dialog.getByText(`Ben Démo, dossier « ${folder} »`).waitFor();
  await expectAccessible(page, 'what ends');
  await dialog.getByRole('button', { name: 'Ne plus partager avec personne' }).click();
  await ben.folder(folderAtBen).waitFor({ state: 'detached' });
  await ada.undo('Partage retiré', 'Annuler');
  await ben.folder(folderAtBen).getByText('Ada Démo · Contributeur').waitFor();
});
