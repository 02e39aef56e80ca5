import { describeError } from '../../api/errors.ts';
import { JmapMethodError } from '../../../client/src/errors.ts';
import { call } from '../../api/jmap.ts';
import { setStrictly } from '../../api/jmap.ts';
import { reloadSession } from '../../api/session.ts';
import { optimistically, sync } from '../../api/store.ts';
import type { AddressBook, Id } from '../../../client/src/types.ts';
import type { InAccount } from '../../api/inAccount.ts';
import { messages } from '../../locales/messages.ts';
import { type FolderNode, withDescendants } from '../../model/folders/folder-tree.ts';
import { announce } from '../../ui/announce.ts';
import { showFailure, showToast } from '../../ui/toasts.tsx';

type Book = InAccount<AddressBook>;

/** A folder to be created. */
export interface NewFolder {
  readonly accountId: Id;
  readonly parentId: Id | null;
  readonly name: string;
  readonly color: string | null;
}

/** Makes a folder and waits until it is among the others; throws the server's refusal. */
export async function createFolder({ accountId, ...folder }: NewFolder): Promise<Id> {
  const name = folder.name.trim();
  const response = await setStrictly('AddressBook', accountId, { create: { new: { ...folder, name } } });
  await sync('AddressBook', accountId);
  announce(messages().folders.created(name));
  const created = response.created?.['new'];
  if (!created) throw new JmapMethodError('serverFail', 'The server did not say which folder it made');
  return created.id;
}

/** Changes properties of a folder at once on the screen; throws the server's refusal after taking it back. */
export async function updateFolder(book: Book, patch: Partial<AddressBook>): Promise<void> {
  await optimistically('AddressBook', book.accountId, { update: { [book.id]: patch } }, () =>
    setStrictly('AddressBook', book.accountId, { update: { [book.id]: patch } }),
  );
}

/** Gives a folder another name (for oneself, where it is shared with me); « Annuler » gives the old one back. */
export async function renameFolder(book: Book, name: string): Promise<void> {
  const wanted = name.trim();
  if (wanted === book.name) return;
  await updateFolder(book, { name: wanted });
  const { folders } = messages();
  const undo = () => attempt(updateFolder(book, { name: book.name }));
  showToast(folders.renamed(wanted), { undo });
}

/** Puts a folder into another one, or on the top level; « Annuler » puts it back. */
export async function moveFolder(node: FolderNode, target: FolderNode | null): Promise<void> {
  const { book } = node;
  if (!book) return;
  await updateFolder(book, { parentId: target?.book?.id ?? null });
  const { folders } = messages();
  const undo = () => attempt(updateFolder(book, { parentId: book.parentId }));
  const said = target ? folders.moved(node.name, target.name) : folders.movedTop(node.name);
  showToast(said, { undo });
}

/** « Supprimer »: an own folder goes to the trash with all that is in it, a shared one is only left. */
export async function removeFolder(node: FolderNode, ownAccountId: Id): Promise<void> {
  if (!node.book) return;
  if (node.book.isShareRoot && node.book.accountId !== ownAccountId) return leaveShare(node.book, ownAccountId);
  return destroyFolder(node, node.book, ownAccountId);
}

async function leaveShare(book: Book, ownAccountId: Id): Promise<void> {
  await optimistically('AddressBook', book.accountId, { destroy: [book.id] }, () =>
    setStrictly('AddressBook', book.accountId, { update: { [book.id]: { isSubscribed: false } } }),
  );
  const { folders } = messages();
  const undo = () => attempt(followAgain(book, ownAccountId));
  showToast(folders.left(book.name), { undo });
}

/** By the invitation: the owner's account is gone from the session when this was its only share. */
async function followAgain({ id, accountId, name, color }: Book, ownAccountId: Id): Promise<void> {
  await setStrictly('ShareInvitation', ownAccountId, { update: { [id]: { status: 'accepted', name, color } } });
  await reloadSession();
  await sync('AddressBook', accountId);
}

async function destroyFolder(node: FolderNode, book: Book, ownAccountId: Id): Promise<void> {
  const destroy = withDescendants(node).flatMap((below) => (below.book ? [below.book.id] : []));
  await optimistically('AddressBook', book.accountId, { destroy }, () =>
    setStrictly('AddressBook', book.accountId, { destroy: [book.id], onDestroyRemoveContents: true }),
  );
  const { folders } = messages();
  const undo = () => attempt(restoreFolder(book, ownAccountId).then(() => announce(folders.restored(node.name))));
  showToast(folders.deleted(node.name), { undo });
}

async function restoreFolder(book: Book, ownAccountId: Id): Promise<void> {
  const reply = await call('TrashItem/restore', { accountId: ownAccountId, ids: [book.id] });
  const refused = reply.notRestored?.[book.id];
  if (refused) throw new JmapMethodError(refused.type, refused.description ?? refused.type);
  await sync('AddressBook', book.accountId);
}

/** Deletes for ever what is in the person's own trash. */
export async function emptyTrash(ownAccountId: Id): Promise<void> {
  await call('TrashItem/empty', { accountId: ownAccountId });
  await sync('TrashItem', ownAccountId);
  showToast(messages().folders.trashEmptied);
}

/** Runs an operation whose failure is told in a message. */
export function attempt(operation: Promise<unknown>): void {
  operation.catch((error: unknown) => showFailure(describeError(error)));
}
