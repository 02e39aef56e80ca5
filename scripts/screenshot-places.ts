/** What `npm run screenshots` shows: the main screens of the demonstration, their menus and dialogs. */
import type { Page } from 'playwright-core';
import type { Program } from '../e2e/kit/program.ts';

/** A screen: where it is, and what is done there before the picture is taken. */
export type Place = { readonly name: string; readonly path: string; readonly prepare?: (page: Page) => Promise<void> };

const press = async (page: Page, name: RegExp) => page.getByRole('button', { name }).first().click();
const dialogIsThere = (page: Page) => page.getByRole('dialog').first().waitFor();

/** Presses a key that opens a dialog, once the list is there to receive it. */
async function pressKey(page: Page, key: string): Promise<void> {
  await page.getByRole('grid').waitFor();
  await page.keyboard.press(key);
  await dialogIsThere(page);
}

/** Opens the menu of a folder of the left pane, and chooses from it. */
async function chooseForFolder(page: Page, folder: RegExp, entry?: RegExp): Promise<void> {
  await page.getByRole('treeitem', { name: folder }).first().getByRole('button').last().click();
  await page.getByRole('menu').waitFor();
  if (!entry) return;
  await page.getByRole('menuitem', { name: entry }).click();
  await dialogIsThere(page);
}

/** Goes through the menu « Autres actions » beside a card, and chooses from it. */
async function chooseForCard(page: Page, entry?: RegExp): Promise<void> {
  await page
    .getByRole('button', { name: /^(Autres actions|More actions)$/u })
    .last()
    .click();
  await page.getByRole('menu').waitFor();
  if (!entry) return;
  await page.getByRole('menuitem', { name: entry }).click();
  await dialogIsThere(page);
}

/** A table of one's own, two of whose headings nobody knows. */
async function chooseTable(page: Page): Promise<void> {
  await chooseForFolder(page, /^Fournisseurs/u, /^Import/u);
  const asked = page.waitForEvent('filechooser');
  await press(page, /^(Choisir un fichier|Choose a file)/u);
  const table = 'Patronyme;Petit nom;Où joindre;Téléphone\nInventée;Anna;anna@demo.example;01 99 00 12 34\n';
  await (await asked).setFiles({ name: 'liste.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
  await page.locator('[data-found]').waitFor();
}

/** As if the server had a newer app by now. */
async function upgrade(page: Page): Promise<void> {
  await page.route(/\/shortcuts-dialog-[^/]*\.js$/u, (route) => route.fulfill({ status: 404 }));
  await page.route('**/files.json', (route) =>
    route.fulfill({ json: { built: '2030-01-01T00:00:00Z', files: ['/assets/index-new.js'] } }),
  );
  await page.keyboard.press('?');
  await page.getByRole('alertdialog').waitFor();
  await page.unroute('**/files.json');
}

/** What the menu of a folder opens. */
const folderDialogs: readonly Place[] = [
  {
    name: 'share',
    path: '/',
    prepare: (page) => chooseForFolder(page, /^Fournisseurs/u, /^(Partager|Share)/u),
  },
  {
    name: 'properties',
    path: '/',
    prepare: (page) => chooseForFolder(page, /^Partenaires/u, /(propriétés|Properties)$/u),
  },
  {
    name: 'activity',
    path: '/',
    prepare: (page) => chooseForFolder(page, /^Partenaires/u, /^(Activité|Activity)/u),
  },
  {
    name: 'handover',
    path: '/',
    prepare: (page) => chooseForFolder(page, /^Fournisseurs/u, /^(Céder|Hand)/u),
  },
  {
    name: 'print',
    path: '/',
    prepare: async (page) => {
      await chooseForFolder(page, /^Fournisseurs/u, /^(Imprimer|Print)/u);
      await page
        .getByRole('dialog')
        .getByText(/\d+ contacts/u)
        .first()
        .waitFor();
    },
  },
  { name: 'export', path: '/', prepare: (page) => chooseForFolder(page, /^Fournisseurs/u, /^Export/u) },
  { name: 'import', path: '/', prepare: chooseTable },
];

/** The addresses of what there is to see. */
export async function placesOf({ call, create, own }: Program): Promise<readonly Place[]> {
  const books = (await call('AddressBook/get', { ids: null }))['list'] as { id: string; name: string }[];
  const book = books.find(({ name }) => name === 'Partenaires')!.id;
  const cards = (await call('ContactCard/query', { filter: { inAddressBook: book } }))['ids'] as string[];
  const card = cards[0]!;
  await create('PrivateNote', { cardId: card, text: 'Aime les mandarines, et préfère un appel le matin.' });
  const layout = (value: object) => async () =>
    void (await call('Preferences/set', { update: { singleton: { layout: value } } }));
  const list = `/folders/${own}/${book}`;
  const opened = `${list}/${card}`;
  const tick = async (page: Page) => {
    for (const row of [0, 1]) await page.locator('[data-tick]').nth(row).click();
  };
  return [
    { name: 'signin', path: '/' },
    { name: 'folders', path: '/', prepare: layout({}) },
    { name: 'list', path: list },
    { name: 'selection', path: list, prepare: tick },
    { name: 'card', path: opened },
    { name: 'form', path: opened, prepare: (page) => press(page, /^(Modifier|Edit)$/u) },
    { name: 'search', path: '/search?q=ma' },
    { name: 'searchorganization', path: '/search?q=soci%C3%A9t%C3%A9%3Atechnop%C3%B4le' },
    { name: 'searchnote', path: '/search?q=mandarines' },
    { name: 'directory', path: `/folders/directory/directory` },
    { name: 'trash', path: '/trash' },
    { name: 'duplicates', path: '/duplicates' },
    ...['sharing', 'general', 'mails', 'collecting', 'tags', 'devices', 'zimbra'].map((section) => ({
      name: section === 'general' ? 'preferences' : section,
      path: `/preferences/${section}`,
    })),
    ...['people', 'groups', 'directory', 'mails', 'audit'].map((section) => ({
      name: `administration${section}`,
      path: `/administration/${section}`,
    })),
    { name: 'foldermenu', path: '/', prepare: (page) => chooseForFolder(page, /^Contacts/u) },
    { name: 'cardmenu', path: opened, prepare: (page) => chooseForCard(page) },
    {
      name: 'selectionmenu',
      path: '/folders/directory/directory',
      prepare: async (page) => {
        await tick(page);
        await chooseForCard(page);
      },
    },
    ...folderDialogs,
    { name: 'bell', path: list, prepare: (page) => press(page, /^(Partages|Sharing)/u) },
    { name: 'account', path: list, prepare: (page) => press(page, /^(Compte|Account)/u) },
    { name: 'shortcuts', path: list, prepare: (page) => pressKey(page, '?') },
    { name: 'palette', path: list, prepare: (page) => pressKey(page, 'Control+K') },
    { name: 'updated', path: list, prepare: upgrade },
    {
      name: 'view',
      path: list,
      prepare: async (page) => {
        await press(page, /^(Affichage et tri|View and sorting)/u);
        await page.getByRole('menu').waitFor();
      },
    },
    { name: 'below', path: opened, prepare: layout({ readingPane: 'below' }) },
    { name: 'off', path: list, prepare: layout({ readingPane: 'off', density: 'compact' }) },
  ];
}
