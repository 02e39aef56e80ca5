/** Whatever one would expect to be dragged is; and each has its way without a mouse. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { expectAccessible } from './kit/accessibility.ts';
import { type Desk, named, openDesk } from './kit/desk.ts';
import { type Screen, until } from './kit/screen.ts';

let desk: Desk;
let ada: Screen;
const ids = new Map<string, string>();

before(async () => {
  desk = await openDesk();
  ({ ada } = desk);
  for (const [given, surname] of [
    ['Zoé', 'Alpha'],
    ['Yves', 'Beta'],
    ['Xavier', 'Gamma'],
  ] as const)
    ids.set(surname, await desk.makeCard({ name: named(given, surname) }));
  await desk.makeCard({ name: named('Willy', 'Delta'), keywords: { Presse: true } });
  const parent = await desk.program.create('AddressBook', { name: 'Dossier du haut' });
  await desk.program.create('AddressBook', { name: 'Dossier du bas', parentId: parent });
  await ada.openFolder('Fiches');
  await ada.contact('Alpha, Zoé').waitFor();
});
after(async () => {
  desk.stage.expectNoProblems();
  await desk.stage.stop();
});

const bookOf = async (surname: string) => {
  const [bookId] = Object.keys((await desk.kept(ids.get(surname)!))['addressBookIds'] as object);
  return (await desk.program.get('AddressBook', bookId!))!['name'];
};
const parentOf = async (name: string) => {
  const books = (await desk.program.call('AddressBook/get', { ids: null }))['list'] as Record<string, string>[];
  const parent = books.find((book) => book['name'] === name)?.['parentId'];
  return books.find((book) => book['id'] === parent)?.['name'] ?? null;
};
const shelf = () => ada.page.getByRole('region', { name: 'Étiquettes' });

test('a contact is dragged into a folder, which shows that it takes it', async () => {
  await ada.contact('Alpha, Zoé').hover();
  await ada.page.mouse.down();
  await ada.folder('Dossier du haut').hover();
  await ada.folder('Dossier du haut').hover({ position: { x: 60, y: 12 } });
  await until(
    'the folder is marked',
    async () => (await ada.folder('Dossier du haut').getAttribute('data-drop-target')) !== null,
  );
  await ada.page.mouse.up();
  await ada.contact('Alpha, Zoé').waitFor({ state: 'detached' });
  await until('it is there', async () => (await bookOf('Alpha')) === 'Dossier du haut');
  assert.equal(await ada.folder('Dossier du haut').getAttribute('data-drop-target'), null);
});

test('several are dragged when they are ticked', async () => {
  await ada.tick('Beta, Yves').click();
  await ada.tick('Gamma, Xavier').click();
  await ada.contact('Gamma, Xavier').dragTo(ada.folder('Dossier du bas'));
  await ada.contact('Beta, Yves').waitFor({ state: 'detached' });
  await until(
    'both are there',
    async () => (await bookOf('Beta')) === 'Dossier du bas' && (await bookOf('Gamma')) === 'Dossier du bas',
  );
  await ada.openFolder('Dossier du bas');
  await ada.contact('Beta, Yves').waitFor();
});

test('a contact is dragged onto a tag and gets it; it can be undone, and the tag leads to all that have it', async () => {
  await shelf().getByRole('link', { name: 'Presse 1' }).waitFor();
  await expectAccessible(ada.page, 'tags below the folders');
  await ada.contact('Beta, Yves').dragTo(shelf().getByRole('link'));
  await until(
    'it is tagged',
    async () => JSON.stringify((await desk.kept(ids.get('Beta')!))['keywords']) === '{"Presse":true}',
  );
  await ada.undo('1 contact étiqueté « Presse »', 'Annuler');
  await until('it is not any more', async () => (await desk.kept(ids.get('Beta')!))['keywords'] === undefined);
  await ada.contact('Gamma, Xavier').dragTo(shelf().getByRole('link'));
  await shelf().getByRole('link', { name: 'Presse 2' }).click();
  await ada.contact('Delta, Willy').waitFor();
  await ada.contact('Gamma, Xavier').waitFor();
  await until('only these two', async () => (await ada.list.getByRole('row').count()) === 2);
  assert.equal(await ada.page.getByRole('searchbox').first().inputValue(), 'étiquette:"Presse"');
});

test('a folder is dragged into another, and never into what lies in it', async () => {
  await ada.folder('Dossier du haut').dragTo(ada.folder('Dossier du bas'));
  assert.equal(await ada.folder('Dossier du bas').getAttribute('data-drop-target'), null);
  await ada.folder('Dossier du bas').dragTo(ada.folder('Fiches'));
  await until('it has moved', async () => (await parentOf('Dossier du bas')) === 'Fiches');
  assert.equal(await parentOf('Dossier du haut'), null);
  await ada.folder('Dossier du bas').dragTo(ada.page.getByRole('heading', { name: 'Liste des contacts' }));
  await ada.message('premier niveau').waitFor();
  assert.equal(await parentOf('Dossier du bas'), null);
  await ada.undo('premier niveau', 'Annuler');
  await until('it is back', async () => (await parentOf('Dossier du bas')) === 'Fiches');
});

test('without a mouse: menus move contacts and folders, and tag them', async () => {
  await ada.openFolder('Fiches');
  await ada.contact('Delta, Willy').waitFor();
  await ada.list.focus();
  await ada.page.keyboard.press('Shift+F10');
  for (const entry of ['Déplacer', 'Copier vers…', 'Ajouter à un groupe…', 'Étiquettes…'])
    assert.equal(await ada.menuEntry(entry).getAttribute('aria-disabled'), null, entry);
  await ada.page.keyboard.press('Escape');
  await ada.folder('Dossier du bas').press('Shift+F10');
  await ada.menuEntry('Déplacer le dossier').click();
  await ada.dialog('Déplacer le dossier').getByRole('button', { name: 'Annuler' }).click();
});

test('a file that is dropped beside everything that takes one does not take the app away', async () => {
  const before = ada.page.url();
  const prevented = await ada.page.evaluate<boolean[]>(`['dragover', 'drop'].map((type) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.txt'));
    return !document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  })`);
  assert.deepEqual(prevented, [true, true]);
  assert.equal(ada.page.url(), before);
});
