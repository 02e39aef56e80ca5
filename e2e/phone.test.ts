/** The whole path on a phone: one pane at a time, with a finger. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { openNewestMail } from './kit/mailbox.ts';
import { firstNames, listTitle, type Screen } from './kit/screen.ts';
import { takePicture } from './kit/screenshot.ts';
import { type Stage, startStage } from './kit/stage.ts';

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

let stage: Stage;
let ada: Screen;
let ben: Screen;

before(async () => {
  stage = await startStage(phone);
  [ada, ben] = await Promise.all([stage.enter('Ada Démo'), stage.enter('Ben Démo')]);
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

async function expectWellFitted({ page }: Screen, where: string): Promise<void> {
  await expectNoSidewaysScroll(page, where);
  await expectAccessible(page, where);
}

/** A finger that stays on a place until something shows. */
async function pressLong(
  { page }: Screen,
  on: ReturnType<Screen['contact']>,
  shows: ReturnType<Screen['contact']>,
): Promise<void> {
  const box = await on.boundingBox();
  assert.ok(box);
  const finger = await page.context().newCDPSession(page);
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await shows.waitFor();
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

test('A. The arrow beside « Contacts » makes a folder', async () => {
  await expectWellFitted(ada, 'the folders');
  await ada.arrow('Contacts').tap();
  await ada.menuEntry('Nouveau dossier de contacts').tap();
  const dialog = ada.dialog('Créer un dossier de contacts');
  await dialog.getByLabel('Nom', { exact: true }).fill('Téléphone');
  await dialog.getByRole('button', { name: 'Couleur' }).tap();
  await ada.page.getByRole('option', { name: 'Orange' }).tap();
  await dialog.getByRole('button', { name: 'OK' }).tap();
  // A new folder opens: the list is on the screen, the folders are one step back.
  await listTitle(ada.page, 'Téléphone').waitFor();
  await ada.page.getByRole('link', { name: 'Liste des contacts' }).tap();
  await ada.folder('Téléphone').waitFor();
  await takePicture(ada.page, 'phone-folders');
});

test('On a tablet that is held upright folders and list stand side by side; a card takes the place of the list', async () => {
  const tablet = await stage.enter('Ada Démo', { viewport: { width: 768, height: 1024 }, deviceScaleFactor: 1 });
  const name = (await firstNames(tablet, 1))[0]!;
  assert.ok(await tablet.folder('Fournisseurs').isVisible());
  await expectWellFitted(tablet, 'a tablet');
  await tablet.contact(name).tap();
  await tablet.page
    .getByRole('region', { name: 'Fiche du contact' })
    .getByRole('button', { name: 'Modifier' })
    .waitFor();
  assert.ok(await tablet.folder('Fournisseurs').isVisible());
  assert.equal(await tablet.list.isVisible(), false);
  await tablet.page.context().close();
});

test('B. A tick, a long press, « Déplacer », and « Annuler » brings back', async () => {
  await ada.folder('Personnes contactées par mail').tap();
  const [first, second, third] = await firstNames(ada, 3);
  await ada.tick(second!).tap();
  await ada.tick(third!).tap();
  await ada.page.getByText('2 contacts sélectionnés').first().waitFor();
  await expectWellFitted(ada, 'a list with a selection');
  await takePicture(ada.page, 'phone-selection');
  await pressLong(ada, ada.contact(second!), ada.menuEntry('Déplacer'));
  await ada.menuEntry('Déplacer').tap();
  const dialog = ada.dialog('Déplacer 2 contacts');
  await dialog.getByRole('option', { name: 'Téléphone' }).tap();
  await expectWellFitted(ada, '« Déplacer »');
  await dialog.getByRole('button', { name: 'OK' }).tap();
  await ada.contact(second!).waitFor({ state: 'detached' });
  await ada.contact(first!).waitFor();
  await ada.message('2 contacts déplacés').getByRole('button', { name: 'Annuler' }).tap();
  await ada.contact(second!).waitFor();
});

test('C. The folder is shared from its menu', async () => {
  await ada.page.getByRole('link', { name: 'Liste des contacts' }).tap();
  await ada.arrow('Fournisseurs').tap();
  await ada.menuEntry('Partager un dossier de contacts').tap();
  const dialog = ada.dialog('Propriétés du partage');
  await dialog.getByRole('combobox', { name: 'Adresses mail' }).pressSequentially('ben');
  await ada.page.getByRole('option', { name: 'ben@demo.example' }).tap();
  await dialog
    .locator('label')
    .filter({ hasText: /^Gestionnaire/u })
    .tap();
  await expectWellFitted(ada, 'the sharing dialog');
  await takePicture(ada.page, 'phone-share');
  await dialog.getByRole('button', { name: 'OK' }).tap();
  await ada.message('Partage créé').waitFor();
  await dialog.waitFor({ state: 'detached' });
});

test('E. Ben reads the mail and accepts', async () => {
  const { page } = ben;
  await page.goto(`${stage.url}/demo/mail`);
  const mail = await openNewestMail(page, 'ben@demo.example', 'Partage créé : Fournisseurs');
  await mail.getByRole('link', { name: 'Accepter le partage' }).waitFor();
  await expectNoSidewaysScroll(page, 'a mail');
  // Emulated touches miss what stands in a sandboxed frame when the screen has two dots to the pixel.
  await mail.getByRole('link', { name: 'Accepter le partage' }).click();
  await ben.button('Accepter le partage').waitFor();
  await expectWellFitted(ben, 'the page of an invitation');
  await takePicture(page, 'phone-accept');
  await ben.button('Accepter le partage').tap();
  await listTitle(page, 'Fournisseurs de Ada Démo').waitFor();
});

test('E. He adds a contact, and Ada sees it in her list', async () => {
  await ada.folder('Fournisseurs').tap();
  await firstNames(ada, 3);
  await ben.button('Nouveau contact').tap();
  const form = ben.page.getByRole('form', { name: 'Nouveau contact' });
  await form.getByLabel('Prénom', { exact: true }).fill('Aline');
  await form.getByLabel('Nom', { exact: true }).fill('Aaron');
  await expectWellFitted(ben, 'the form of a card');
  await form.getByRole('button', { name: 'Enregistrer', exact: true }).tap();
  await ben.page.getByRole('heading', { name: 'Aline Aaron' }).waitFor();
  await expectWellFitted(ben, 'a card');
  await ada.contact('Aaron, Aline').waitFor();
  await ben.page.getByRole('link', { name: 'Fournisseurs de Ada Démo' }).first().tap();
  await ben.contact('Aaron, Aline').waitFor();
});

test('D. « Retirer » takes the folder away under his finger', async () => {
  await ada.page.getByRole('link', { name: 'Liste des contacts' }).tap();
  await ada.arrow('Fournisseurs').tap();
  await ada.menuEntry('Éditer propriétés').tap();
  const properties = ada.dialog('Propriétés du dossier');
  const line = properties.getByRole('listitem').filter({ hasText: 'ben@demo.example' });
  await line.getByText('Accepté', { exact: true }).waitFor();
  await expectWellFitted(ada, 'the properties');
  await line.getByText('Retirer', { exact: true }).tap();
  await ada.dialog('Retirer le partage').getByRole('button', { name: 'Retirer' }).tap();
  await ben.page.getByText('Ce dossier n’est plus là').waitFor();
  await ben.page.getByRole('link', { name: 'Liste des contacts' }).tap();
  await ben.folder('Presse').waitFor();
  assert.equal(await ben.folder('Fournisseurs de Ada Démo').count(), 0);
});
