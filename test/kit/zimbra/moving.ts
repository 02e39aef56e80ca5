import assert from 'node:assert/strict';
import { startImports } from '../../../src/core/import/startImports.ts';
import { create, list, upload } from '../calls.ts';
import type { Person, Result } from '../person.ts';
import { noisyPicture } from '../picture.ts';
import { createTestApp } from '../world.ts';
import type { TestApp } from '../world.ts';
import { systemFolders } from './account.ts';
import type { Mailbox } from './account.ts';

/** A picture. */
export const photo = await noisyPicture(24, 24, 'png');

/** A contact of that mailbox. */
export const lea = { firstName: 'Léa', lastName: 'Martin', email: 'lea@demo.example', email2: 'lea.m@demo.example' };
/** Another, with an impossible date. */
export const tom = {
  firstName: 'Tom',
  lastName: 'Roux',
  workPhone: '+33 1 23',
  birthday: '1980-02-30',
  custom1: 'Étage 3',
};

/** An invented mailbox with something of everything. */
export const mailbox: Mailbox = {
  folders: [
    ...systemFolders.map((folder) => (folder.id === 7 ? { ...folder, color: 3 } : folder)),
    { id: 257, parentId: 1, name: 'Partenaires', color: 5, view: 6 },
    { id: 258, parentId: 257, name: 'Presse', color: '#123456', view: 6 },
    { id: 259, parentId: 3, name: 'Vieux', view: 6 },
  ],
  tags: [{ id: 64, name: 'À rappeler', color: 9 }],
  contacts: [
    { id: 300, folderId: 7, fields: lea, tags: ['À rappeler'], photo },
    { id: 301, folderId: 258, fields: tom },
    { id: 302, folderId: 13, fields: { firstName: 'Écrit', email: 'ecrit@demo.example' } },
    { id: 303, folderId: 3, fields: { lastName: 'Jeté' } },
    {
      id: 304,
      folderId: 257,
      fields: { type: 'group', nickname: 'Comité', fileAs: '8:Comité' },
      members: [
        { type: 'C', value: '300' },
        { type: 'I', value: '"Zoé Lefèvre" <zoe@demo.example>' },
        { type: 'G', value: 'uid=ben,ou=people,dc=demo,dc=example' },
        { type: 'C', value: 'other-account:12' },
      ],
    },
  ],
};

/** The program, with Ada who moves in. */
export type Moving = AsyncDisposable & {
  readonly app: TestApp;
  readonly ada: Person;
  preview(data: Uint8Array, more?: object): Promise<Result>;
  move(data: Uint8Array, more?: object, person?: Person): Promise<Result>;
  end(id: string, person?: Person): Promise<Result>;
  /** Folders as `name ‹ parent colour`, in the order of their names. */
  folders(person?: Person): Promise<string[]>;
  /** Names of contacts by their folder. */
  contacts(): Promise<Record<string, string[]>>;
  card(name: string): Promise<Result>;
  report(id: string): Promise<string[]>;
};

/** Opens it; `await using` closes it. */
export async function openMoving(environment: Record<string, string> = {}): Promise<Moving> {
  const app = await createTestApp({ environment });
  const imports = await startImports(app.world, (error) => {
    throw error;
  });
  const { ada } = app;
  const bookNames = async (person = ada) => {
    const books = await list(person, 'AddressBook');
    return new Map(books.map((book) => [String(book['id']), book]));
  };
  const cards = async () => {
    const { ids } = (await ada.call('ContactCard/query')) as unknown as { ids: string[] };
    return list(ada, 'ContactCard', { ids });
  };
  const nameOf = (card: Result) => String(card['name']?.['full'] ?? '');
  const self: Moving = {
    app,
    ada,
    async preview(data, more = {}) {
      const blobId = await upload(ada, Buffer.from(data), 'application/gzip');
      return ada.call('ContactImport/previewZimbra', { blobId, ...more });
    },
    async move(data, more = {}, person = ada) {
      const blobId = await upload(person, Buffer.from(data), 'application/gzip');
      return self.end(await create(person, 'ContactImport', { kind: 'zimbra', blobId, ...more }), person);
    },
    async end(id, person = ada) {
      await imports.idle();
      const [run] = await list(person, 'ContactImport', { ids: [id] });
      return run!;
    },
    async folders(person = ada) {
      const books = await bookNames(person);
      const told = [...books.values()].map((book) => {
        const parent = books.get(String(book['parentId']));
        return [book['name'], ...(parent ? [`‹ ${parent['name']}`] : []), book['color'] ?? '–'].join(' ');
      });
      return told.sort();
    },
    async contacts() {
      const books = await bookNames();
      const all: Record<string, string[]> = {};
      for (const card of await cards()) {
        const name = String(books.get(Object.keys(card['addressBookIds']!)[0]!)!['name']);
        all[name] = [...(all[name] ?? []), nameOf(card)].sort();
      }
      return all;
    },
    async card(name) {
      const found = (await cards()).find((card) => nameOf(card) === name);
      assert.ok(found, `no card ${name}`);
      return found;
    },
    async report(id) {
      const result = await ada.call('ContactImport/report', { id });
      return [...result['list']!].map((row) => [row['reason'], row['text'], row['detail'] ?? ''].join(' | '));
    },
    async [Symbol.asyncDispose]() {
      await imports.stop();
      await app.close();
    },
  };
  return self;
}

/** State and numbers of an import. */
export const counts = (run: Result) =>
  ['state', 'made', 'merged', 'skipped', 'failed'].map((name) => String(run[name])).join(' ');

/** The mailbox with « Partenaires » shared. */
export function withGrants(
  grants: NonNullable<Mailbox['folders'][number]['grants']>,
  more: Partial<Mailbox> = {},
): Mailbox {
  return {
    ...mailbox,
    folders: mailbox.folders.map((folder) => (folder.id === 257 ? { ...folder, grants } : folder)),
    ...more,
  };
}
