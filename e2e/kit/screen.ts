import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/**
 * How long one waits, in milliseconds, for what has to come: only what never comes takes so long, and a machine with forty other
 * programs in line has needed more than ten seconds. Less than the thirty after which a screen without push asks by itself.
 */
export const patience = 20_000;

/** The web app in one browser session, by the words that stand on it. */
export type Screen = {
  readonly page: Page;
  /** Chooses one of the people that the sign-in page of the demonstration offers: « Ada Démo ». */
  readonly signIn: (person: string) => Promise<void>;
  /** An entry of the left pane. */
  readonly folder: (name: string) => Locator;
  /** Clicks an entry of the left pane and waits until the list is about it. */
  readonly openFolder: (name: string) => Promise<void>;
  /** The arrow to the right of an entry of the left pane. */
  readonly arrow: (name: string) => Locator;
  /** Right click on an entry of the left pane, and a choice of its menu. */
  readonly chooseForFolder: (name: string, entry: string) => Promise<void>;
  /** The list of contacts, and one line of it. */
  readonly list: Locator;
  readonly contact: (name: string) => Locator;
  /** The box to the left of a contact's name. */
  readonly tick: (name: string) => Locator;
  /** Right click on a contact, and a choice of its menu. */
  readonly chooseForContact: (name: string, entry: string) => Promise<void>;
  readonly menuEntry: (label: string) => Locator;
  readonly dialog: (title: string) => Locator;
  readonly button: (label: string) => Locator;
  /** A message that comes and goes. */
  readonly message: (text: string) => Locator;
  /** Presses the button in a message, as « Annuler ». */
  readonly undo: (text: string, label: string) => Promise<void>;
};

/** The screen of a page. */
export function createScreen(page: Page): Screen {
  const named = (text: string) => ({ has: page.getByText(text, { exact: true }) });
  const folder = (name: string) => page.getByRole('treeitem').filter(named(name));
  const list = page.getByRole('grid');
  const contact = (name: string) => list.getByRole('row').filter(named(name));
  const menuEntry = (label: string) => page.getByRole('menuitem', { name: label, exact: true });
  const button = (label: string) => page.getByRole('button', { name: label, exact: true });
  // Also a dialog that asks something has that role; it has no such text.
  const message = (text: string) => page.getByRole('alertdialog').filter({ hasText: text });
  return {
    page,
    folder,
    list,
    contact,
    menuEntry,
    button,
    message,
    signIn: async (person) => {
      await page.getByRole('button', { name: person }).click();
      await page.getByRole('tree').waitFor();
    },
    openFolder: async (name) => {
      await folder(name).click();
      await listTitle(page, name).waitFor();
    },
    arrow: (name) => folder(name).getByRole('button'),
    chooseForFolder: async (name, entry) => {
      await folder(name).click({ button: 'right' });
      await menuEntry(entry).click();
    },
    tick: (name) => contact(name).locator('[data-tick]'),
    chooseForContact: async (name, entry) => {
      await contact(name).click({ button: 'right' });
      await menuEntry(entry).click();
    },
    dialog: (title) => page.getByRole('dialog', { name: title, exact: true }),
    undo: async (text, label) => {
      await message(text).getByRole('button', { name: label, exact: true }).click();
      await message(text).waitFor({ state: 'detached' });
    },
  };
}

/** The heading above the list of contacts. */
export function listTitle(page: Page, name: string): Locator {
  return page.getByRole('region').getByRole('heading', { name, exact: true });
}

/** The names of the first contacts that the list shows, from above. */
export async function firstNames({ page, list }: Screen, count: number): Promise<string[]> {
  await list.getByRole('checkbox').first().waitFor();
  const labels = await list.getByRole('checkbox').evaluateAll((boxes) => boxes.map((box) => box.ariaLabel ?? ''));
  assert.ok(labels.length >= count, `The list of ${page.url()} shows ${labels.length} contacts.`);
  // « Sélectionner Huet, Romane », "Select Huet, Romane"
  return labels.slice(0, count).map((label) => label.slice(label.indexOf(' ') + 1));
}

/** Chooses from a drop-down: « Couleur », « Vert ». */
export async function choose(scope: Locator, label: string, option: string): Promise<void> {
  await scope.getByRole('button', { name: label }).click();
  await scope.page().getByRole('option', { name: option, exact: true }).click();
}

/** Chooses one of several that are all visible: « Rôle », « Gestionnaire ». */
export async function chooseRadio(scope: Locator, group: string, choice: string): Promise<void> {
  const radios = scope.getByRole('radiogroup', { name: group });
  await radios
    .locator('label')
    .filter({ hasText: new RegExp(`^${choice}`, 'u') })
    .click();
  await radios.getByRole('radio', { name: choice, checked: true }).waitFor();
}

/** Waits until a locator shows, disappears, or what else a condition says, and tells what was waited for. */
export async function until(what: string, isTrue: () => Promise<boolean>, milliseconds = patience): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await isTrue())) {
    assert.ok(Date.now() < end, `Waited ${milliseconds} ms in vain until ${what}.`);
    await new Promise((next) => setTimeout(next, 25));
  }
}
