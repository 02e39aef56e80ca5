import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { syncDirectory } from '../src/core/directory/syncDirectory.ts';
import { createTestDirectory } from '../test/kit/directory.ts';
import { folder } from '../test/kit/calls.ts';
import { createClient } from '../test/kit/person.ts';
import { createTestApp } from '../test/kit/world.ts';
import { startBrowser } from './kit/browser.ts';
import { createScreen } from './kit/screen.ts';

const webFolder = fileURLToPath(new URL('../web/dist/', import.meta.url));

test('one signs in with a login; a directory that does not answer is told in words, in the page and in the dialog', async () => {
  const directory = createTestDirectory();
  directory.put({ externalId: 'dora', name: 'Dora Démo' });
  for (const [id, department] of [
    ['m1', 'Chimie'],
    ['m2', 'Histoire'],
  ] as const)
    directory.put({ externalId: id, name: 'Marie Démo', details: { department } });
  await using app = await createTestApp({ directory, webFolder });
  await syncDirectory(app.world, directory);
  await using browser = await startBrowser();
  const page = await browser.newPage({ locale: 'fr-FR' });
  await page.goto(app.url);
  await page.getByLabel('Adresse ou identifiant').fill('dora');
  await page.getByLabel('Mot de passe').fill('password of dora');
  directory.isDown = true;
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByText('L’annuaire de votre organisation ne répond pas').waitFor();
  directory.isDown = false;
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('tree').waitFor();

  const dora = createClient(app.url, {
    id: await idOf(app.world),
    name: '',
    email: 'dora',
    password: 'password of dora',
  });
  await dora.signIn();
  const bookId = await folder(dora, 'Presse');
  directory.isDown = true;
  await assert.rejects(syncDirectory(app.world, directory));
  await page.goto(`${app.url}/folders/${dora.id}/${bookId}`);
  const screen = createScreen(page);
  await screen.chooseForFolder('Presse', 'Partager un dossier de contacts');
  const dialog = screen.dialog('Propriétés du partage');
  await dialog.getByRole('combobox').fill('marie');
  for (const department of ['Chimie', 'Histoire']) await page.getByRole('option', { name: department }).waitFor();
  await dialog.getByText('L’annuaire ne répond pas').waitFor();
});

async function idOf({ db }: Awaited<ReturnType<typeof createTestApp>>['world']): Promise<string> {
  const find = db.build.selectFrom('principal').select('id').where('external_id', '=', 'dora');
  return (await db.first(find))!.id;
}
