/** The walkthrough in an organisation: its directory (slapd), its mail server (Postfix), its mailboxes (Dovecot). */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTransport } from 'nodemailer';
import type { Browser, Page } from 'playwright-core';
import { change, groupDn } from '../test/kit/ldap/people.ts';
import { startBrowser } from './kit/browser.ts';
import { startOrganisation } from './kit/organisation.ts';
import type { Organisation } from './kit/organisation.ts';
import { choose, chooseRadio, type Screen, until } from './kit/screen.ts';
import { closeMessages, takePicture } from './kit/screenshot.ts';

const folder = 'Salon de l’orientation';
const folderOfAda = `${folder} de Ada Démo`;
const collected = 'Personnes contactées par mail';

let browser: Browser;
let organisation: Organisation;
let ada: Screen;

before(async () => {
  browser = await startBrowser();
  organisation = await startOrganisation(browser);
});
after(async () => {
  await browser?.close();
  await organisation?.stop();
});

/** The newest of so many mails in somebody's mailbox, in another tab of their browser. */
async function openMail({ page }: Screen, address: string, count: number): Promise<Page> {
  const mail = (await organisation.dovecot.mailsOf(address, count)).at(-1)!;
  const tab = await page.context().newPage();
  await tab.setContent(String(mail.html));
  return tab;
}

test('Ada comes in with her login and the password of the directory, and makes a folder', async () => {
  ada = await organisation.enter('ada');
  await ada.chooseForFolder('Contacts', 'Nouveau dossier de contacts');
  const dialog = ada.dialog('Créer un dossier de contacts');
  await dialog.getByLabel('Nom', { exact: true }).fill(folder);
  await dialog.getByRole('button', { name: 'OK' }).click();
  await ada.folder(folder).waitFor();
});

test('the dialog completes from the directory, accents or not, and shares with a person and a group of groups', async () => {
  await ada.chooseForFolder(folder, 'Partager un dossier de contacts');
  const dialog = ada.dialog('Propriétés du partage');
  const addresses = dialog.getByRole('combobox', { name: 'Adresses mail' });
  await addresses.pressSequentially('demo bene');
  await ada.page.getByRole('option', { name: 'Bénédicte Démo' }).waitFor();
  await addresses.fill('be');
  await ada.page.getByRole('option', { name: 'Chimie' }).waitFor();
  await ada.page.getByRole('option', { name: 'ben@demo.example' }).click();
  await addresses.pressSequentially('acc');
  const group = ada.page.getByRole('option', { name: 'Accueil' });
  assert.match(await group.innerText(), /2 membres/u);
  await takePicture(ada.page, 'organisation-directory');
  await group.click();
  await chooseRadio(dialog, 'Rôle', 'Gestionnaire');
  await choose(dialog, 'Message', 'Ajouter une note au mail standard');
  await dialog.getByLabel('Note', { exact: true }).fill('Bonjour, voici les contacts du salon.');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await ada.message('2 partages créés').waitFor();
});

test('the mail is in Ben’s mailbox; its button accepts, and the folder stands among his own', async () => {
  const ben = await organisation.enter('ben');
  const mail = await openMail(ben, 'ben@demo.example', 1);
  await mail.getByText('voici les contacts du salon').waitFor();
  await mail.getByRole('link', { name: 'Accepter le partage' }).click();
  await mail
    .getByRole('main')
    .getByRole('button', { name: /^Accepter/u })
    .click();
  await mail.waitForURL(/\/folders\//u);
  await ben.folder(folderOfAda).waitFor();
});

test('everybody in the group of groups got a mail; who declines it has no folder', async () => {
  const chloe = await organisation.enter('chloe');
  const mail = await openMail(chloe, 'chloe@demo.example', 1);
  await mail.getByRole('link', { name: 'Refuser le partage' }).click();
  await mail
    .getByRole('main')
    .getByRole('button', { name: /^Refuser/u })
    .first()
    .click();
  await mail
    .getByText(/refusé/u)
    .first()
    .waitFor();
  assert.equal(await chloe.folder(folderOfAda).count(), 0);
});

test('who leaves the innermost group has the folder no more, in a window that is open', async () => {
  const dora = await organisation.enter('dora');
  const mail = await openMail(dora, 'dora@demo.example', 1);
  await mail.getByRole('link', { name: 'Accepter le partage' }).click();
  await mail
    .getByRole('main')
    .getByRole('button', { name: /^Accepter/u })
    .click();
  await dora.folder(folderOfAda).waitFor();
  await dora.openFolder(folderOfAda);
  await dora.page.evaluate('globalThis.wasHereFromTheStart = true');
  await organisation.slapd.asAdmin((client) => change(client, groupDn('Etudiants'), { memberUid: 'ben' }));
  await until('the folder is gone', async () => (await dora.folder(folderOfAda).count()) === 0, 30_000);
  assert.equal(await dora.page.evaluate('globalThis.wasHereFromTheStart'), true);
});

test('a mail from Ada’s mail program to four people puts them into her folder', async () => {
  const transport = createTransport({ host: '127.0.0.1', port: organisation.submissionPort, ignoreTLS: true });
  await transport.sendMail({
    from: 'Ada Démo <ada@demo.example>',
    to: ['Marie Partenaire <marie@partner.example>', '"Partenaire, Paul" <paul@partner.example>'],
    cc: ['Zoé Client <zoe@client.example>', 'info@client.example'],
    subject: 'Salon',
    text: 'Bonjour',
  });
  transport.close();
  await closeMessages(ada);
  await ada.openFolder(collected);
  for (const name of ['marie@partner.example', 'paul@partner.example', 'zoe@client.example', 'info@client.example'])
    await ada.page.getByText(name).first().waitFor({ timeout: 20_000 });
  await takePicture(ada.page, 'organisation-collected');
});

/** Since when the directory does not answer, as the server says to Ada's window. */
function downSince(): Promise<unknown> {
  return ada.page.evaluate(`(async () => {
    const { primaryAccounts } = await (await fetch('/jmap/session')).json();
    const using = ['urn:ietf:params:jmap:core', 'https://coterie.example/jmap/contacts'];
    const args = { accountId: primaryAccounts['urn:ietf:params:jmap:contacts'], text: 'chloe' };
    const body = JSON.stringify({ using, methodCalls: [['Suggestion/query', args, 'c']] });
    const headers = { 'Content-Type': 'application/json' };
    const reply = await (await fetch('/jmap/api', { method: 'POST', headers, body })).json();
    return reply.methodResponses[0][1].directoryDownSince;
  })()`);
}

test('when the directory is stopped the dialog says so and offers who was known; nobody is thrown out', async () => {
  await organisation.slapd.stop();
  await until('the server knows it', async () => Boolean(await downSince()), 30_000);
  await ada.chooseForFolder(folder, 'Partager un dossier de contacts');
  const dialog = ada.dialog('Propriétés du partage');
  await dialog.getByRole('combobox', { name: 'Adresses mail' }).pressSequentially('chl');
  await ada.page.getByRole('option', { name: 'Chloé Démo' }).waitFor();
  await dialog.getByText('L’annuaire ne répond pas').waitFor();
  await takePicture(ada.page, 'organisation-down');
  await organisation.slapd.start();
  await until('the server knows that it is back', async () => (await downSince()) === null, 60_000);
});
