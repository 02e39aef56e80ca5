import type { Reader } from '../../../db/database.ts';
import type { ZimbraItemRow } from '../../../db/rows/importRows.ts';
import type { AddressBookRow } from '../../../db/schema.ts';
import type { PlannedFolder } from '../../../format/zimbra/folderTree.ts';
import { systemFolders } from '../../../format/zimbra/types.ts';
import { nameKey } from '../../addressbook/names.ts';
import type { Context } from '../../context.ts';
import { findItem, isOfMailbox } from './zimbraItems.ts';
import { normalize } from '../../../lib/unicode/normalize.ts';

/** Where folders of the mailbox are here; null: what is in them stays away; undefined: not there yet. */
export type Books = ReadonlyMap<string, AddressBookRow | null | undefined>;

/** What a folder of the mailbox is here: known from before; found under its name; thrown away since; still to be made. */
export type FoundFolder =
  | { readonly state: 'known'; readonly book: AddressBookRow; readonly item: ZimbraItemRow }
  | { readonly state: 'there'; readonly book: AddressBookRow }
  | { readonly state: 'gone' }
  | { readonly state: 'new'; readonly name: string };

const roles = new Map<string, NonNullable<AddressBookRow['role']>>([
  [systemFolders.contacts, 'contacts'],
  [systemFolders.emailed, 'collected'],
]);

const trashNames = { fr: 'Corbeille de Zimbra', en: 'Zimbra trash' } as const;

/** Finds what a folder is here. Folders above it are looked up before it. */
export async function findFolder(
  reader: Reader,
  context: Context,
  { folder, source, books }: { readonly folder: PlannedFolder; readonly source: string; readonly books: Books },
): Promise<FoundFolder> {
  const { principalId, language } = context.actor;
  const key = { principal_id: principalId, source, kind: 'folder', item_id: folder.id } as const;
  const own = reader.build
    .selectFrom('address_book')
    .selectAll()
    .where('account_id', '=', principalId)
    .where('trash_id', 'is', null);
  const item = await findItem(reader, key);
  if (item) {
    const book = await reader.first(own.where('id', '=', item.object_id));
    return book ? { state: 'known', book, item } : { state: 'gone' };
  }
  const role = roles.get(folder.id);
  const system = role && (await reader.first(own.where('role', '=', role)));
  if (system) return { state: 'there', book: system };
  const above = folder.parentId === null ? null : books.get(folder.parentId);
  if (above === null && folder.parentId !== null) return { state: 'gone' };
  const name = folderName(folder.id === systemFolders.trash ? trashNames[language] : folder.name);
  // A folder above that is not there yet holds nothing.
  if (above === undefined) return { state: 'new', name };
  const there = own.where('name_key', '=', nameKey(name));
  const same = await reader.first(there.where('parent_id', above === null ? 'is' : '=', above?.id ?? null));
  const isFree = same && same.role === null && !(await isOfMailbox(reader, same.id, source));
  return isFree ? { state: 'there', book: same } : { state: 'new', name };
}

const mostLetters = 120;
const mostOctets = 240;

/** The name as folders can be called here. */
export function folderName(given: string): string {
  const clean = normalize(given, 'NFC')
    .replace(/[/:"\u0000-\u001f\u007f\ufffe\uffff]+/gu, '-')
    .replace(/\p{Surrogate}/gu, '')
    .trim();
  const letters = [...clean].slice(0, mostLetters);
  while (Buffer.byteLength(letters.join('')) > mostOctets) letters.pop();
  const name = letters.join('').trim();
  return name === '' || name === '.' || name === '..' ? 'Zimbra' : name;
}
