/** « Copier vers… », « Garder la copie liée »: the copy follows, says what it follows, and where both changed. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { type Desk, named, openDesk, values } from './kit/desk.ts';
import { openProgram, type Program } from './kit/program.ts';
import { type Screen, until } from './kit/screen.ts';
import { takePicture } from './kit/screenshot.ts';

let desk: Desk;
let ben: Screen;
let benProgram: Program;
let id = '';
let copyId = '';
let mine = '';
let shareId = '';
let copyAddress = '';

before(async () => {
  desk = await openDesk();
  id = await desk.makeCard({
    name: named('Inès', 'Ménard'),
    titles: { t: { name: 'Attachée de presse' } },
    emails: { e: { address: 'ines.menard@demo.example' } },
  });
  benProgram = await openProgram(desk.stage, 'ben');
  const share = { addressBookId: desk.bookId, email: 'ben@demo.example', role: 'viewer' };
  shareId = await desk.program.create('Share', share);
  await benProgram.update('ShareInvitation', desk.bookId, { status: 'accepted' });
  mine = await benProgram.create('AddressBook', { name: 'Mes copies' });
  ben = await desk.stage.enter('Ben Démo');
});
after(() => desk.stage.stop());
afterEach(() => desk.stage.expectNoProblems());

const link = () => ben.page.getByRole('region', { name: 'Copie liée' });
const copied = async () => (await benProgram.get('ContactCard', copyId))!;

test('a viewer copies a contact and keeps it linked; the copy says what it follows, and leads there', async () => {
  const { page } = ben;
  await page.goto(`${desk.stage.url}/folders/${desk.program.own}/${desk.bookId}/${id}`);
  await page.getByRole('region', { name: 'Fiche du contact' }).getByRole('button', { name: 'Copier vers…' }).click();
  const dialog = ben.dialog('Copier 1 contact');
  await dialog.getByRole('option', { name: 'Mes copies' }).click();
  await dialog.locator('label').filter({ hasText: 'Garder la copie liée à l’original' }).click();
  await expectAccessible(page, 'a linked copy is about to be made');
  await takePicture(page, 'linked-copy-dialog');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await ben.message('1 contact copié').waitFor();
  await ben.openFolder('Mes copies');
  await ben.contact('Ménard, Inès').click();
  await link().getByText('Copie liée de Ménard, Inès dans « Fiches de Ada Démo ».').waitFor();
  copyAddress = page.url();
  copyId = copyAddress.split('/').at(-1)!;
  await expectAccessible(page, 'a linked copy');
  await takePicture(page, 'linked-copy');
  await link().getByRole('link', { name: 'Voir l’original' }).click();
  await page.waitForURL((url) => url.pathname.endsWith(`/${id}`));
});

test('what changes in the original comes into the open copy; where both changed, one chooses', async () => {
  const { page } = ben;
  await page.goto(copyAddress);
  await link().waitFor();
  await desk.program.update('ContactCard', id, { phones: { p: { number: '+33 5 56 00 00 01' } } });
  // In the list beside it stands the number, too.
  await page.getByRole('link', { name: 'Appeler le +33 5 56 00 00 01' }).waitFor();
  const key = Object.keys((await copied())['titles'] as object)[0]!;
  await benProgram.update('ContactCard', copyId, { [`titles/${key}/name`]: 'Mon contact presse' });
  await desk.program.update('ContactCard', id, { 'titles/t/name': 'Directrice' });
  await link().getByText('L’original et cette copie ont changé au même endroit.').waitFor();
  await link().getByText('Mon contact presse').waitFor();
  await link().getByText('Directrice').waitFor();
  await expectAccessible(page, 'a linked copy with a conflict');
  await takePicture(page, 'linked-copy-conflict');
  await link()
    .getByRole('button', { name: /prendre celle de l’original, Directrice/u })
    .click();
  await until('the copy has it', async () => values((await copied())['titles'])[0]?.['name'] === 'Directrice');
  await ben.undo('Valeur de l’original reprise', 'Annuler');
  await until('it is back', async () => values((await copied())['titles'])[0]?.['name'] === 'Mon contact presse');
  await link().getByText('L’original et cette copie ont changé').waitFor({ state: 'detached' });
});

test('« Délier » is taken back with a click, and a lost access is said', async () => {
  const { page } = ben;
  await link().getByRole('button', { name: 'Délier' }).click();
  await link().waitFor({ state: 'detached' });
  await ben.undo('Copie déliée', 'Annuler');
  await link().getByText('Copie liée de Ménard, Inès').waitFor();
  await desk.program.call('Share/set', { destroy: [shareId] });
  await link().getByText('Vous n’avez plus accès à l’original').waitFor();
  assert.equal(await link().getByRole('link').count(), 0);
  await expectAccessible(page, 'a linked copy without its original');
  await desk.program.update('ContactCard', id, { notes: { n: { note: 'Secret' } } });
  await page.reload();
  await link().getByText('Vous n’avez plus accès à l’original').waitFor();
  assert.equal(JSON.stringify(await copied()).includes('Secret'), false);
});

test('on a phone, in the dark, the link and a choice fit', async () => {
  await desk.program.create('Share', { addressBookId: desk.bookId, email: 'ben@demo.example', role: 'viewer' });
  await benProgram.update('ShareInvitation', desk.bookId, { status: 'accepted' });
  await until('it follows again', async () => JSON.stringify(await copied()).includes('Secret'));
  await desk.program.update('ContactCard', id, { 'titles/t/name': 'Présidente du conseil d’administration' });
  const conflicts = async () => (await benProgram.get('CardLink', copyId))?.['conflicts'] as readonly string[];
  await until('both have changed', async () => (await conflicts()).length > 0);
  const phone = await desk.stage.enter('Ben Démo', {
    viewport: { width: 320, height: 640 },
    colorScheme: 'dark',
    hasTouch: true,
  });
  const { page } = phone;
  await page.goto(copyAddress);
  await page.getByText('Présidente du conseil').waitFor();
  await expectNoSidewaysScroll(page, 'a linked copy on a phone');
  await expectAccessible(page, 'a linked copy on a phone, in the dark');
  await takePicture(page, 'phone-linked-copy');
  assert.equal(mine, new URL(copyAddress).pathname.split('/')[3]);
});
