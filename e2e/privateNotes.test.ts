/** « Note privée »: written by whoever reads a contact, kept by itself, found by its words, seen by nobody else. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { type Desk, named, openDesk } from './kit/desk.ts';
import { openProgram, type Program } from './kit/program.ts';
import { type Screen, until } from './kit/screen.ts';
import { takePicture } from './kit/screenshot.ts';

let desk: Desk;
let ben: Screen;
let benProgram: Program;
let id = '';
let address = '';

before(async () => {
  desk = await openDesk();
  id = await desk.makeCard({
    name: named('Inès', 'Ménard'),
    emails: { e: { address: 'ines.menard@demo.example' } },
    phones: { p: { number: '+33 5 56 00 00 01' } },
    notes: { n: { note: 'Responsable de la presse.' } },
  });
  benProgram = await openProgram(desk.stage, 'ben');
  await desk.program.create('Share', { addressBookId: desk.bookId, email: 'ben@demo.example', role: 'viewer' });
  await benProgram.update('ShareInvitation', desk.bookId, { status: 'accepted' });
  ben = await desk.stage.enter('Ben Démo');
  address = `${desk.stage.url}/folders/${desk.program.own}/${desk.bookId}/${id}`;
});
after(() => desk.stage.stop());
afterEach(() => desk.stage.expectNoProblems());

const label = 'Note privée – visible de vous seul';
const noteOf = (page: Page): Locator => page.getByRole('textbox', { name: label });
const textAt = async (program: Program) => (await program.get('PrivateNote', id))?.['text'];

/** Types into a note and waits until it says that it is kept. */
async function write(page: Page, text: string): Promise<void> {
  await noteOf(page).fill(text);
  await page.getByRole('status').getByText('Enregistré').waitFor();
}

test('a viewer writes a note; it is kept while one types, taken back with a click, and nobody else’s', async () => {
  const { page } = ben;
  await page.goto(address);
  await noteOf(page).waitFor();
  await expectAccessible(page, 'a contact without a private note');
  await write(page, 'Préfère être jointe le matin, avant la réunion du conseil.');
  assert.equal(await textAt(benProgram), 'Préfère être jointe le matin, avant la réunion du conseil.');
  await expectAccessible(page, 'a contact with a private note');
  await takePicture(page, 'private-note');
  await ben.button('Annuler les changements').click();
  await until('the note is gone', async () => (await textAt(benProgram)) === undefined);
  assert.equal(await noteOf(page).inputValue(), '');
  await write(page, 'Voir le dossier mandarine.');
  const { page: adas } = desk.ada;
  await adas.goto(address);
  await noteOf(adas).waitFor();
  assert.equal(await noteOf(adas).inputValue(), '');
});

test('the contact is found by what one noted, and by nobody else', async () => {
  const { page } = ben;
  await page.getByRole('searchbox', { name: 'Rechercher un contact' }).fill('ménard mandar');
  await ben.contact('Ménard, Inès').waitFor();
  await page.getByRole('searchbox', { name: 'Rechercher un contact' }).fill('note:mandarine');
  await page.getByRole('grid', { name: /note:mandarine/u }).waitFor();
  await ben.contact('Ménard, Inès').waitFor();
  const { page: adas } = desk.ada;
  await adas.getByRole('searchbox', { name: 'Rechercher un contact' }).fill('mandarine');
  await adas
    .getByText(/Aucun contact/u)
    .first()
    .waitFor();
});

test('what another window writes comes in, and a note that was emptied is gone', async () => {
  const { page } = ben;
  await page.goto(address);
  await noteOf(page).waitFor();
  await benProgram.update('PrivateNote', id, { text: 'Écrite ailleurs.' });
  await until('it is on the screen', async () => (await noteOf(page).inputValue()) === 'Écrite ailleurs.');
  await write(page, '');
  assert.equal(await textAt(benProgram), undefined);
  await benProgram.create('PrivateNote', { cardId: id, text: 'Faite ailleurs.' });
  await until('it is on the screen', async () => (await noteOf(page).inputValue()) === 'Faite ailleurs.');
});

test('without a connection a note is written, found, and sent when the server is back', async () => {
  const { page } = ben;
  await page.goto(`${desk.stage.url}/preferences/general`);
  const keep = page.getByRole('checkbox', { name: 'Garder mes contacts dans ce navigateur' });
  await keep.waitFor();
  await page.locator('label').filter({ has: keep }).click();
  await page.getByText(/^À jour le/u).waitFor({ timeout: 60_000 });
  await page.goto(address);
  await noteOf(page).waitFor();
  await page.context().setOffline(true);
  await write(page, 'Notée dans le train, clémentine.');
  assert.equal(await textAt(benProgram), 'Faite ailleurs.');
  await page.reload();
  await until('it is kept here', async () => (await noteOf(page).inputValue()).startsWith('Notée dans le train'));
  await page.getByRole('searchbox', { name: 'Rechercher un contact' }).fill('clementine');
  await ben.contact('Ménard, Inès').waitFor();
  await page.context().setOffline(false);
  await until(
    'the server has it',
    async () => (await textAt(benProgram)) === 'Notée dans le train, clémentine.',
    40_000,
  );
});

test('on a phone, in the dark, and without the server’s consent the note stays readable', async () => {
  const phone = await desk.stage.enter('Ben Démo', {
    viewport: { width: 320, height: 640 },
    colorScheme: 'dark',
    hasTouch: true,
  });
  const { page } = phone;
  await page.goto(address);
  await noteOf(page).waitFor();
  await noteOf(page).scrollIntoViewIfNeeded();
  await expectNoSidewaysScroll(page, 'a private note on a phone');
  await expectAccessible(page, 'a private note on a phone, in the dark');
  await takePicture(page, 'phone-private-note');
  await page.route('**/jmap/api', (route) => route.fulfill({ status: 503, body: '' }));
  await noteOf(page).fill('Ne part pas');
  await page.getByText('Pas encore enregistré.').waitFor();
  await expectAccessible(page, 'a private note that could not be kept');
  await page.unroute('**/jmap/api');
  await phone.button('Réessayer').click();
  await page.getByRole('status').getByText('Enregistré').waitFor();
  assert.equal(await textAt(benProgram), 'Ne part pas');
});
