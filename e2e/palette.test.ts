/** The palette: everything that can be done or gone to, by a few letters. */
import { after, afterEach, before, test } from 'node:test';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { listTitle, type Screen } from './kit/screen.ts';
import { type Stage, startStage } from './kit/stage.ts';

let stage: Stage;
let ada: Screen;

before(async () => {
  stage = await startStage();
  ada = await stage.enter('Ada Démo');
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

const box = () => ada.page.getByRole('combobox', { name: 'Aller à ou faire' });

async function open(text: string): Promise<void> {
  await ada.page.keyboard.press('Control+K');
  await box().waitFor();
  await ada.page.keyboard.type(text);
}

test('a folder is gone to by the beginning of its name, without accents', async () => {
  await open('partenaires');
  await ada.page.getByRole('option', { name: 'Partenaires' }).waitFor();
  await expectAccessible(ada.page, 'palette');
  await ada.page.keyboard.press('Enter');
  await listTitle(ada.page, 'Partenaires').waitFor();
});

test('a contact is opened wherever it is', async () => {
  await open('plouvier');
  await ada.page
    .getByRole('option', { name: /Plouvier, Jérémie/u })
    .first()
    .waitFor();
  await ada.page.keyboard.press('Enter');
  await ada.page.getByRole('heading', { name: 'Jérémie Plouvier' }).waitFor();
});

test('whom only the first letters meant is not offered while the answer to all of them is on its way', async () => {
  await open('plouv');
  await ada.page
    .getByRole('option', { name: /Plouvier, Jérémie/u })
    .first()
    .waitFor();
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  await ada.page.route('**/jmap/api', (route) => answered.then(() => route.continue()));
  await ada.page.keyboard.type('xyzzy');
  await ada.page.getByText('Rien ne porte ce nom').waitFor();
  answer();
  await ada.page.unrouteAll({ behavior: 'wait' });
  await ada.page.keyboard.press('Escape');
  await box().waitFor({ state: 'detached' });
});

test('it opens again for who has been signed out while it was open', async () => {
  const ben = await stage.enter('Ben Démo');
  const boxOfBen = ben.page.getByRole('combobox', { name: 'Aller à ou faire' });
  await ben.page.keyboard.press('Control+K');
  await boxOfBen.waitFor();
  await ben.page.context().clearCookies();
  await ben.page.keyboard.type('plouvier');
  await ben.signIn('Ben Démo');
  await ben.page.keyboard.press('Control+K');
  await boxOfBen.waitFor();
  await ben.page.context().close();
});

test('an action is done, also while one types in the search box', async () => {
  await ada.page.getByRole('searchbox', { name: 'Rechercher un contact' }).focus();
  await open('sombre');
  await ada.page.getByRole('option', { name: /Sombre/u }).waitFor();
  await ada.page.keyboard.press('Enter');
  await ada.page.locator('html[data-theme=dark]').waitFor();
  await open('créer un dossier');
  await ada.page.getByRole('option', { name: 'Créer un dossier', selected: true }).waitFor();
  await ada.page.keyboard.press('Enter');
  await ada.page.getByRole('dialog', { name: 'Créer un dossier de contacts' }).waitFor();
  await ada.page.keyboard.press('Escape');
});

test('what is called otherwise is said, and Escape leaves all as it was', async () => {
  await open('xyzzy');
  await ada.page.getByText('Rien ne porte ce nom').waitFor();
  await ada.page.keyboard.press('Escape');
  await box().waitFor({ state: 'detached' });
  await ada.openFolder('Partenaires');
  await ada.page.keyboard.press('?');
  await ada.page.getByRole('dialog', { name: 'Raccourcis clavier' }).getByText('Aller à ou faire').waitFor();
  await ada.page.keyboard.press('Escape');
});

test('on a narrow screen it has room', async () => {
  const ben = await stage.enter('Ben Démo', { viewport: { width: 320, height: 640 } });
  await ben.page.keyboard.press('Control+K');
  const options = ben.page.getByRole('listbox', { name: 'Aller à ou faire' }).getByRole('option');
  await options.nth(5).waitFor();
  await expectNoSidewaysScroll(ben.page, 'palette');
  await ben.page.context().close();
});
