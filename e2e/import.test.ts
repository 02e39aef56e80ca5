/** Import and export in a browser: a file is dropped, looked at, imported, taken back; a table with columns of one's own; a report. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, test } from 'node:test';
import { unzipSync } from 'fflate';
import type { Locator } from 'playwright-core';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { chooseRadio, firstNames, type Screen, until } from './kit/screen.ts';
import { takePicture } from './kit/screenshot.ts';
import { type Stage, startStage } from './kit/stage.ts';

let stage: Stage;

before(async () => {
  stage = await startStage();
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

/** Drags a file from the desktop onto an element and lets it go. */
async function drop({ page }: Screen, target: Locator, name: string, octets: Buffer): Promise<void> {
  const dataTransfer = await page.evaluateHandle(`(() => {
    const bytes = Uint8Array.from(atob(${JSON.stringify(octets.toString('base64'))}), (one) => one.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], ${JSON.stringify(name)}));
    return data;
  })()`);
  await target.dispatchEvent('dragover', { dataTransfer });
  await target.dispatchEvent('drop', { dataTransfer });
}

const fixture = (name: string) => readFile(`test/fixtures/import/${name}`);
const title = 'Importer des contacts';

test('A table of a French Outlook, dropped onto a folder, is shown, imported, and taken back', async () => {
  const ada = await stage.enter('Ada Démo');
  const { page } = ada;
  const before = await ada.folder('Partenaires').innerText();
  await drop(ada, ada.folder('Partenaires'), 'outlook.csv', await fixture('outlook-fr.csv'));
  const dialog = ada.dialog(title);
  await dialog.getByText('Tableau d’Outlook · 2 contacts').waitFor();
  await dialog.getByText('Mme Zoé Lefèvre').waitFor();
  await dialog.getByText('1 remarque').click();
  await dialog.getByText('Cette date n’en est pas une').waitFor();
  await expectAccessible(page, 'preview of an import');
  await takePicture(page, 'import');
  await dialog.getByRole('button', { name: 'Importer 2 contacts' }).click();
  await dialog.getByText('2 contacts ajoutés').waitFor();
  await expectAccessible(page, 'result of an import');
  await dialog.getByRole('button', { name: 'Annuler l’import' }).click();
  await dialog.getByText('Import annulé').waitFor();
  await dialog.getByRole('button', { name: 'Fermer' }).last().click();
  await until('the folder is as before', async () => (await ada.folder('Partenaires').innerText()) === before);
  await page.context().close();
});

test('What is in the folder already is told; merged, nothing comes twice', async () => {
  const ada = await stage.enter('Ada Démo');
  const file = await fixture('zimbra.csv');
  const dialog = ada.dialog(title);
  await ada.openFolder('Partenaires');
  for (const isAgain of [false, true]) {
    await drop(ada, ada.page.getByRole('grid'), 'zimbra.csv', file);
    await dialog.getByText('Tableau de Zimbra · 1 contact').waitFor();
    if (isAgain) await chooseRadio(dialog, 'Contacts déjà présents', 'Les fusionner');
    await dialog.getByRole('button', { name: 'Importer 1 contact' }).click();
    await dialog.getByText(isAgain ? '1 contact déjà présent' : '1 contact ajouté').waitFor();
    await dialog.getByRole('button', { name: 'Fermer' }).last().click();
  }
  await ada.page.context().close();
});

test('Columns of one’s own are chosen by keyboard, and remembered; the report is a table', async () => {
  const ada = await stage.enter('Ada Démo');
  const { page } = ada;
  const table = Buffer.from('Qui;Où joindre;Date de naissance\nAda Sept;sept@demo.example;31/02/1970\n;;\n');
  await ada.chooseForFolder('Partenaires', 'Importer…');
  const dialog = ada.dialog(title);
  const choosing = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'Choisir un fichier…' }).press('Enter');
  await (await choosing).setFiles({ name: 'liste.csv', mimeType: 'text/csv', buffer: table });
  await dialog.getByText('2 colonnes n’ont pas été reconnues').waitFor();
  await dialog.getByRole('combobox', { name: 'La colonne «\u202fQui\u202f» devient' }).selectOption('Nom complet');
  await dialog.getByRole('listitem').getByText('Ada Sept').waitFor();
  await dialog.getByRole('combobox', { name: /Où joindre/u }).selectOption('Adresse mail');
  await dialog.getByRole('listitem').getByText('sept@demo.example').waitFor();
  await expectAccessible(page, 'columns of an import');
  await dialog.getByRole('button', { name: 'Importer 1 contact' }).click();
  await dialog.getByText('1 ligne non importée').waitFor();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Télécharger le rapport' }).click();
  const report = await readFile(await (await download).path(), 'utf8');
  assert.match(report, /;3;non;[^\r\n]*rien ici/u);
  assert.match(report, /;2;oui;[^\r\n]*31\/02\/1970/u);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await drop(ada, ada.folder('Partenaires'), 'liste.csv', table);
  await dialog.getByText('Les colonnes sont lues comme la dernière fois.').waitFor();
  await page.context().close();
});

test('A file that holds no contacts is refused with what to do', async () => {
  const ada = await stage.enter('Ada Démo');
  await drop(ada, ada.folder('Partenaires'), 'contacts.pst', Buffer.from('!BDN contacts'));
  await ada.dialog(title).getByText('C’est un fichier d’Outlook').waitFor();
  await ada.dialog(title).getByRole('button', { name: 'Choisir un fichier…' }).waitFor();
  await ada.page.context().close();
});

test('On a phone, and in the dark, an import is looked at without scrolling sideways', async () => {
  const phone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true, colorScheme: 'dark' } as const;
  const ada = await stage.enter('Ada Démo', phone);
  await drop(ada, ada.folder('Partenaires'), 'liste.csv', await fixture('own-mac.csv'));
  await ada.dialog(title).getByText('1 colonne n’a pas été reconnue').waitFor();
  await expectNoSidewaysScroll(ada.page, 'import on a phone');
  await expectAccessible(ada.page, 'import on a phone');
  await takePicture(ada.page, 'phone-import');
  await ada.page.context().close();
});

test('A folder is exported for Outlook, chosen contacts as vCard, and everything as an archive', async () => {
  const ada = await stage.enter('Ada Démo');
  const { page } = ada;
  const exported = async (start: () => Promise<void>): Promise<Buffer> => {
    const download = page.waitForEvent('download');
    await start();
    return readFile(await (await download).path());
  };
  const dialog = ada.dialog('Exporter des contacts');
  await ada.chooseForFolder('Partenaires', 'Exporter…');
  await dialog.waitFor();
  await expectAccessible(page, 'export');
  const submit = () => dialog.getByRole('button', { name: 'Exporter' }).click();
  const csv = (await exported(submit)).toString();
  assert.match(csv, /^\ufeffTitre;Prénom;Deuxième prénom;Nom;/u);
  await ada.openFolder('Partenaires');
  const [name] = await firstNames(ada, 1);
  await ada.chooseForContact(name!, 'Exporter…');
  await dialog.getByRole('button', { name: 'Format' }).click();
  await page.getByRole('option', { name: /^vCard 3\.0/u }).click();
  const cards = (await exported(submit)).toString();
  assert.equal(cards.match(/BEGIN:VCARD/gu)?.length, 1);
  await ada.button('Actions pour «\u202fListe des contacts\u202f»').click();
  await ada.menuEntry('Exporter…').click();
  const files = unzipSync(new Uint8Array(await exported(submit)));
  assert.ok('Partenaires.csv' in files, Object.keys(files).join());
  assert.equal(Buffer.from(files['Partenaires.csv']!).toString(), csv);
  await page.context().close();
});
