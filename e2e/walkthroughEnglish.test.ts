/** The walkthrough of an English-speaking person: the same path, with the other words. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { openNewestMail } from './kit/mailbox.ts';
import { choose, chooseRadio, firstNames, listTitle, type Screen } from './kit/screen.ts';
import { takePicture } from './kit/screenshot.ts';
import { type Stage, startStage } from './kit/stage.ts';

const folder = 'Open Day';
const folderAtChloe = 'Ada Démo’s Open Day';

let stage: Stage;
let ada: Screen;
let chloe: Screen;

before(async () => {
  stage = await startStage({ locale: 'en-GB' });
  [ada, chloe] = await Promise.all([stage.enter('Ada Démo'), stage.enter('Chloé Démo')]);
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

test('A. A new folder below “Contacts”', async () => {
  assert.equal(await ada.page.evaluate('document.documentElement.lang'), 'en');
  await ada.page.getByRole('heading', { name: 'Contact Lists' }).waitFor();
  await ada.arrow('Contacts').click();
  await ada.menuEntry('New Contacts Folder').click();
  const dialog = ada.dialog('Create New Contacts Folder');
  await dialog.getByLabel('Name', { exact: true }).fill(folder);
  await choose(dialog, 'Color', 'Purple');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await ada.folder(folder).waitFor();
  assert.equal(await ada.folder(folder).getAttribute('aria-level'), '2');
});

test('B. Collected contacts are moved into it, and back by “Undo”', async () => {
  await ada.openFolder('Emailed Contacts');
  const [first, , third] = await firstNames(ada, 3);
  await ada.tick(first!).click();
  await ada.tick(third!).click({ modifiers: ['Shift'] });
  await ada.chooseForContact(third!, 'Move');
  const dialog = ada.dialog('Move 3 contacts');
  await dialog.getByRole('option', { name: folder }).click();
  await dialog.getByRole('button', { name: 'OK' }).click();
  await ada.message(`3 contacts moved to “${folder}”`).waitFor();
  await ada.contact(first!).waitFor({ state: 'detached' });
  await ada.undo(`3 contacts moved to “${folder}”`, 'Undo');
  await ada.contact(first!).waitFor();
  await ada.tick(first!).click();
  await ada.chooseForContact(first!, 'Move');
  await ada.dialog('Move 1 contact').getByRole('option', { name: folder }).click();
  await ada.dialog('Move 1 contact').getByRole('button', { name: 'OK' }).click();
  await ada.openFolder(folder);
  await ada.contact(first!).waitFor();
});

test('C. The folder is shared with a colleague', async () => {
  await ada.chooseForFolder(folder, 'Share Contacts Folder');
  const dialog = ada.dialog('Share Properties');
  await dialog.getByText('Internal users or groups').waitFor();
  await dialog.getByRole('combobox', { name: 'Email addresses' }).pressSequentially('chl');
  await ada.page.getByRole('option', { name: 'chloe@demo.example' }).click();
  await chooseRadio(dialog, 'Role', 'Manager');
  await choose(dialog, 'Message', 'Add note to standard message');
  await dialog.getByLabel('Note', { exact: true }).fill('Here are the people for the open day.');
  await takePicture(ada.page, 'english');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await ada.message('Share created').waitFor();
});

test('E. The colleague opens the mail, accepts, and both see it', async () => {
  await ada.chooseForFolder(folder, 'Edit Properties');
  const line = ada.dialog('Folder Properties').getByRole('listitem').filter({ hasText: 'chloe@demo.example' });
  await line.getByText('Waiting', { exact: true }).waitFor();
  const mails = await chloe.page.context().newPage();
  await mails.goto(`${stage.url}/demo/mail`);
  const mail = await openNewestMail(mails, 'chloe@demo.example', `Share Created: ${folder}`);
  for (const text of ['Manager', 'View', 'Here are the people']) await mail.getByText(text).first().waitFor();
  await mail.getByRole('link', { name: 'Accept Share' }).click();
  await mails.getByRole('heading', { name: `Ada Démo has shared their “${folder}” folder with you.` }).waitFor();
  assert.equal(await mails.getByLabel('Name', { exact: true }).inputValue(), folderAtChloe);
  await mails.getByRole('button', { name: 'Accept Share' }).click();
  await listTitle(mails, folderAtChloe).waitFor();
  await line.getByText('Accepted', { exact: true }).waitFor();
  await chloe.folder(folderAtChloe).getByText('Ada Démo · Manager').waitFor();
});

test('D. Edit, Resend, Revoke', async () => {
  await chloe.openFolder(folderAtChloe);
  await chloe.button('New Contact').waitFor();
  const line = ada.dialog('Folder Properties').getByRole('listitem').filter({ hasText: 'chloe@demo.example' });
  await line.getByText('Edit', { exact: true }).click();
  await chooseRadio(ada.dialog('Edit Share'), 'Role', 'Viewer');
  await ada.dialog('Edit Share').getByRole('button', { name: 'OK' }).click();
  await chloe.folder(folderAtChloe).getByText('Ada Démo · Viewer').waitFor();
  await chloe.button('New Contact').waitFor({ state: 'detached' });
  await line.getByText('Resend', { exact: true }).click();
  await ada.dialog('Resend Notice').getByRole('button', { name: 'Resend' }).click();
  await ada.message('sent').waitFor();
  await line.getByText('Revoke', { exact: true }).click();
  await ada.dialog('Revoke Share').getByRole('button', { name: 'Revoke' }).click();
  await chloe.folder(folderAtChloe).waitFor({ state: 'detached' });
});
