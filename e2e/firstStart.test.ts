/** A real organisation: `COTERIE_DEMO=off`, from the first start to the first folder that survives a restart. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { startBrowser } from './kit/browser.ts';
import { createScreen, type Screen } from './kit/screen.ts';
import { createDataFolder, type Server, startServer } from './kit/server.ts';
import { openPage } from './kit/stage.ts';
import { makeFolder } from './kit/steps.ts';

const settings = { COTERIE_DEMO: 'off', COTERIE_ORGANISATION: 'Mairie de Démonstration' };
const email = 'maire@mairie.example';
const password = 'un mot de passe long';

let data: Awaited<ReturnType<typeof createDataFolder>>;
let browser: Browser;
let server: Server;
let screen: Screen;

before(async () => {
  data = await createDataFolder();
  [browser, server] = await Promise.all([startBrowser(), startServer(data.path, settings)]);
  screen = createScreen(await openPage(browser));
});
after(async () => {
  await browser.close();
  await server.stop();
  await data.remove();
});

const setupLink = () => /^ *(http\S+\/setup\?token=\S+)$/mu.exec(server.output())?.[1];

test('The sign-in page says why nobody can sign in yet', async () => {
  const { page } = screen;
  await page.goto(server.url);
  await page.getByText('Personne ne peut encore se connecter.').waitFor();
});

test('The terminal shows a link, and its page makes the first administrator', async () => {
  const { page } = screen;
  const link = setupLink();
  assert.ok(link, server.output());
  await page.goto(link);
  await page.getByRole('heading', { name: 'Premier administrateur' }).waitFor();
  await page.getByLabel('Prénom et nom').fill('Camille Maire');
  await page.getByLabel('Adresse mail').fill(email);
  await page.getByLabel('Mot de passe').fill(password);
  await screen.button('Créer le compte').click();
  await page.getByRole('tree').waitFor();
  await page.getByRole('button', { name: 'Compte de Camille Maire' }).waitFor();
  await page.getByText('Votre dossier « Contacts » est vide').waitFor();
  await makeFolder(screen, 'Commerçants');
});

test('The link works once', async () => {
  const other = await openPage(browser);
  await other.goto(setupLink()!);
  await other.getByText('Le premier administrateur existe déjà.').waitFor();
  await other.context().close();
});

test('Nothing of the demonstration exists', async () => {
  const { page } = screen;
  assert.equal(await page.getByText('Démonstration', { exact: true }).count(), 0);
  await page.goto(`${server.url}/demo/mail`);
  await page.getByText('Page introuvable').waitFor();
  const stranger = await openPage(browser);
  await stranger.goto(server.url);
  await stranger.getByRole('heading', { name: 'Mairie de Démonstration' }).waitFor();
  assert.equal(await stranger.getByText('Essayer la démonstration').count(), 0);
  const refused = await stranger.request.post(`${server.url}/site/sign-in`, {
    data: { email: 'ada@demo.example', password: 'demo' },
    headers: { Origin: server.url },
  });
  assert.equal(refused.status(), 401);
  await stranger.context().close();
});

test('After a restart there is no link any more, and what was made is there', async () => {
  assert.equal(await server.stop(), 0);
  server = await startServer(data.path, settings);
  assert.equal(setupLink(), undefined);
  const page = await openPage(browser);
  await page.goto(server.url);
  await page.getByLabel('Adresse mail').fill(email);
  await page.getByLabel('Mot de passe').fill('ce n’est pas le bon');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByText('Adresse mail ou mot de passe incorrect.').waitFor();
  await page.getByLabel('Mot de passe').fill(password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await createScreen(page).folder('Commerçants').waitFor();
});
