/** Without a connection: what was kept is read and changed, and the changes arrive when the server is back. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { freePort } from '../test/kit/daemon.ts';
import { expectAccessible } from './kit/accessibility.ts';
import { startBrowser } from './kit/browser.ts';
import { createScreen, type Screen, until } from './kit/screen.ts';
import { openProgram } from './kit/program.ts';
import { createDataFolder, type Server, startServer } from './kit/server.ts';
import { openPage } from './kit/stage.ts';

let data: Awaited<ReturnType<typeof createDataFolder>>;
let browser: Browser;
let server: Server;
let port: number;
let page: Page;
let ada: Screen;

before(async () => {
  data = await createDataFolder();
  port = await freePort();
  browser = await startBrowser();
  await start();
  page = await openPage(browser);
  ada = createScreen(page);
  await page.goto(server.url);
  await ada.signIn('Ada Démo');
});
after(async () => {
  await browser.close();
  await server.stop();
  await data.remove();
});

/** Starts the server, also again, where the page expects it. */
async function start(): Promise<void> {
  server = await startServer(data.path, { COTERIE_PORT: String(port) });
}

const keep = () => page.getByRole('checkbox', { name: 'Garder mes contacts dans ce navigateur' });
const kept = () => page.getByText(/^À jour le/u);

test('nothing is kept until the person says so', async () => {
  await page.goto(`${server.url}/preferences/general`);
  await keep().waitFor();
  assert.equal(await keep().isChecked(), false);
  assert.deepEqual(await page.evaluate('navigator.serviceWorker.getRegistrations().then((all) => all.length)'), 0);
  await page.locator('label').filter({ has: keep() }).click();
  await kept().waitFor({ timeout: 60_000 });
  await expectAccessible(page, 'kept contacts');
});

test('without a server the app opens, folders and contacts are there, and searches find', async () => {
  await server.kill();
  await page.goto(server.url);
  await ada.openFolder('Fournisseurs');
  await ada.list.getByRole('checkbox').first().waitFor();
  await page.getByText('Hors connexion : vos contacts tels qu’ils étaient').waitFor({ timeout: 30_000 });
  await page.getByRole('searchbox', { name: 'Rechercher un contact' }).fill('plouvier');
  await ada.contact('Plouvier, Jérémie').first().click();
  await page.getByRole('heading', { name: 'Jérémie Plouvier' }).waitFor();
});

test('a contact is made without a connection, and changed after that', async () => {
  const { folder, id } = await page.evaluate(makeAndChange);
  assert.match(id, /^offline-/u);
  await page.getByText('2 changements partiront au retour').waitFor();
  await ada.openFolder(folder);
  await ada.contact('Écrite, Ici').waitFor();
});

/** Runs in the page: what another part of the app would ask, at the same door. */
async function makeAndChange(): Promise<{ folder: string; id: string }> {
  type Reply = { readonly methodResponses: readonly (readonly [string, Record<string, never>, string])[] };
  const session = (await (await fetch('/jmap/session')).json()) as { primaryAccounts: Record<string, string> };
  const contacts = 'urn:ietf:params:jmap:contacts';
  const accountId = session.primaryAccounts[contacts]!;
  const ask = async (name: string, args: object): Promise<Record<string, never>> => {
    const methodCalls = [[name, { accountId, ...args }, '0']];
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ using: ['urn:ietf:params:jmap:core', contacts], methodCalls });
    const reply = (await (await fetch('/jmap/api', { method: 'POST', headers, body })).json()) as Reply;
    return reply.methodResponses[0]![1];
  };
  const books = (await ask('AddressBook/get', { ids: null }))['list'] as unknown as { id: string; name: string }[];
  const book = books.find(({ name }) => name === 'Fournisseurs')!;
  const components = [
    { kind: 'given', value: 'Ici' },
    { kind: 'surname', value: 'Écrite' },
  ];
  const create = { c: { name: { components }, addressBookIds: { [book.id]: true } } };
  const made = (await ask('ContactCard/set', { create }))['created'] as unknown as { c: { id: string } };
  await ask('ContactCard/set', { update: { [made.c.id]: { notes: { n: { note: 'plus tard' } } } } });
  return { folder: book.name, id: made.c.id };
}

test('what is deleted without a connection is gone at once, and on the server when it is back', async () => {
  await ada.openFolder('Contacts');
  await ada.list.getByRole('checkbox').first().waitFor();
  const count = await ada.list.getByRole('checkbox').count();
  await ada.contact('Vigneron, Nour').waitFor();
  await ada.chooseForContact('Vigneron, Nour', 'Supprimer');
  await until('it is gone', async () => (await ada.list.getByRole('checkbox').count()) === count - 1);
  await page.getByText('3 changements partiront au retour').waitFor();
  await start();
  const program = await openProgram({ url: server.url }, 'ada');
  const trash = async () =>
    (await program.call('TrashItem/query', { filter: { text: 'Vigneron' } }))['ids'] as string[];
  await until('the server has it in the trash', async () => (await trash()).length === 1, 40_000);
  await page.getByText('partiront au retour').waitFor({ state: 'hidden' });
  await ada.openFolder('Corbeille');
  await page.getByText('Vigneron, Nour').first().waitFor();
});

test('what was made and changed is on the server as one contact, once', async () => {
  const program = await openProgram({ url: server.url }, 'ada');
  const { ids } = await program.call('ContactCard/query', { filter: { text: 'plus tard' } });
  const [id, ...others] = ids as string[];
  assert.deepEqual(others, []);
  assert.equal((await program.get('ContactCard', id!))?.['fileAs'], 'Écrite, Ici');
  await ada.openFolder('Fournisseurs');
  await ada.contact('Écrite, Ici').waitFor();
});

test('signing out erases what was kept, and takes away what was said', async () => {
  const moved = ada.message('1 contact transféré dans la Corbeille');
  await ada.chooseForContact('Écrite, Ici', 'Supprimer');
  await moved.first().waitFor();
  await page.getByRole('button', { name: 'Compte de Ada Démo' }).click();
  await ada.menuEntry('Se déconnecter').click();
  // From the beginning: « Compte de Ada Démo » stands there until she has signed out.
  await page.getByRole('button', { name: /^Ada Démo/u }).waitFor();
  const counted = `new Promise((resolve) => {
    const opening = indexedDB.open('coterie-offline');
    opening.onsuccess = () => {
      const counting = opening.result.transaction('objects').objectStore('objects').count();
      counting.onsuccess = () => resolve(counting.result);
    };
  })`;
  assert.equal(await page.evaluate(counted), 0);
  // Sooner than it would go by itself.
  await until('the message has gone', async () => (await moved.count()) === 0, 5_000);
});

test('whoever is signed out finds the page to sign in without a server, too, and is told what is wrong', async () => {
  await server.kill();
  await page.goto(server.url);
  await page.getByRole('heading', { name: 'Université de Démonstration' }).waitFor();
  await page.getByRole('button', { name: 'Ada Démo' }).click();
  await page.getByText('Le serveur n’a pas répondu').waitFor();
  await start();
  await page.getByRole('button', { name: 'Ada Démo' }).click();
  await page.getByRole('tree').waitFor();
});
