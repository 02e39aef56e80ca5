/** What a page does while the server cannot be reached. */
import { after, before, test } from 'node:test';
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
