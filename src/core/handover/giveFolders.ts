import type { AddressBookRow } from '../../db/schema.ts';
import { AppError, invalid, notFound } from '../../errors.ts';
import { createAddressBook } from '../addressbook/createAddressBook.ts';
import { ensureAccount } from '../addressbook/ensureAccount.ts';
import { freeName } from '../addressbook/names.ts';
import { audit } from '../audit/audit.ts';
import { transact, within } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context, World } from '../context.ts';
import { announce } from '../share/announce.ts';
import { noMail } from '../share/types.ts';
import type { MailChoice } from '../share/types.ts';
import { forgetNames } from './keptAccess.ts';
import { moveFolder } from './moveFolder.ts';

/** Whose folders go to whom. */
export type Handover = {
  readonly fromId: string;
  readonly toId: string;
  /** Folders of the top level; absent: all of them, the system's included. */
  readonly bookIds?: readonly string[] | undefined;
  /** What those hear with whom the folders are shared; absent: nothing, for them all goes on. */
  readonly mail?: MailChoice | undefined;
  readonly language?: Context['actor']['language'];
};

/** What was given, for the administrator's log. */
export type Handed = {
  readonly folders: readonly string[];
  readonly cards: number;
  readonly shares: number;
  /** The folder of the receiver in which they stand. */
  readonly parentId: string;
};

/**
 * Gives folders with everything in them to another person, who finds them below a folder with the name of the old
 * owner. Cards, shares and the answers to them stay; links continue to work. For administrators: nobody's rights are
 * checked. Errors: `notFound`, `invalid` (to, bookIds).
 */
export function giveFolders(world: World, handover: Handover): Promise<Handed> {
  const { fromId, toId, mail = noMail, language = 'fr' } = handover;
  return transact(world, async (tx) => {
    const inside = within(world, tx);
    const from = await requirePerson(tx, fromId);
    await requirePerson(tx, toId);
    if (fromId === toId) throw invalid('to', 'They are the same person');
    const context: Context = { ...inside, actor: { principalId: toId, language } };
    const roots = await givenRoots(tx, handover);
    if (roots.length === 0) throw new AppError('notFound', 'There are no folders to give');
    await ensureAccount(context);
    const parentName = await freeName(tx, { accountId: toId, parentId: null }, folderNameOf(from.name));
    const parentId = await createAddressBook(context, toId, { name: parentName });
    let [cards, shares] = [0, 0];
    const folders: string[] = [];
    for (const root of roots) {
      const moved = await moveFolder(tx, { ...world, way: 'handover' }, { root, fromId, toId, parentId });
      await forgetNames(tx, fromId, moved.books);
      cards += moved.cards;
      shares += moved.shares.length;
      for (const share of moved.shares) {
        const book = { ...moved.books.find(({ id }) => id === share.book_id)!, account_id: toId };
        await announce(tx, context, { kind: 'created', book, share }, mail);
      }
      folders.push(root.name);
    }
    // Whoever gave away the folders of the system, and is still here or comes back, has new ones.
    await ensureAccount({ ...inside, actor: { principalId: fromId, language } });
    await audit(tx, world, {
      kind: 'folder.handedOver',
      object: { type: 'Principal', id: fromId },
      other: { id: toId },
      details: { folders: folders.length, cards, shares },
    });
    return { folders, cards, shares, parentId };
  });
}

async function requirePerson(tx: Transaction, id: string): Promise<{ name: string }> {
  const people = tx.build.selectFrom('principal').select('name').where('kind', '=', 'individual');
  const find = people.where('id', '=', id).where('is_guest', '=', 0);
  const person = await tx.first(find);
  if (!person) throw notFound('person');
  return person;
}

async function givenRoots(tx: Transaction, { fromId, bookIds }: Handover): Promise<AddressBookRow[]> {
  const roots = await tx.all(
    tx.build
      .selectFrom('address_book')
      .selectAll()
      .where('account_id', '=', fromId)
      .where('parent_id', 'is', null)
      .where('trash_id', 'is', null)
      .orderBy('name_key'),
  );
  if (!bookIds) return roots;
  const chosen = roots.filter(({ id }) => bookIds.includes(id));
  if (chosen.length === new Set(bookIds).size) return chosen;
  throw invalid('bookIds', 'Only folders of the top level are given, with everything below them');
}

/** The name of a person may hold what the name of a folder may not. */
function folderNameOf(name: string): string {
  const plain = [...name.replace(/[/:"\u0000-\u001f\u007f]/gu, ' ')].slice(0, 60).join('').trim();
  return plain === '' || plain === '.' || plain === '..' ? '–' : plain;
}
