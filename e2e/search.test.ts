/** The search of the top bar: fields, completion, and where something was found. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { expectAccessible, expectNoSidewaysScroll } from './kit/accessibility.ts';
import { openProgram } from './kit/program.ts';
import { type Screen, until } from './kit/screen.ts';
import { type Stage, startStage } from './kit/stage.ts';

let stage: Stage;
let ada: Screen;

before(async () => {
  stage = await startStage();
  ada = await stage.enter('Ada Démo');
  const program = await openProgram(stage, 'ada');
  const add = async (bookId: string, given: string, surname: string, more: object = {}) => {
    const kinds = { given, surname };
    const components = Object.entries(kinds).map(([kind, value]) => ({ kind, value }));
    const organizations = { o: { name: 'Moulin du Lac' } };
    const card = { addressBookIds: { [bookId]: true }, name: { components }, organizations, ...more };
    assert.notEqual(await program.create('ContactCard', card), '');
  };
  const offers = await program.create('AddressBook', { name: 'Devis' });
  const clients = await program.create('AddressBook', { name: 'Clients fictifs' });
  await add(offers, 'Paul', 'Fictif', { notes: { n: { note: 'Le devis est prêt.' } } });
  await add(clients, 'Lise', 'Fictive', { keywords: { 'Bons clients': true } });
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

const box = () => ada.page.getByRole('searchbox', { name: 'Rechercher un contact' });
const options = () => ada.page.getByRole('listbox', { name: 'Où chercher' }).getByRole('option');

async function rows(): Promise<string[]> {
  const labels = await ada.list.getByRole('checkbox').evaluateAll((boxes) => boxes.map((one) => one.ariaLabel ?? ''));
  return labels.map((label) => label.slice(label.indexOf(' ') + 1));
}

async function expectRows(names: readonly string[]): Promise<void> {
  await until(
    `the results are ${names.join('; ')}`,
    async () => (await rows()).sort().join() === [...names].sort().join(),
  );
}

test('the empty box tells in what one can search, and the keyboard reaches it all', async () => {
  await box().focus();
  await options().first().waitFor();
  assert.match((await options().first().textContent()) ?? '', /^dossier:/u);
  await expectAccessible(ada.page, 'search fields');
  await ada.page.keyboard.type('soc');
  await until('one field begins so', async () => (await options().count()) === 1);
  await ada.page.keyboard.press('ArrowDown');
  await ada.page.keyboard.press('Enter');
  assert.equal(await box().inputValue(), 'société:');
  await ada.page.keyboard.type('moul');
  await options().filter({ hasText: 'Moulin du Lac' }).waitFor();
  await ada.page.keyboard.press('ArrowDown');
  await ada.page.keyboard.press('Enter');
  assert.equal(await box().inputValue(), 'société:"Moulin du Lac" ');
  await expectRows(['Fictif, Paul', 'Fictive, Lise']);
});

test('what is typed at once after a choice comes behind it, however slowly the screen is drawn', async () => {
  await box().fill('');
  await ada.page.evaluate(
    '{ const draw = requestAnimationFrame; window.requestAnimationFrame = (task) => setTimeout(() => draw(task), 300); }',
  );
  await ada.page.keyboard.type('soc');
  await options().filter({ hasText: 'société:' }).waitFor();
  await ada.page.keyboard.press('ArrowDown');
  await ada.page.keyboard.press('Enter');
  await ada.page.keyboard.type('mou', { delay: 200 });
  assert.equal(await box().inputValue(), 'société:mou');
  await options().filter({ hasText: 'Moulin du Lac' }).waitFor();
  await ada.page.reload();
});

test('Enter without going to the list searches what was typed; Escape closes the list, then clears', async () => {
  await box().fill('');
  await ada.page.keyboard.type('no');
  await options().filter({ hasText: 'nom:' }).waitFor();
  await ada.page.keyboard.press('Escape');
  await until('the list is closed', async () => (await options().count()) === 0);
  assert.equal(await box().inputValue(), 'no');
  await ada.page.keyboard.press('Escape');
  assert.equal(await box().inputValue(), '');
});

test('a search is limited to folders by their names', async () => {
  await box().fill('dossier:clients moulin');
  await expectRows(['Fictive, Lise']);
  await box().fill('dossier:xyzzy moulin');
  await ada.page.getByText('Aucun résultat pour').waitFor();
});

test('contacts are found by a tag, which is offered by its beginning', async () => {
  await box().fill('étiquette:cli');
  await options().filter({ hasText: 'Bons clients' }).waitFor();
  await expectRows(['Fictive, Lise']);
  await box().fill('étiquette:xyzzy');
  await ada.page.getByText('Aucun résultat pour').waitFor();
});

test('a row tells where it was found when it does not show that itself', async () => {
  await box().fill('note:devis fictif');
  await expectRows(['Fictif, Paul']);
  await ada.contact('Fictif, Paul').getByText('Note : Le devis est prêt.').waitFor();
});

test('an address of a search does not say that there is nothing before it has looked', async () => {
  await ada.page.addInitScript(`
    new MutationObserver(() => {
      if (document.body?.textContent.includes('Aucun résultat')) window.hasSaidNothing = true;
    }).observe(document, { childList: true, subtree: true, characterData: true });
  `);
  await ada.page.goto(new URL('/search?q=moulin+fict', stage.url).href);
  await expectRows(['Fictif, Paul', 'Fictive, Lise']);
  assert.equal(await ada.page.evaluate('window.hasSaidNothing'), undefined);
});

test('on a phone the list of fields has room', async () => {
  const ben = await stage.enter('Ben Démo', { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
  await ben.page.getByRole('searchbox', { name: 'Rechercher un contact' }).click();
  await ben.page.getByRole('listbox', { name: 'Où chercher' }).waitFor();
  await expectNoSidewaysScroll(ben.page, 'search on a phone');
  await ben.page.context().close();
});
