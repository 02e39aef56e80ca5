/** « Rechercher des partages… »: what waits to be accepted, and what colleagues let one ask for. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { openNewestMail } from './kit/mailbox.ts';
import { openProgram } from './kit/program.ts';
import type { Program } from './kit/program.ts';
import { choose, chooseRadio } from './kit/screen.ts';
import type { Screen } from './kit/screen.ts';
import { closeMessages, takePicture } from './kit/screenshot.ts';
import { startStage } from './kit/stage.ts';
import type { Stage } from './kit/stage.ts';

let stage: Stage;
let ada: Screen;
let ben: Screen;
let adas: Program;
let shared: string;

before(async () => {
  stage = await startStage();
  adas = await openProgram(stage, 'ada');
  const bens = await openProgram(stage, 'ben');
  shared = await adas.create('AddressBook', { name: 'Rédactions' });
  await adas.create('AddressBook', { name: 'Laboratoires partenaires' });
  await adas.create('Share', { addressBookId: shared, principalId: bens.own, role: 'manager' });
  await bens.update('ShareInvitation', shared, { status: 'declined' });
  [ada, ben] = await Promise.all([stage.enter('Ada Démo'), stage.enter('Ben Démo')]);
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

async function search(person: Screen): Promise<ReturnType<Screen['dialog']>> {
  await person.button('Actions pour « Liste des contacts »').click();
  await person.menuEntry('Rechercher des partages…').click();
  const dialog = person.dialog('Rechercher des partages');
  await dialog.getByRole('searchbox').waitFor();
  return dialog;
}

test('an owner offers a folder in the directory, with what it is about', async () => {
  await ada.chooseForFolder('Laboratoires partenaires', 'Éditer propriétés');
  const dialog = ada.dialog('Propriétés du dossier');
  await choose(dialog, 'Proposé dans l’annuaire', 'À un groupe');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await dialog.getByText('Choisissez un groupe de l’annuaire.').waitFor();
  await choose(dialog, 'Proposé dans l’annuaire', 'À toute l’organisation');
  await dialog.getByLabel('Description').fill('Laboratoires avec lesquels nous avons une convention.');
  await expectAccessible(ada.page, 'offering a folder');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await dialog.waitFor({ state: 'detached' });
});

test('a colleague finds it by its owner or its words, asks for it, and what was declined is accepted after all', async () => {
  const { page } = ben;
  const dialog = await search(ben);
  await dialog.getByText('Laboratoires partenaires').waitFor();
  await dialog.getByText('Refusé auparavant').waitFor();
  await expectAccessible(page, 'finding shares');
  await takePicture(page, 'find-shares');
  const box = dialog.getByRole('searchbox');
  await box.fill('zzz');
  await dialog.getByText('Aucun partage trouvé.').nth(1).waitFor();
  await box.fill('ada convention');
  await dialog.getByText('Laboratoires partenaires').waitFor();
  await dialog.getByRole('button', { name: 'Demander l’accès à « Laboratoires partenaires » d’Ada Démo' }).click();
  await dialog.getByLabel('Message au propriétaire').fill('Pour préparer le colloque.');
  await expectAccessible(page, 'asking for access');
  await dialog.getByRole('button', { name: 'Envoyer la demande' }).click();
  await dialog.getByText('Demande envoyée').waitFor();
  await box.fill('');
  await dialog.getByRole('button', { name: 'Accepter « Rédactions » d’Ada Démo' }).click();
  await dialog.getByRole('button', { name: 'Accepter « Rédactions » d’Ada Démo' }).waitFor({ state: 'detached' });
  await closeMessages(ben);
  await dialog.getByRole('button', { name: 'Fermer' }).last().click();
  await ben.folder('Rédactions de Ada Démo').waitFor();
});

test('the way to it stands on the page of shares as well', async () => {
  const other = await stage.enter('Chloé Démo');
  await other.page.goto(`${stage.url}/preferences/sharing`);
  await other.button('Rechercher des partages…').click();
  await other.dialog('Rechercher des partages').getByText('Laboratoires partenaires').waitFor();
});

test('on a phone, at night, it is all there as well', async () => {
  const phone = await stage.enter('Ben Démo', { colorScheme: 'dark', viewport: { width: 320, height: 640 } });
  const dialog = await search(phone);
  await dialog.getByText('Demande envoyée').waitFor();
  await expectAccessible(phone.page, 'finding shares, dark, on a phone');
  await expectNoSidewaysScroll(phone.page, 'finding shares, on a phone');
});

test('the owner gives access with one press, and the folder stands among those of who asked', async () => {
  // Something else waits for Ada in the demonstration.
  await ada.button('Partages : 2 nouveautés').click();
  await ada.page.getByText('Pour préparer le colloque.').waitFor();
  await expectAccessible(ada.page, 'the bell with a request');
  await takePicture(ada.page, 'access-request-bell');
  await ada.button('Donner l’accès à Ben Démo : Visionneur').click();
  await ada.message('Ben Démo a maintenant accès à « Laboratoires partenaires »').waitFor();
  await ben.folder('Laboratoires partenaires de Ada Démo').getByText('Ada Démo · Visionneur').waitFor();
  await ben.button('Partages : 1 nouveauté').click();
  await ben.page.getByText('Ada Démo vous donne accès à « Laboratoires partenaires ».').waitFor();
  await ben.button('Masquer l’annonce sur « Laboratoires partenaires »').click();
  await ben.page.getByText('Rien de nouveau').waitFor();
});

test('from the mail the owner chooses another role', async () => {
  const chloes = await openProgram(stage, 'chloe');
  const { list } = (await chloes.call('ListedFolder/query')) as { list: { addressBookId: string }[] };
  assert.equal(list.length, 1);
  await chloes.create('AccessRequest', { addressBookId: list[0]!.addressBookId, note: 'Merci !' });
  const { page } = ada;
  await page.goto(`${stage.url}/demo/mail`);
  const mail = await openNewestMail(page, 'ada@demo.example', 'Demande d’accès', 'Chloé Démo');
  await page.goto((await mail.getByRole('link', { name: 'Répondre à la demande' }).getAttribute('href'))!);
  await page.getByRole('heading', { name: 'Chloé Démo demande l’accès à « Laboratoires partenaires »' }).waitFor();
  await expectAccessible(page, 'the page of a request');
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page, 'the page of a request, on a phone');
  await page.setViewportSize({ width: 1280, height: 800 });
  await chooseRadio(page.getByRole('article'), 'Rôle', 'Contributeur');
  await ada.button('Donner l’accès').click();
  await ada.message('Chloé Démo a maintenant accès').waitFor();
  const { list: books } = (await chloes.call('AddressBook/get', { accountId: adas.own })) as {
    list: { sharedName: string; myRights: { mayAdd: boolean; mayWrite: boolean } }[];
  };
  const { myRights } = books.find(({ sharedName }) => sharedName === 'Laboratoires partenaires')!;
  assert.deepEqual([myRights.mayAdd, myRights.mayWrite], [true, false]);
});
