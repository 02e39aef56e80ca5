/** What a page does while the server cannot be reached. */
import { after, before, test } from 'node:test';
import { openProgram } from './kit/program.ts';
import type { Screen } from './kit/screen.ts';
import { type Stage, startStage } from './kit/stage.ts';

let stage: Stage;

before(async () => {
  stage = await startStage();
});
after(() => stage.stop());

function openNewFolder(screen: Screen): Promise<void> {
  return screen.chooseForFolder('Contacts', 'Nouveau dossier de contacts');
}

test('the dialogs are fetched before they are wanted: they open also without the server', async () => {
  const ada = await stage.enter('Ada Démo');
  await ada.page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.includes('/create-folder-dialog-')),
  );
  await ada.page.context().setOffline(true);
  await openNewFolder(ada);
  await ada.dialog('Créer un dossier de contacts').waitFor();
});

test('a dialog that could not be fetched says so, and reloading the page helps', async () => {
  const ben = await stage.open();
  const code = /\/create-folder-dialog-[^/]*\.js$/u;
  await ben.page.route(code, (route) => route.abort('connectionrefused'));
  await ben.signIn('Ben Démo');
  await openNewFolder(ben);
  await ben.message('Cette fenêtre n’a pas pu s’ouvrir.').waitFor();
  await ben.page.unroute(code);
  await ben.button('Recharger la page').click();
  await ben.page.getByRole('tree').waitFor();
  await openNewFolder(ben);
  await ben.dialog('Créer un dossier de contacts').waitFor();
});

test('folders that are never told are given up after half a minute, and can be asked for again', async () => {
  const ben = await stage.open();
  await ben.page.clock.install();
  const asked = new Promise<void>((resolve) => {
    void ben.page.route('**/jmap/api', () => resolve());
  });
  await ben.page.getByRole('button', { name: 'Ben Démo' }).click();
  await asked;
  await ben.page.clock.fastForward(30_000);
  const again = ben.button('Réessayer');
  await again.waitFor();
  await ben.page.unroute('**/jmap/api');
  await again.click();
  await ben.page.getByRole('tree').waitFor();
});

test('what changed and was asked for in vain does not hold up what changes next', async () => {
  const ada = await stage.enter('Ada Démo');
  await ada.page.clock.install();
  const program = await openProgram(stage, 'ada');
  let isHeld = false;
  const held = new Promise<void>((resolve) => {
    void ada.page.route('**/jmap/api', async (route) => {
      if (isHeld || !route.request().postData()?.includes('AddressBook/changes')) return route.continue();
      isHeld = true;
      return resolve();
    });
  });
  await program.create('AddressBook', { name: 'Un premier' });
  await held;
  await program.create('AddressBook', { name: 'Un deuxième' });
  await ada.page.clock.fastForward(30_000);
  await ada.folder('Un premier').waitFor();
  await ada.folder('Un deuxième').waitFor();
});
