import type { AddressBookRow } from '../../db/schema.ts';
import { notFound } from '../../errors.ts';
import { nameKey } from '../addressbook/names.ts';
import type { Context } from '../context.ts';
import { emailKey } from '../principal/emailKey.ts';
import { findPrincipalByLogin } from '../principal/findPrincipalByEmail.ts';
import { requireBook } from '../sharing/access.ts';

/**
 * The folder at a path of names from the top of somebody's account, or with this id, if the person may read it;
 * otherwise *not found*, for whatever reason. The owner is given as an e-mail address, a login, the part before the @,
 * an id, or ~ for oneself.
 */
export async function findFolderByPath(
  context: Context,
  owner: string,
  path: readonly string[],
): Promise<AddressBookRow> {
  const ownerId = await findOwner(context, owner);
  const bookId = ownerId === undefined ? undefined : await findBookId(context, ownerId, path);
  if (bookId === undefined) throw notFound('address book');
  const { book } = await requireBook(context.db, context, bookId);
  if (book.account_id !== ownerId) throw notFound('address book');
  return book;
}

/** Without a look at rights: the caller asks for them. */
async function findBookId({ db }: Context, accountId: string, path: readonly string[]): Promise<string | undefined> {
  const names = path.map(nameKey);
  let parentId: string | null = null;
  for (const name of names) {
    const child: { id: string } | undefined = await db.first(
      db.build
        .selectFrom('address_book')
        .select('id')
        .where('account_id', '=', accountId)
        .where('parent_id', parentId === null ? 'is' : '=', parentId)
        .where('name_key', '=', name)
        .where('trash_id', 'is', null),
    );
    if (!child) return path.length === 1 ? path[0] : undefined;
    parentId = child.id;
  }
  return parentId ?? undefined;
}

async function findOwner(context: Context, owner: string): Promise<string | undefined> {
  const { db, actor } = context;
  if (owner === '~') return actor.principalId;
  const people = db.build
    .selectFrom('principal')
    .select('id')
    .where('kind', '=', 'individual')
    .where('is_active', '=', 1);
  const key = emailKey(owner);
  const called = await findPrincipalByLogin(db, owner);
  if (called?.kind === 'individual') return called.id;
  const exact = await db.first(people.where('id', '=', owner));
  if (exact || key === '' || key.includes('@')) return exact?.id;
  // '@' is followed by 'A': all addresses that begin with this and an @. Two people with it are nobody.
  const byLocalPart = await db.all(
    people.where('email_key', '>=', `${key}@`).where('email_key', '<', `${key}A`).limit(2),
  );
  return byLocalPart.length === 1 ? byLocalPart[0]!.id : undefined;
}
