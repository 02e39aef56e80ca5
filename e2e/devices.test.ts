/** Preferences › Appareils: a password is made, copied, used by a program, revoked, and given back; with axe on the way. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, test } from 'node:test';
import { basicHeader } from '../test/kit/person.ts';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { readQrCode } from './kit/qrCode.ts';
import { choose, chooseRadio, type Screen } from './kit/screen.ts';
import { type Stage, startStage } from './kit/stage.ts';

let stage: Stage;

before(async () => {
  stage = await startStage();
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

/** What a device answers to: 207 when it is let in. */
async function homeStatus(password: string): Promise<number> {
  const answer = await fetch(`${stage.url}/dav/`, {
    method: 'PROPFIND',
    headers: { Authorization: basicHeader('ada@demo.example', password), Depth: '0' },
  });
  await answer.text();
  return answer.status;
}

async function openDevices(screen: Screen): Promise<void> {
  await screen.page.goto(`${stage.url}/preferences/devices`);
  await screen.page.getByRole('heading', { name: 'Mots de passe d’application' }).waitFor();
}

/** Makes one; its secret, as it stands in the clipboard. */
async function makeDevice(screen: Screen, name: string): Promise<string> {
  const { page } = screen;
  await screen.button('Ajouter un appareil').click();
  const dialog = screen.dialog('Ajouter un appareil');
  await dialog.getByLabel('Nom de l’appareil').fill(name);
  await dialog.getByRole('button', { name: 'Créer le mot de passe' }).click();
  const made = page.getByRole('dialog', { name: `Mot de passe de «\u202f${name}\u202f»` });
  await made.getByRole('button', { name: 'Copier le mot de passe d’application' }).click();
  await made.getByRole('button', { name: 'Copié' }).waitFor();
  const secret = String(await page.evaluate('navigator.clipboard.readText()'));
  assert.equal(await made.getByLabel('Mot de passe d’application', { exact: true }).inputValue(), secret);
  const code = made.getByRole('img', { name: 'Code QR du mot de passe d’application' });
  assert.equal(await readQrCode(code), secret);
  return secret;
}

test('A password is made, copied, let in, revoked, and let in again after « Annuler »', async () => {
  const ada = await stage.enter('Ada Démo');
  const { page } = ada;
  await openDevices(ada);
  await page.getByText('Aucun appareil pour le moment.').waitFor();
  const secret = await makeDevice(ada, 'iPhone d’Ada');
  assert.equal(await homeStatus(secret), 207);
  await ada.button('Terminé').click();
  await page.getByText('iPhone d’Ada').waitFor();
  assert.equal((await page.content()).includes(secret), false);
  await page.reload();
  // It is kept to the hour, and an hour may begin just now.
  await page.getByText(/^Tous les dossiers · Utilisé (?:dans l’heure|il y a 1 heure)$/u).waitFor();
  await ada.button('Révoquer «\u202fiPhone d’Ada\u202f»').click();
  await page.getByText('Aucun appareil pour le moment.').waitFor();
  // Nothing is left of the list that had the focus: the keyboard goes on from the page.
  await page.locator('main:focus').waitFor();
  assert.equal(await homeStatus(secret), 401);
  await ada.undo('n’a plus accès', 'Annuler');
  await ada.button('Révoquer «\u202fiPhone d’Ada\u202f»').waitFor();
  assert.equal(await homeStatus(secret), 207);
  await page.context().close();
});

test('The steps for a Mac name the one address book that it gets, as the server calls it', async () => {
  const ada = await stage.enter('Ada Démo');
  const { page } = ada;
  await openDevices(ada);
  const mac = page.getByRole('group').filter({ has: page.getByText('Mac', { exact: true }) });
  await mac.getByText('Mac', { exact: true }).click();
  await mac.getByText('«\u202fTous les contacts\u202f»').waitFor();
  await mac.getByText('vont dans votre dossier par défaut').waitFor();
  await page.context().close();
});

test('One for a folder, read-only, says so; without a name none is made', async () => {
  const ada = await stage.enter('Ada Démo');
  await openDevices(ada);
  await ada.button('Ajouter un appareil').click();
  const dialog = ada.dialog('Ajouter un appareil');
  await dialog.getByRole('button', { name: 'Créer le mot de passe' }).click();
  await dialog.getByText('Donnez un nom à l’appareil').waitFor();
  await dialog.getByLabel('Nom de l’appareil').fill('Borne d’accueil');
  await chooseRadio(dialog, 'Accès', 'Un seul dossier');
  await choose(dialog, 'Dossier', 'Partenaires');
  await dialog.getByText('Lecture seule').click();
  await ada.page.keyboard.press('Tab');
  await dialog.getByRole('button', { name: 'Créer le mot de passe' }).click();
  await ada.button('Terminé').click();
  await ada.page.getByText('Le dossier «\u202fPartenaires\u202f» · lecture seule · Jamais utilisé').waitFor();
  await ada.page.context().close();
});

test('The profile for Apple holds the password that was just made, and no request has carried it', async () => {
  const ada = await stage.enter('Ada Démo');
  const { page } = ada;
  await openDevices(ada);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url() + (request.postData() ?? '')));
  const secret = await makeDevice(ada, 'Mac');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    ada.button('Télécharger le profil avec ce mot de passe').click(),
  ]);
  assert.equal(download.suggestedFilename(), 'coterie.mobileconfig');
  const profile = await readFile(await download.path(), 'utf8');
  assert.ok(profile.includes(`<key>CardDAVPassword</key><string>${secret}</string>`));
  assert.ok(profile.includes('<key>CardDAVUsername</key><string>ada@demo.example</string>'));
  assert.ok(asked.every((request) => !request.includes(secret)));
  await page.context().close();
});

test('A folder that is unticked is not offered to devices', async () => {
  const ada = await stage.enter('Ada Démo');
  const { page } = ada;
  await openDevices(ada);
  const secret = await makeDevice(ada, 'Android');
  await ada.button('Terminé').click();
  const box = page
    .getByRole('group', { name: 'Dossiers proposés aux appareils' })
    .getByRole('checkbox', { name: 'Partenaires' });
  await box.waitFor();
  const isOffered = async () => {
    const headers = { Authorization: basicHeader('ada@demo.example', secret) };
    const session = (await (await fetch(`${stage.url}/jmap/session`, { headers })).json()) as {
      primaryAccounts: Record<string, string>;
    };
    const [accountId] = Object.values(session.primaryAccounts);
    const home = await fetch(`${stage.url}/dav/addressbooks/${accountId}/`, {
      method: 'PROPFIND',
      headers: { ...headers, Depth: '1' },
    });
    return (await home.text()).includes('>Partenaires<');
  };
  assert.equal(await isOffered(), true);
  await box.locator('xpath=ancestor::label').click();
  // It changes on the screen when the server has it.
  await page.getByRole('checkbox', { name: 'Partenaires', checked: false }).waitFor();
  assert.equal(await isOffered(), false);
  await page.context().close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1280, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`axe finds nothing wrong, and nothing is cut off, at ${viewport.width} pixels in ${colorScheme}`, async () => {
      const ben = await stage.open({ colorScheme, viewport });
      await ben.page.getByRole('button', { name: 'Ben Démo' }).click();
      await ben.page.getByRole('tree').waitFor();
      await openDevices(ben);
      for (const client of ['iPhone et iPad', 'Thunderbird']) await ben.page.getByText(client, { exact: true }).click();
      const code = ben.page.getByRole('img', { name: 'Code QR de l’adresse du serveur' });
      assert.equal(await readQrCode(code), new URL(stage.url).origin);
      const where = `devices, ${viewport.width} px, ${colorScheme}`;
      await expectAccessible(ben.page, where);
      await expectNoSidewaysScroll(ben.page, where);
      await takeLook(ben, `devices-${viewport.width}-${colorScheme}`);
      await ben.button('Ajouter un appareil').click();
      await ben.dialog('Ajouter un appareil').waitFor();
      await expectAccessible(ben.page, `${where}, the form`);
      await takeLook(ben, `devices-form-${viewport.width}-${colorScheme}`);
      await ben.page.keyboard.press('Escape');
      await makeDevice(ben, 'Téléphone');
      await expectAccessible(ben.page, `${where}, the password`);
      await expectNoSidewaysScroll(ben.page, where);
      await takeLook(ben, `devices-made-${viewport.width}-${colorScheme}`);
      await ben.page.context().close();
    });
  }
}

/** Pictures to judge by, where a folder for them is named. */
async function takeLook({ page }: Screen, name: string): Promise<void> {
  const folder = process.env['COTERIE_LOOKS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled', fullPage: true });
}
