/** « Annuaire »: the organisation's directory among the folders, read and copied from. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { firstNames, listTitle, type Screen, until } from './kit/screen.ts';
import { closeMessages, takePicture } from './kit/screenshot.ts';
import { type Stage, startStage } from './kit/stage.ts';
import { makeFolder } from './kit/steps.ts';

let stage: Stage;
let ada: Screen;

before(async () => {
  stage = await startStage();
  ada = await stage.enter('Ada Démo');
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

/** Names in a folder of one's own, from above. */
async function namesIn(folder: string, count: number): Promise<string[]> {
  await ada.openFolder(folder);
  return firstNames(ada, count);
}

const search = () => ada.page.getByRole('searchbox', { name: 'Filtrer ce dossier' });

test('it stands in the tree with the number of its people, and can neither be changed nor written into', async () => {
  await makeFolder(ada, 'Copies');
  await ada.openFolder('Annuaire');
  await ada.page.getByText('lecture seule').waitFor();
  assert.equal(await ada.button('Nouveau contact').count(), 0);
  assert.equal(await ada.arrow('Annuaire').count(), 0);
  await ada.folder('Annuaire').click({ button: 'right' });
  assert.equal(await ada.page.getByRole('menu').count(), 0);
  await takePicture(ada.page, 'directory');
});

test('it is searched on the server, by department and without accents; what is not there is said', async () => {
  const before = (await firstNames(ada, 1))[0];
  await search().fill('responsable partenar');
  await ada.contact('Démo, Chloé').waitFor();
  await ada.contact('Démo, Chloé').click();
  await ada.page.getByRole('heading', { name: 'Chloé Démo' }).waitFor();
  assert.equal(
    await ada.page.getByRole('region', { name: 'Fiche' }).getByRole('button', { name: 'Modifier' }).count(),
    0,
  );
  await search().fill('xyzzy');
  await ada.page.getByText('Aucun contact ne correspond').waitFor();
  await ada.button('Effacer le filtre').click();
  await until('everybody is back', async () => (await firstNames(ada, 1))[0] === before);
});

test('somebody is copied by the menu, and « Annuler » takes the copy away', async () => {
  await search().fill('chloe');
  await ada.contact('Démo, Chloé').waitFor();
  await ada.chooseForContact('Démo, Chloé', 'Copier vers…');
  const dialog = ada.page.getByRole('dialog');
  assert.equal(await dialog.getByRole('option', { name: 'Annuaire' }).count(), 0);
  await dialog.getByRole('option', { name: 'Copies' }).click();
  await dialog.getByRole('button', { name: 'OK' }).click();
  await ada.message('1 contact copié').waitFor();
  assert.deepEqual(await namesIn('Copies', 1), ['Démo, Chloé']);
  await ada.undo('1 contact copié', 'Annuler');
  await until('the copy is gone', async () => (await ada.list.getByRole('checkbox').count()) === 0);
});

test('somebody is copied by dragging; the original stays', async () => {
  await ada.openFolder('Annuaire');
  await search().fill('chloe');
  await ada.contact('Démo, Chloé').waitFor();
  await ada.contact('Démo, Chloé').dragTo(ada.folder('Copies'));
  await ada.message('1 contact copié').waitFor();
  await ada.contact('Démo, Chloé').waitFor();
  await closeMessages(ada);
  assert.deepEqual(await namesIn('Copies', 1), ['Démo, Chloé']);
});

test('several are copied by keyboard alone', async () => {
  const { keyboard } = ada.page;
  await ada.openFolder('Annuaire');
  const names = await firstNames(ada, 2);
  await ada.list.focus();
  await keyboard.press('Home');
  await keyboard.press('Space');
  await keyboard.press('ArrowDown');
  await keyboard.press('Space');
  await ada.page.getByText('2 sélectionnés').or(ada.page.getByText('2 contacts sélectionnés')).first().waitFor();
  await keyboard.press('c');
  await ada.page.getByRole('dialog').waitFor();
  await keyboard.type('Copies');
  await keyboard.press('Enter');
  await ada.message('2 contacts copiés').waitFor();
  await closeMessages(ada);
  await ada.openFolder('Copies');
  for (const name of names) await ada.contact(name).waitFor();
});

test('a group tells who is in it, and one goes on from there', async () => {
  await ada.openFolder('Annuaire');
  await search().fill('international@demo.example');
  await ada.contact('Service des relations internationales').click();
  const members = ada.page.getByRole('region', { name: /membres$/u });
  await members.getByRole('link', { name: /Chloé/u }).click();
  await ada.page.getByRole('heading', { name: 'Chloé Démo' }).waitFor();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with it, in ${colorScheme}`, async () => {
    const ben = await stage.enter('Ben Démo', { colorScheme });
    await ben.openFolder('Annuaire');
    await firstNames(ben, 1);
    await expectAccessible(ben.page, `directory, ${colorScheme}`);
    await ben.page.getByRole('searchbox', { name: 'Filtrer ce dossier' }).fill('international@demo.example');
    await ben.contact('Service des relations internationales').click();
    await ben.page
      .getByRole('region', { name: /membres$/u })
      .getByRole('link')
      .first()
      .waitFor();
    await expectAccessible(ben.page, `group of the directory, ${colorScheme}`);
    await ben.page.context().close();
  });
}

test('on a phone it is one list of the whole width, in English too', async () => {
  const ben = await stage.enter('Ben Démo', { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
  await ben.folder('Annuaire').click();
  await listTitle(ben.page, 'Annuaire').waitFor();
  await firstNames(ben, 1);
  await expectNoSidewaysScroll(ben.page, 'directory on a phone');
  await ben.page.context().close();
  const chloe = await stage.enter('Chloé Démo', { locale: 'en-GB' });
  await chloe.folder('Directory').click();
  await listTitle(chloe.page, 'Directory').waitFor();
  await chloe.page.context().close();
});
