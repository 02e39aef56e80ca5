/** « Invités externes »: from the dialog to the mail, the password, the folder, and its end. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator } from 'playwright-core';
import { openTestDatabase } from '../test/kit/testDatabase.ts';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { startBrowser } from './kit/browser.ts';
import { openNewestMail } from './kit/mailbox.ts';
import { chooseRadio, createScreen, firstNames, until } from './kit/screen.ts';
import type { Screen } from './kit/screen.ts';
import { takePicture } from './kit/screenshot.ts';
import { createDataFolder, startServer } from './kit/server.ts';
import type { Server } from './kit/server.ts';
import { openPage } from './kit/stage.ts';
import { shareLine } from './kit/steps.ts';

const ines = 'ines@ailleurs.example';
const password = 'un bon mot de passe';

let browser: Browser;
let server: Server;
let data: Awaited<ReturnType<typeof createDataFolder>>;
let ada: Screen;
let guest: Screen;

before(async () => {
  data = await createDataFolder();
  [browser, server] = await Promise.all([startBrowser(), startServer(data.path)]);
  ada = await open();
  await ada.signIn('Ada Démo');
  guest = await open();
});
after(async () => {
  await browser.close();
  await server.stop();
  await data.remove();
});

async function open(options: Parameters<typeof openPage>[1] = {}): Promise<Screen> {
  const page = await openPage(browser, options);
  await page.goto(server.url);
  return createScreen(page);
}

/** The address of the button in the newest mail to the guest. */
async function linkInMail(subject: string): Promise<string> {
  const { page } = guest;
  await page.goto(`${server.url}/demo/mail`);
  const mail = await openNewestMail(page, ines, subject);
  const link = (await mail.getByRole('link', { name: 'Ouvrir le dossier' }).getAttribute('href'))!;
  assert.match(link, /\/guest\//u);
  return link;
}

async function inProperties(look: (line: Locator) => Promise<void>): Promise<void> {
  await look(await shareLine(ada, 'Partenaires', ines));
  await ada.page.keyboard.press('Escape');
  await ada.dialog('Propriétés du dossier').waitFor({ state: 'detached' });
}

test('the owner shares a folder with an address outside, and sees that the guest has not come yet', async () => {
  await ada.chooseForFolder('Partenaires', 'Partager un dossier de contacts');
  const dialog = ada.dialog('Propriétés du partage');
  await chooseRadio(dialog, 'Partager avec', 'Invités externes');
  await dialog.getByRole('combobox', { name: 'Adresses mail' }).pressSequentially(`${ines},`);
  const roles = dialog.getByRole('radiogroup', { name: 'Rôle' }).getByRole('radio');
  assert.equal(await roles.count(), 2, 'guests look, and add at most');
  await dialog.getByRole('radio', { name: 'Contributeur' }).waitFor({ state: 'attached' });
  await dialog.getByRole('button', { name: 'OK' }).click();
  await dialog.waitFor({ state: 'detached' });
  await inProperties(async (line) => {
    await line.getByText('En attente').waitFor();
    await line.getByText(/Lien valable jusqu’au/u).waitFor();
  });
});

test('an expired link says whom to ask; the owner sends it again, and the old one is void', async () => {
  const old = await linkInMail('Partage créé : Partenaires');
  const db = await openTestDatabase(data.path);
  await db.transaction(async (tx) => {
    await tx.run(tx.build.updateTable('guest_invitation').set({ expires_at: '2020-01-01T00:00:00.000Z' }));
  });
  await db.close();
  const { page } = guest;
  await page.goto(old);
  await page.getByRole('heading', { name: 'Ce lien a expiré' }).waitFor();
  await page.getByText('Demandez à Ada Démo de renvoyer l’invitation').waitFor();
  await expectAccessible(page, 'expired link of a guest');
  await ada.page.reload();
  await ada.folder('Partenaires').waitFor();
  await inProperties(async (line) => {
    await line.getByText(/Lien expiré/u).waitFor();
    await line.getByRole('button', { name: /Renvoyer/u }).click();
    const resend = ada.dialog('Renvoyer la notification');
    await resend.getByRole('button', { name: 'Renvoyer' }).click();
    await resend.waitFor({ state: 'detached' });
  });
  await until('the mail is there', async () => (await linkInMail('Partage créé : Partenaires')) !== old);
  await page.goto(old);
  await page.getByRole('heading', { name: 'Cette invitation n’existe plus' }).waitFor();
  await expectAccessible(page, 'void link of a guest');
});

test('the guest chooses a name and a password; on a phone, in the dark and in English, too', async () => {
  const link = await linkInMail('Partage créé : Partenaires');
  const english = await open({ locale: 'en-GB', colorScheme: 'dark', viewport: { width: 390, height: 900 } });
  await english.page.goto(link);
  await english.page.getByRole('heading', { name: /Ada Démo invites you to look at/u }).waitFor();
  await expectAccessible(english.page, 'invitation of a guest, dark');
  await expectNoSidewaysScroll(english.page, 'invitation of a guest');
  await english.page.context().close();

  const { page } = guest;
  await page.goto(link);
  await page.getByRole('heading', { name: /Ada Démo vous invite à consulter/u }).waitFor();
  await expectAccessible(page, 'invitation of a guest');
  await takePicture(page, 'guest-welcome');
  await page.getByLabel('Prénom et nom').fill('Inès Dehors');
  await page.getByLabel('Mot de passe').fill('court');
  await guest.button('Ouvrir le dossier').click();
  await page.getByText('Au moins 10 caractères.').waitFor();
  await page.getByLabel('Mot de passe').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/folders\//u);
});

test('the guest sees the folder and nothing else, and can only look', async () => {
  const { page } = guest;
  await guest.list.waitFor();
  const entries = page.getByRole('treeitem');
  const seen = ['Partenaires de Ada Démo', 'Collectivités'];
  await entries.nth(seen.length - 1).waitFor();
  const names = (await entries.allInnerTexts()).map((text) => text.split('\n')[0]);
  assert.deepEqual(names, seen, 'no « Contacts », no « Personnes contactées », no « Corbeille »');
  const [first] = await firstNames(guest, 1);
  await guest.contact(first!).click();
  await page.getByRole('region', { name: 'Fiche du contact' }).getByRole('heading').first().waitFor();
  await takePicture(page, 'guest-folder');
  await expectAccessible(page, 'app of a guest');
  assert.equal(await guest.button('Modifier').count(), 0);
  await guest.button('Actions pour « Liste des contacts »').click();
  await guest.menuEntry('Gérer les partages').waitFor();
  assert.equal(await guest.menuEntry('Nouveau dossier de contacts').count(), 0);
  await page.keyboard.press('Escape');
  await page.goto(`${server.url}/preferences/sharing`);
  await page.getByRole('heading', { name: 'Dossiers partagés avec moi' }).waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Dossiers partagés par moi' }).count(), 0);
  await expectAccessible(page, 'preferences of a guest');
  await page.goto(`${server.url}/`);
  await guest.list.waitFor();
});

test('the owner sees that the guest came, and when, under the name they chose', async () => {
  await inProperties(async (line) => {
    await line.getByText('Inès Dehors').waitFor();
    await line.getByText('Accepté').waitFor();
    await line.getByText(/Venu le/u).waitFor();
    await takePicture(ada.page, 'guest-came');
  });
});

test('the end of the share empties the open window of the guest', async () => {
  const line = await shareLine(ada, 'Partenaires', ines);
  await line.getByRole('button', { name: /Retirer/u }).click();
  const dialog = ada.dialog('Retirer le partage');
  await dialog.getByRole('button', { name: 'Retirer' }).click();
  await dialog.waitFor({ state: 'detached' });
  const { page } = guest;
  await page.getByRole('heading', { name: 'Rien n’est partagé avec vous' }).first().waitFor();
  assert.equal(await page.getByRole('treeitem').count(), 0);
  await expectAccessible(page, 'guest with whom nothing is shared');
});
