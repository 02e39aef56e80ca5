import type { ImportRunRow } from '../../../db/rows/importRows.ts';
import type { AddressBookRow } from '../../../db/schema.ts';
import type { PlannedFolder } from '../../../format/zimbra/folderTree.ts';
import { AppError } from '../../../errors.ts';
import { createAddressBook } from '../../addressbook/createAddressBook.ts';
import { freeName } from '../../addressbook/names.ts';
import { updateAddressBook } from '../../addressbook/updateAddressBook.ts';
import type { AddressBookUpdate } from '../../addressbook/updateAddressBook.ts';
import { transact, within } from '../../change/transact.ts';
import type { Transaction } from '../../change/transaction.ts';
import type { Context } from '../../context.ts';
import type { NotedProblem } from '../progress.ts';
import { findFolder, folderName } from './findFolder.ts';
import type { FoundFolder } from './findFolder.ts';
import { noteMade } from './made.ts';
import type { ZimbraAccount } from './readAccount.ts';
import type { ZimbraReason } from './zimbraChoices.ts';
import { keepItem } from './zimbraItems.ts';

/** What of a folder is taken over, as it was here after that. */
type Said = { readonly name: string; readonly color: string | null; readonly parentId: string | null };

type Making = { readonly run: ImportRunRow; readonly account: ZimbraAccount };

/** Makes the folders that are not there yet, and changes those that changed there and not here. One transaction each. */
export async function makeFolders(
  context: Context,
  { run, account }: Making,
  signal: AbortSignal,
): Promise<{ readonly books: Map<string, AddressBookRow | null>; readonly problems: readonly NotedProblem[] }> {
  const books = new Map<string, AddressBookRow | null>();
  const problems: NotedProblem[] = [];
  for (const folder of account.folders) {
    if (signal.aborted) break;
    const problem = (reason: ZimbraReason, detail?: string) =>
      problems.push({
        file: null,
        line: 0,
        reason,
        isLost: false,
        text: folder.path.join('/').slice(0, 300),
        ...(detail === undefined ? {} : { detail }),
      });
    await transact(context, async (tx) => {
      const found = await findFolder(tx, context, { folder, source: account.source, books });
      const book = await placeFolder(tx, context, { run, account, folder, found, books });
      books.set(folder.id, book);
      if (!book) problem('folderGone');
      else if (found.state === 'new' && book.name !== folder.name) problem('folderName', book.name);
      if (book && folder.isMovedUp && found.state === 'new') problem('folderDepth');
    });
  }
  return { books, problems };
}

type Placing = Making & {
  readonly folder: PlannedFolder;
  readonly found: FoundFolder;
  readonly books: ReadonlyMap<string, AddressBookRow | null>;
};

async function placeFolder(tx: Transaction, context: Context, placing: Placing): Promise<AddressBookRow | null> {
  const { found, folder, run, account, books } = placing;
  if (found.state === 'gone') return null;
  if (found.state === 'known') return followFolder(tx, context, placing, found);
  const parentId = folder.parentId === null ? null : (books.get(folder.parentId)?.id ?? null);
  let book: AddressBookRow;
  if (found.state === 'there') {
    book = found.book;
    if (book.color === null && folder.color !== null) {
      await updateAddressBook(within(context, tx), book.id, { color: folder.color });
      book = await bookOf(tx, book.id);
    }
  } else {
    const { principalId } = context.actor;
    const name = await freeName(tx, { accountId: principalId, parentId }, found.name);
    const id = await createAddressBook(within(context, tx), principalId, { name, parentId, color: folder.color });
    await noteMade(tx, run.id, 'folder', id);
    book = await bookOf(tx, id);
  }
  await remember(tx, context, { account, folder, book });
  return book;
}

async function bookOf(tx: Transaction, id: string): Promise<AddressBookRow> {
  return (await tx.first(tx.build.selectFrom('address_book').selectAll().where('id', '=', id)))!;
}

async function remember(
  tx: Transaction,
  context: Context,
  { account, folder, book }: Pick<Placing, 'account' | 'folder'> & { readonly book: AddressBookRow },
): Promise<void> {
  const there: Said = { name: folder.name, color: folder.color, parentId: folder.parentId };
  const here: Said = { name: book.name, color: book.color, parentId: book.parent_id };
  await keepItem(tx, {
    principal_id: context.actor.principalId,
    source: account.source,
    kind: 'folder',
    item_id: folder.id,
    object_id: book.id,
    folder_id: folder.parentId ?? '',
    mark: JSON.stringify({ there, here }),
    etag: null,
  });
}

/** Name, colour and place follow there, each as long as nobody has changed it here. */
async function followFolder(
  tx: Transaction,
  context: Context,
  placing: Placing,
  { book, item }: Extract<FoundFolder, { readonly state: 'known' }>,
): Promise<AddressBookRow> {
  const { folder, books, account } = placing;
  const { there, here } = JSON.parse(item.mark) as { there: Said; here: Said };
  const parentId = folder.parentId === null ? null : (books.get(folder.parentId)?.id ?? null);
  const isSystem = book.role !== null;
  const update: AddressBookUpdate = {
    ...(there.color !== folder.color && here.color === book.color ? { color: folder.color } : {}),
    ...(there.name !== folder.name && here.name === book.name && !isSystem
      ? { name: await freeName(tx, { accountId: book.account_id, parentId }, folderName(folder.name), book.id) }
      : {}),
    ...(there.parentId !== folder.parentId && here.parentId === book.parent_id && !isSystem ? { parentId } : {}),
  };
  if (Object.keys(update).length === 0) return book;
  try {
    await updateAddressBook(within(context, tx), book.id, update);
  } catch (error) {
    // What was made here since may stand in the way: then it stays as it is.
    if (error instanceof AppError) return book;
    throw error;
  }
  const changed = await bookOf(tx, book.id);
  await remember(tx, context, { account, folder, book: changed });
  return changed;
}
