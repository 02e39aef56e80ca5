import type { Locator, Page } from 'playwright-core';
import { type Answer, openProgram, type Program } from './program.ts';
import type { Screen } from './screen.ts';
import { type Stage, startStage } from './stage.ts';

/** Ada with a folder of her own, in which contacts are made by another program and changed on the screen. */
export type Desk = {
  readonly stage: Stage;
  readonly ada: Screen;
  readonly program: Program;
  readonly bookId: string;
  readonly makeCard: (content: object) => Promise<string>;
  /** A contact as another program reads it. */
  readonly kept: (id: string) => Promise<Answer>;
  /** Opens the form of a contact, from its address. */
  readonly openForm: (page: Page, id: string) => Promise<Locator>;
};

/** Opens the demonstration with that folder. */
export async function openDesk(): Promise<Desk> {
  const stage = await startStage();
  const program = await openProgram(stage, 'ada');
  const bookId = await program.create('AddressBook', { name: 'Fiches' });
  const ada = await stage.enter('Ada Démo');
  return {
    stage,
    ada,
    program,
    bookId,
    makeCard: (content) => program.create('ContactCard', { addressBookIds: { [bookId]: true }, ...content }),
    kept: async (id) => (await program.get('ContactCard', id))!,
    openForm: async (page, id) => {
      await page.goto(`${stage.url}/folders/${program.own}/${bookId}/${id}`);
      await page.getByRole('button', { name: 'Modifier', exact: true }).click();
      const form = page.getByRole('form', { name: 'Modifier contact' });
      await form.waitFor();
      return form;
    },
  };
}

/** A name in its parts. */
export function named(given: string, surname: string): object {
  return {
    components: [
      { kind: 'given', value: given },
      { kind: 'surname', value: surname },
    ],
  };
}

/** « Enregistrer », and the form goes away; what it says where it does not. */
export async function save(form: Locator): Promise<void> {
  await form.getByRole('button', { name: 'Enregistrer' }).click();
  await form.waitFor({ state: 'detached' }).catch(async (error: unknown) => {
    throw new Error(await form.innerText(), { cause: error });
  });
}

/** « Ajouter un champ ». */
export async function addField(form: Locator, label: string): Promise<void> {
  await form.getByRole('button', { name: 'Ajouter un champ' }).click();
  await form.page().getByRole('menuitem', { name: label, exact: true }).click();
}

/** Whether an element has the focus. */
export async function isFocused(element: Locator): Promise<boolean> {
  return (await element.and(element.page().locator(':focus')).count()) === 1;
}

/** The entries of a map of a card. */
export function values(map: unknown): Answer[] {
  return Object.values((map ?? {}) as Readonly<Record<string, Answer>>);
}
