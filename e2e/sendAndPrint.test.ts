/** Writing to several, copying addresses, a code for a telephone, and printing. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { parseVCard } from '../src/format/vcard/parse.ts';
import { expectAccessible } from './kit/accessibility.ts';
import { openProgram } from './kit/program.ts';
import { readQrCode } from './kit/qrCode.ts';
import { chooseRadio, type Screen } from './kit/screen.ts';
import { type Stage, startStage } from './kit/stage.ts';

/** The page on which the organisation writes its mails. */
const webmail = createServer((_request, response) => response.end('<title>Nouveau mail</title>'));
let stage: Stage;
let ada: Screen;
const many = 90;

before(async () => {
  webmail.listen(0, '127.0.0.1');
  await once(webmail, 'listening');
  const { port } = webmail.address() as AddressInfo;
  stage = await startStage({}, { COTERIE_COMPOSE_URL: `http://127.0.0.1:${port}/compose?to={to}&bcc={bcc}` });
  ada = await stage.enter('Ada Démo');
  const program = await openProgram(stage, 'ada');
  const few = await program.create('AddressBook', { name: 'Trois' });
  const crowd = await program.create('AddressBook', { name: 'Foule' });
  const card = (bookId: string, index: number) => ({
    addressBookIds: { [bookId]: true },
    name: { components: [{ kind: 'surname', value: `Fictif ${String(index).padStart(2, '0')}` }] },
    emails: { e: { address: `fictif.${index}@demo.example` } },
    ...(index < 2 ? { addresses: { a: { full: `${index + 1}, rue de la Démo\n99000 Exempleville` } } } : {}),
  });
  await program.create('ContactCard', {
    addressBookIds: { [await program.create('AddressBook', { name: 'Code' })]: true },
    name: {
      components: [
        { kind: 'given', value: 'Zoé' },
        { kind: 'surname', value: 'Démo' },
      ],
    },
    phones: { p: { number: '+33 1 99 00 12 34' } },
    notes: { n: { note: 'Pas pour les téléphones' } },
  });
  for (let index = 0; index < 3; index++) await program.create('ContactCard', card(few, index));
  for (let index = 0; index < many; index++) await program.create('ContactCard', card(crowd, index));
});
after(async () => {
  await stage.stop();
  webmail.close();
});
afterEach(() => stage.expectNoProblems());

async function chooseForAll(folder: string, entry: string): Promise<void> {
  await ada.openFolder(folder);
  await ada.list.getByRole('checkbox').first().waitFor();
  await ada.list.focus();
  await ada.page.keyboard.press('Control+A');
  await ada.list.getByRole('row').first().click({ button: 'right' });
  await ada.menuEntry(entry).click();
}

test('addresses are copied as one pastes them into a mail', async () => {
  await chooseForAll('Trois', 'Copier les adresses mail');
  await ada.message('3 adresses copiées').waitFor();
  assert.equal(
    await ada.page.evaluate('navigator.clipboard.readText()'),
    'Fictif 00 <fictif.0@demo.example>, Fictif 01 <fictif.1@demo.example>, Fictif 02 <fictif.2@demo.example>',
  );
});

test('a few are written to at once, on the page of the webmail', async () => {
  const opened = ada.page.context().waitForEvent('page');
  await chooseForAll('Trois', 'Nouveau mail');
  const page = await opened;
  await page.waitForURL('**/compose?**');
  const { searchParams } = new URL(page.url());
  assert.equal(searchParams.get('to'), 'fictif.0@demo.example,fictif.1@demo.example,fictif.2@demo.example');
  await page.close();
});

test('very many are written to mail by mail, without seeing each other', async () => {
  await chooseForAll('Foule', 'Nouveau mail');
  const dialog = ada.dialog(`Nouveau mail à ${many} destinataires`);
  await dialog.getByRole('checkbox', { name: 'En copie cachée (Cci)' }).waitFor();
  await expectAccessible(ada.page, 'several mails');
  const mails = dialog.getByRole('button', { name: /^Mail \d/u });
  assert.ok((await mails.count()) > 1);
  const opened = ada.page.context().waitForEvent('page');
  await mails.first().click();
  const page = await opened;
  await page.waitForURL('**/compose?**');
  const { searchParams } = new URL(page.url());
  assert.equal(searchParams.get('to'), '');
  assert.match(searchParams.get('bcc') ?? '', /^fictif\.0@demo\.example,/u);
  await page.close();
  await dialog.getByText('Ouvert', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Fermer' }).last().click();
});

test('a telephone reads a card from the code that is shown of it', async () => {
  await ada.openFolder('Code');
  await ada.contact('Démo, Zoé').click();
  await ada.page.getByRole('region', { name: 'Fiche' }).getByRole('button', { name: 'Autres actions' }).click();
  await ada.menuEntry('QR code').click();
  const { lines } = parseVCard(await readQrCode(ada.page.getByRole('img', { name: 'QR code de Zoé Démo' })));
  assert.deepEqual(Object.fromEntries(lines.map(({ name, value }) => [name, value])), {
    VERSION: '3.0',
    FN: 'Zoé Démo',
    N: 'Démo;Zoé;;;',
    TEL: '+33 1 99 00 12 34',
  });
  await expectAccessible(ada.page, 'a code');
  await ada.page.keyboard.press('Escape');
});

/** Prints without a printer: what the page holds while the dialog of the browser would be open. */
async function printed(layout: string, title: string): Promise<{ text: string; pages: number }> {
  await ada.page.evaluate("window.print = () => document.body.setAttribute('data-asked-to-print', '')");
  await chooseRadio(ada.dialog(title), 'Présentation', layout);
  await ada.dialog(title).getByRole('button', { name: 'Imprimer', exact: true }).click();
  await ada.page.locator('body[data-asked-to-print]').waitFor({ state: 'attached' });
  const text = await ada.page.locator('body > [data-print]').evaluate((sheets) => sheets.textContent ?? '');
  const pdf = (await ada.page.pdf({ preferCSSPageSize: true })).toString('latin1');
  await ada.page.evaluate("document.body.removeAttribute('data-asked-to-print')");
  await ada.page.evaluate("dispatchEvent(new Event('afterprint'))");
  await ada.dialog(title).waitFor({ state: 'detached' });
  return { text, pages: pdf.match(/\/Type\s*\/Page\b/gu)?.length ?? 0 };
}

test('a list is printed with the heads of its columns, and nothing of the page around it', async () => {
  await chooseForAll('Trois', 'Imprimer…');
  await expectAccessible(ada.page, 'printing');
  const { text, pages } = await printed('Liste', 'Imprimer 3 contacts');
  assert.equal(pages, 1);
  assert.match(text, /Nom.*Fictif 00.*fictif\.0@demo\.example.*Exempleville/u);
});

test('cards are printed with all that they say', async () => {
  await chooseForAll('Trois', 'Imprimer…');
  const { text } = await printed('Fiches', 'Imprimer 3 contacts');
  assert.match(text, /Fictif 02/u);
});

test('labels are printed for those who have an address, as many to a sheet as it has', async () => {
  await chooseForAll('Foule', 'Imprimer…');
  const { text, pages } = await printed('Étiquettes', `Imprimer ${many} contacts`);
  assert.equal(pages, 1);
  assert.equal(text.match(/Exempleville/gu)?.length, 2);
  assert.doesNotMatch(text, /Fictif 02/u);
});
