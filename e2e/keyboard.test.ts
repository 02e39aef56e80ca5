/** The essential path by keyboard alone: no line in here moves or presses a mouse. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { firstNames, type Screen, until } from './kit/screen.ts';
import { type Stage, startStage } from './kit/stage.ts';

let stage: Stage;
let ada: Screen;
let ben: Screen;

before(async () => {
  stage = await startStage();
  [ada, ben] = await Promise.all([stage.open(), stage.open()]);
});
after(() => stage.stop());
afterEach(() => stage.expectNoProblems());

/** What a screen reader would say that the focus is on. */
const focusedName = (page: Page) =>
  page.evaluate<string>(`(() => {
    const one = document.activeElement;
    const ids = one?.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const label = one?.labels?.[0]?.innerText ?? '';
    return (one?.getAttribute('aria-label') || ids.map((id) => document.getElementById(id)?.innerText ?? '').join(' ') || label || one?.innerText || '').replace(/\\s+/gu, ' ').trim();
  })()`);

/** Presses a key until something of that name has the focus. */
async function goTo(page: Page, name: string, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  while (!(passed.at(-1) ?? '').startsWith(name)) {
    assert.ok(passed.length < 60, `« ${name} » is not reached with ${key}, only ${passed.join(' · ')}.`);
    await page.keyboard.press(key);
    passed.push(await focusedName(page));
  }
}

/** Into the tree, wherever the focus is, and down to a folder. */
async function goToFolder(page: Page, name: string): Promise<void> {
  await goTo(page, 'Actions pour « Liste des contacts »');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Home');
  if (!(await focusedName(page)).startsWith(name)) await goTo(page, name, 'ArrowDown');
}

async function enter({ page }: Screen, person: string): Promise<void> {
  await page.getByRole('button', { name: person }).waitFor();
  await goTo(page, person);
  await page.keyboard.press('Enter');
  await page.getByRole('tree').waitFor();
}

test('Both sign in', async () => {
  await enter(ada, 'Ada Démo');
  await enter(ben, 'Ben Démo');
});

test('The first stop leads past everything to the content', async () => {
  await ada.page.reload();
  await ada.page.getByRole('tree').waitFor();
  await ada.page.keyboard.press('Tab');
  assert.equal(await focusedName(ada.page), 'Aller au contenu');
});

test('The context-menu key of « Contacts » makes a folder', async () => {
  const { keyboard } = ada.page;
  await goToFolder(ada.page, 'Contacts');
  await keyboard.press('Shift+F10');
  await ada.menuEntry('Nouveau dossier de contacts').waitFor();
  await goTo(ada.page, 'Nouveau dossier de contacts', 'ArrowDown');
  await keyboard.press('Enter');
  await ada.dialog('Créer un dossier de contacts').waitFor();
  await until('the name has the focus', async () => (await focusedName(ada.page)) === 'Nom');
  await keyboard.type('Clavier');
  await keyboard.press('Enter');
  await ada.folder('Clavier').waitFor();
});

test('Arrows, Space and Shift select contacts, « Déplacer » moves them', async () => {
  const { keyboard } = ada.page;
  await goToFolder(ada.page, 'Personnes contactées par mail');
  await keyboard.press('Enter');
  await goTo(ada.page, 'Contacts de « Personnes contactées par mail »');
  const names = await firstNames(ada, 4);
  await keyboard.press('Home');
  await keyboard.press('ArrowDown');
  await keyboard.press('Space');
  await keyboard.press('Shift+ArrowDown');
  await keyboard.press('Shift+ArrowDown');
  await ada.page.getByText('3 contacts sélectionnés').first().waitFor();
  await keyboard.press('Shift+F10');
  await ada.menuEntry('Déplacer').waitFor();
  await goTo(ada.page, 'Déplacer', 'ArrowDown');
  await keyboard.press('Enter');
  const dialog = ada.dialog('Déplacer 3 contacts');
  await dialog.waitFor();
  await until('the filter has the focus', async () => (await focusedName(ada.page)).startsWith('Filtrer les dossiers'));
  await keyboard.type('clav');
  await dialog.getByRole('option', { name: 'Clavier', selected: true }).waitFor();
  await keyboard.press('Enter');
  await ada.message('3 contacts déplacés dans « Clavier »').waitFor();
  await ada.contact(names[1]!).waitFor({ state: 'detached' });
});

test('F6 reaches the message, and its « Annuler » brings the contacts back', async () => {
  const { keyboard } = ada.page;
  const [first] = await firstNames(ada, 1);
  await keyboard.press('F6');
  await goTo(ada.page, 'Annuler');
  await keyboard.press('Enter');
  await until(
    'the contacts are back',
    async () =>
      (await firstNames(ada, 2))[0] === first && (await ada.folder('Clavier').getByText('3 contacts').count()) === 0,
  );
});

test('The sharing dialog: an address from the directory, a role, « OK »', async () => {
  const { keyboard } = ada.page;
  await goToFolder(ada.page, 'Clavier');
  await keyboard.press('Shift+F10');
  await ada.menuEntry('Partager un dossier de contacts').waitFor();
  await goTo(ada.page, 'Partager un dossier de contacts', 'ArrowDown');
  await keyboard.press('Enter');
  await ada.dialog('Propriétés du partage').waitFor();
  await until('the addresses have the focus', async () => (await focusedName(ada.page)) === 'Adresses mail');
  await keyboard.type('ben');
  await ada.page.getByRole('option', { name: 'ben@demo.example' }).waitFor();
  await keyboard.press('Enter');
  await goTo(ada.page, 'Visionneur');
  await goTo(ada.page, 'Gestionnaire', 'ArrowDown');
  await goTo(ada.page, 'OK');
  await keyboard.press('Enter');
  await ada.message('Partage créé').waitFor();
});

test('Ben accepts from the bell, and Escape leads back to it', async () => {
  const { page } = ben;
  await ben.button('Partages : 1 nouveauté').waitFor();
  await goTo(page, 'Partages');
  await page.keyboard.press('Enter');
  await ben.button('Accepter le partage de « Clavier »').waitFor();
  await goTo(page, 'Accepter le partage de « Clavier »');
  await page.keyboard.press('Enter');
  await ben.folder('Clavier de Ada Démo').waitFor();
  await page.keyboard.press('Escape');
  await until('the bell has the focus', async () => (await focusedName(page)).startsWith('Partages'));
});

test('He adds a contact there', async () => {
  const { page } = ben;
  await goToFolder(page, 'Clavier de Ada Démo');
  await page.keyboard.press('Enter');
  await ben.button('Nouveau contact').first().waitFor();
  await goTo(page, 'Nouveau contact');
  await page.keyboard.press('Enter');
  await until('the first name has the focus', async () => (await focusedName(page)) === 'Prénom');
  await page.keyboard.type('Noé');
  await goTo(page, 'Nom');
  await page.keyboard.type('Clavier');
  await page.keyboard.press('Control+s');
  await ben.contact('Clavier, Noé').waitFor();
});

test('F2 renames a folder, Suppr deletes it, and « Annuler » gives it back', async () => {
  const { keyboard } = ada.page;
  await goToFolder(ada.page, 'Clavier');
  await keyboard.press('F2');
  await keyboard.press('Control+a');
  await keyboard.type('Sans souris');
  await keyboard.press('Enter');
  await ada.folder('Sans souris').waitFor();
  await until('the folder has the focus', async () => (await focusedName(ada.page)).startsWith('Sans souris'));
  await keyboard.press('Delete');
  await ada.folder('Sans souris').waitFor({ state: 'detached' });
  await ada.message('Dossier « Sans souris » transféré dans la Corbeille').waitFor();
  await keyboard.press('F6');
  await goTo(ada.page, 'Annuler');
  await keyboard.press('Enter');
  await ada.folder('Sans souris').waitFor();
});
