/** « Céder le dossier… »: offered, withdrawn, declined, accepted; by mail, in the bell, on the page. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { openNewestMail } from './kit/mailbox.ts';
import { openProgram } from './kit/program.ts';
import type { Program } from './kit/program.ts';
import { chooseRadio } from './kit/screen.ts';
import type { Screen } from './kit/screen.ts';
import { closeMessages, takePicture } from './kit/screenshot.ts';
import { startStage } from './kit/stage.ts';
import type { Stage } from './kit/stage.ts';

const folder = 'Colloque 2027';
const atNight = { colorScheme: 'dark', viewport: { width: 320, height: 640 } } as const;

let stage: Stage;
let ada: Screen;
let ben: Screen;
let adas: Program;
let bens: Program;

before(async () => {
  stage = await startStage();
  [adas, bens] = await Promise.all([openProgram(stage, 'ada'), openProgram(stage, 'ben')]);
  const bookId = await adas.create('AddressBook', { name: folder, color: 'green' });
  await adas.create('AddressBook', { name: 'Orateurs', parentId: bookId });
  for (const full of ['Jean Exemple', 'Zoé Exemple'])
    await adas.create('ContactCard', { name: { full }, addressBookIds: { [bookId]: true } });
  [ada, ben] = await Promise.all([stage.enter('Ada Démo'), stage.enter('Ben Démo')]);
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

/** « Céder le dossier… » filled in for Ben, and not yet offered. */
async function fillDialog(): Promise<ReturnType<Screen['dialog']>> {
  await ada.chooseForFolder(folder, 'Céder le dossier…');
  const dialog = ada.dialog('Céder le dossier');
  const field = dialog.getByRole('combobox', { name: 'Nouveau propriétaire' });
  await field.pressSequentially('ben d');
  await ada.page.getByRole('option').filter({ hasText: 'ben@demo.example' }).click();
  await dialog.getByRole('row', { name: 'Ben Démo' }).waitFor();
  return dialog;
}

test('a folder is offered to a person of the directory, and the offer withdrawn', async () => {
  const { page } = ada;
  await ada.chooseForFolder(folder, 'Céder le dossier…');
  const empty = ada.dialog('Céder le dossier');
  await empty.getByRole('button', { name: 'Proposer la cession' }).click();
  await empty.getByText('Choisissez une personne de l’annuaire.').waitFor();
  await empty.getByRole('button', { name: 'Annuler' }).click();
  const dialog = await fillDialog();
  await chooseRadio(dialog, 'Mon accès ensuite', 'Gestionnaire');
  await dialog.getByLabel('Message').fill('Je change de service en septembre. Bon courage !');
  await expectAccessible(page, 'handing over');
  await takePicture(page, 'handing-over');
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page, 'handing over, on a phone');
  await page.setViewportSize({ width: 1280, height: 800 });
  await dialog.getByRole('button', { name: 'Proposer la cession' }).click();
  await ada.message('est proposé à Ben Démo').waitFor();
  await ben.button('Partages : 1 nouveauté').waitFor();
  await closeMessages(ada);
  await ada.chooseForFolder(folder, 'Céder le dossier…');
  const waiting = ada.dialog('Céder le dossier');
  await waiting.getByText('Proposé à Ben Démo').waitFor();
  await expectAccessible(page, 'an offer that waits');
  await waiting.getByRole('button', { name: 'Retirer la proposition' }).click();
  await ada.message('est retirée').waitFor();
  await ben.button('Partages').waitFor();
});

test('whoever is asked declines, and the owner reads it in the bell', async () => {
  const dialog = await fillDialog();
  await dialog.getByRole('button', { name: 'Proposer la cession' }).click();
  await dialog.waitFor({ state: 'detached' });
  await ben.button('Partages : 1 nouveauté').click();
  await ben.page.getByText('Ada Démo souhaite vous céder').waitFor();
  await expectAccessible(ben.page, 'the bell with an offer');
  await ben.button(`Ne pas le reprendre : « ${folder} »`).click();
  await ben.page.getByRole('heading', { name: `Ada Démo souhaite vous céder « ${folder} »` }).waitFor();
  await ben.button('Ne pas le reprendre').click();
  await ben.message(`Vous ne reprenez pas « ${folder} »`).waitFor();
  // Something else waits for Ada in the demonstration.
  await ada.button('Partages : 2 nouveautés').click();
  await ada.page.getByText(`Ben Démo ne reprend pas « ${folder} ». Le dossier reste à vous.`).waitFor();
  await expectAccessible(ada.page, 'the bell with an answer');
  await ada.button(`Masquer l’annonce sur « ${folder} »`).click();
  await ada.button(`Masquer l’annonce sur « ${folder} »`).waitFor({ state: 'detached' });
  // What held the focus is gone; the keyboard goes on with the card below.
  await ada.page.locator('li:has(:focus)').getByText('partage avec vous').waitFor();
  await ada.page.keyboard.press('Escape');
  await ada.button('Partages : 1 nouveauté').waitFor();
  await ada.folder(folder).waitFor();
});

test('from the mail the new owner reads what comes and takes it; the old one goes on with the role that they chose', async () => {
  const dialog = await fillDialog();
  await chooseRadio(dialog, 'Mon accès ensuite', 'Visionneur');
  await dialog.getByLabel('Message').fill('Je pars à la retraite.');
  await dialog.getByRole('button', { name: 'Proposer la cession' }).click();
  await dialog.waitFor({ state: 'detached' });
  await ada.openFolder(folder);
  const { page } = ben;
  await page.goto(`${stage.url}/demo/mail`);
  const mail = await openNewestMail(page, 'ben@demo.example', 'Dossier à reprendre', 'à la retraite');
  const link = await mail.getByRole('link', { name: 'Reprendre le dossier' }).getAttribute('href');
  await page.goto(link!);
  await page.getByRole('heading', { name: `Ada Démo souhaite vous céder « ${folder} »` }).waitFor();
  await page.getByText('Ada Démo garde un accès : Visionneur.').waitFor();
  await expectAccessible(page, 'the page of an offer');
  await takePicture(page, 'handover-page');
  const { page: phone } = await stage.enter('Ben Démo', atNight);
  await phone.goto(link!);
  await phone.getByText('Ada Démo garde un accès : Visionneur.').waitFor();
  await expectAccessible(phone, 'the page of an offer, dark, on a phone');
  await expectNoSidewaysScroll(phone, 'the page of an offer, on a phone');
  await ben.button('Reprendre le dossier').click();
  await ben.message(`« ${folder} » est maintenant à vous`).waitFor();
  await ben.contact('Jean Exemple').waitFor();
  await ben.folder('Orateurs').waitFor();
  // Ada still has the folder open: it is the same one, at Ben's.
  await ada.folder(folder).getByText('Ben Démo · Visionneur').waitFor();
  await ada.page.waitForURL((url) => url.pathname.startsWith(`/folders/${bens.own}/`));
  await ada.contact('Jean Exemple').waitFor();
  await page.goto(link!);
  await page.getByRole('heading', { name: 'Cette proposition n’existe plus' }).last().waitFor();
  assert.equal(
    ((await adas.call('FolderHandover/get'))['list'] as object[]).length,
    1,
    'the answer, until it is put away',
  );
});
