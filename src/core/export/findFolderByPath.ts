import type { Reader } from '../../db/database.ts';
import type { AddressBookRow } from '../../db/schema.ts';
import { notFound } from '../../errors.ts';
import { nameKey } from '../addressbook/names.ts';
import type { Context } from '../context.ts';
import { emailKey } from '../principal/emailKey.ts';
import { visibleBooks } from '../sharing/access.ts';

/**
 * The folder at a path of names in somebody's account, when the person may read it; else *not found*, whatever is
 * the matter. The owner is an e-mail address, what stands before its @, an id, or ~ for oneself. A sharee's path may
 * begin at the folder that was shared: what stands above it is its owner's business.
 */
export async function findFolderByPath(context: Context, owner: string, path: readonly string[]): Promise<AddressBookRow> {
  const ownerId = await findOwner(context, owner);
  const visible = ownerId === undefined ? [] : (await visibleBooks(context.db, context, ownerId)).map(({ book }) => book);
  const names = path.map(nameKey);
  const candidates = visible.filter((book) => book.name_key === names.at(-1));
  if (ownerId !== undefined && candidates.length > 0) {
    const all = new Map((await allBooks(context.db, ownerId)).map((book) => [book.id, book]));
    const readable = new Set(visible.map((book) => book.id));
    const found =
      candidates.find((book) => endsAt(all, book, names) === null) ??
      candidates.find((book) => {
        const above = endsAt(all, book, names);
        return above !== undefined && above !== null && !readable.has(above);
      });
    if (found) return found;
  }
  throw notFound('address book');
}

type Step = Pick<AddressBookRow, 'id' | 'parent_id' | 'name_key'>;

/** What stands above the folder where the names begin: null for the top level, undefined when they do not match. */
function endsAt(all: ReadonlyMap<string, Step>, book: Step, names: readonly string[]): string | null | undefined {
  let step: Step | undefined = book;
  for (const [index, name] of names.toReversed().entries()) {
    if (step?.name_key !== name) return undefined;
    if (index === names.length - 1) return step.parent_id;
    step = step.parent_id === null ? undefined : all.get(step.parent_id);
  }
  return undefined;
}

function allBooks(reader: Reader, accountId: string): Promise<Step[]> {
  return reader.all(
    reader.build
      .selectFrom('address_book')
      .select(['id', 'parent_id', 'name_key'])
      .where('account_id', '=', accountId)
      .where('trash_id', 'is', null),
  );
}

async function findOwner(context: Context, owner: string): Promise<string | undefined> {
  const { db, actor } = context;
  if (owner === '~') return actor.principalId;
  const people = db.build.selectFrom('principal').select('id').where('kind', '=', 'individual').where('is_active', '=', 1);
  const key = emailKey(owner);
  const exact = await db.first(people.where((is) => is.or([is('id', '=', owner), is('email_key', '=', key)])));
  if (exact || key === '' || key.includes('@')) return exact?.id;
  // '@' is followed by 'A': all addresses that begin with this and an @. Two people with it are nobody.
  const byLocalPart = await db.all(people.where('email_key', '>=', `${key}@`).where('email_key', '<', `${key}A`).limit(2));
  return byLocalPart.length === 1 ? byLocalPart[0]!.id : undefined;
}
