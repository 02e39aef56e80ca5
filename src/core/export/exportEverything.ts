import type { AddressBookRow } from '../../db/schema.ts';
import { writeZip } from '../../lib/files/zip.ts';
import { audit } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { sharedBooks, visibleBooks } from '../sharing/access.ts';
import { extensions } from './exportFile.ts';
import { writeFolder } from './exportFolder.ts';
import type { ExportForm } from './writeForm.ts';

/** All folders of the person and those of others that they have accepted, as an archive: one file for each folder. */
export async function exportEverything(context: Context, form: ExportForm): Promise<AsyncGenerator<Uint8Array>> {
  const own = await visibleBooks(context.db, context, context.actor.principalId);
  const shared = (await sharedBooks(context.db, context)).filter(
    ({ invitation, rights }) => invitation === 'accepted' && rights.mayRead,
  );
  const owners = await ownersOf(context, [...new Set(shared.map(({ book }) => book.account_id))]);
  const books = new Map([...own, ...shared].map((seen) => [seen.book.id, seen.own?.name ?? seen.book.name]));
  const names = (book: AddressBookRow, all: readonly AddressBookRow[]): string[] => {
    const above = all.find(({ id }) => id === book.parent_id);
    return [...(above ? names(above, all) : []), books.get(book.id)!];
  };
  const files = [...own, ...shared].map(({ book }) => {
    const all = (book.account_id === context.actor.principalId ? own : shared).map((seen) => seen.book);
    const owner = owners.get(book.account_id);
    const path = [...(owner === undefined ? [] : [owner]), ...names(book, all)].map(fileName).join('/');
    return { name: `${path}.${extensions[form.format]}`, body: writeFolder(context, book.id, form) };
  });
  const details = { folders: files.length, format: form.format };
  await transact(context, (tx) => audit(tx, context, { kind: 'export.everything', details }));
  return writeZip(files);
}

async function ownersOf({ db }: Context, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const people = await db.all(db.build.selectFrom('principal').select(['id', 'name']).where('id', 'in', ids));
  return new Map(people.map(({ id, name }) => [id, name]));
}

/** What no file system refuses, and nothing that leads out of the folder into which it is unpacked. */
function fileName(name: string): string {
  const safe = name
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]/gu, '_')
    .replace(/^[. ]+|(?<![. ])[. ]+$/gu, '')
    .slice(0, 100);
  return safe === '' ? '_' : safe;
}
