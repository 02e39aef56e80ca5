import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { CompiledQuery } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { inAccount } from '../../db/inAccount.ts';
import type { ChangeType } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import { AppError } from '../../errors.ts';
import { linksState } from '../cardLink/visibleLinks.ts';
import type { Context } from '../context.ts';
import { isWhole, requireWhole } from '../scope.ts';
import { sharedBooks, visibleBooks } from '../sharing/access.ts';
import type { VisibleBook } from '../sharing/access.ts';
import { noteState } from './noteState.ts';

/** A position in the log of an account, as one reader sees it. */
export type State = {
  readonly seq: number;
  /** In somebody else's account: the version of the reader's groups. */
  readonly groups: number | null;
};

/**
 * The state of a type in an account for this reader (RFC 8620 §5.1): it changes when something changes that they can
 * see, and only then. In somebody else's account it is made from the folders that the reader may read.
 */
export async function stateOf(
  context: Context,
  accountId: string,
  type: ChangeType,
  reader: Reader = context.db,
): Promise<string> {
  if (!isWhole(context.actor)) return stateOfOneFolder(context, accountId, type, reader);
  if (type === 'ShareInvitation') return invitationState(context, reader);
  if (type === 'PrivateNote') return noteState(context, reader);
  if (type === 'CardLink') return linksState(context, reader);
  if (accountId === context.actor.principalId) {
    return writeState({ seq: await newest(reader, newestOfType(reader, { accountId, type })), groups: null });
  }
  return stateAmong(context, { accountId, type, books: await visibleBooks(reader, context, accountId) }, reader);
}

/** The same in somebody else's account, if the folders that the reader may read are already known. */
export async function stateAmong(
  context: Context,
  { accountId, type, books }: { accountId: string; type: ChangeType; books: readonly VisibleBook[] },
  reader: Reader = context.db,
): Promise<string> {
  if (!isWhole(context.actor)) return stateOfOneFolder(context, accountId, type, reader);
  const access = await newestAccess(reader, context, accountId);
  const seen = type === 'Share' ? await newestShare(reader, books) : newestIn(books, type);
  return writeState({ seq: Math.max(access, seen), groups: await groupsVersion(reader, context) });
}

/** To who is shown one folder alone nothing else moves: not even that something did. */
async function stateOfOneFolder(
  context: Context,
  accountId: string,
  type: ChangeType,
  reader: Reader,
): Promise<string> {
  if (type !== 'AddressBook' && type !== 'ContactCard' && type !== 'Share') requireWhole(context);
  const bookId = context.actor.scope?.bookId ?? '';
  const book = await reader.first(
    reader.build
      .selectFrom('address_book')
      .select(['seq', 'cards_seq'])
      .where('id', '=', bookId)
      .where('account_id', '=', accountId),
  );
  const seen = type === 'Share' ? 0 : type === 'ContactCard' ? (book?.cards_seq ?? 0) : (book?.seq ?? 0);
  if (accountId === context.actor.principalId) return writeState({ seq: seen, groups: null });
  const personId = context.actor.principalId;
  const access = await newest(reader, newestForReaderOfFolder(reader, { accountId, personId, bookId }));
  return writeState({ seq: Math.max(access, seen), groups: await groupsVersion(reader, context) });
}

function newestIn(books: readonly VisibleBook[], type: ChangeType): number {
  return Math.max(0, ...books.map(({ book }) => (type === 'ContactCard' ? book.cards_seq : book.seq)));
}

async function newestShare(reader: Reader, books: readonly VisibleBook[]): Promise<number> {
  const ids = books.filter(({ rights }) => rights.mayShare).map(({ book }) => book.id);
  return ids.length === 0 ? 0 : newest(reader, newestShareIn(reader, { ids, accountId: books[0]!.book.account_id }));
}

/** The state as text: `12`, or `12-3` in somebody else's account. */
export function writeState(state: State): string {
  return state.groups === null ? String(state.seq) : `${state.seq}-${state.groups}`;
}

/** Parses a state that a client sent; throws `cannotCalculateChanges` for one that was never given out. */
export function readState(text: string): State {
  const match = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(text);
  if (!match) throw new AppError('cannotCalculateChanges', 'This state was never given out');
  return { seq: Number(match[1]), groups: match[2] === undefined ? null : Number(match[2]) };
}

/** How often the groups of the person have changed. */
export async function groupsVersion(reader: Reader, context: Context): Promise<number> {
  const row = await reader.first(versionOfGroups(reader, { personId: context.actor.principalId }));
  return row?.groups_version ?? 0;
}

type Newest = { seq: number | null };

async function newest(reader: Reader, query: CompiledQuery<Newest>): Promise<number> {
  return (await reader.first(query))?.seq ?? 0;
}

const newestOfType = statement((build, value: { accountId: string; type: ChangeType }) =>
  sql<Newest>`SELECT max(seq) AS seq FROM change
    WHERE account_id = ${value.accountId} AND type = ${value.type}`.compile(build),
);

const newestShareIn = statement((build, value: { ids: readonly string[]; accountId: string }) =>
  sql<Newest>`SELECT max(seq) AS seq FROM change
    WHERE type = 'Share' AND book_id IN (${sql.join(value.ids)}) AND ${inAccount(value.accountId)}`.compile(build),
);

const newestForReader = statement((build, value: { accountId: string; personId: string }) =>
  sql<Newest>`SELECT max(seq) AS seq FROM change
    WHERE account_id = ${value.accountId} AND reader_id IN ${mine(value.personId)}`.compile(build),
);

const newestForReaderOfFolder = statement((build, value: { accountId: string; personId: string; bookId: string }) =>
  sql<Newest>`SELECT max(seq) AS seq FROM change
    WHERE account_id = ${value.accountId} AND reader_id IN ${mine(value.personId)} AND object_id = ${value.bookId}`.compile(
    build,
  ),
);

const versionOfGroups = statement((build, value: { personId: string }) =>
  build.selectFrom('principal').select('groups_version').where('id', '=', value.personId),
);

/** The ids of the person and their groups, for a condition: `reader_id IN ${mine(id)}`. */
export function mine(personId: string): ReturnType<typeof sql> {
  return sql`(WITH RECURSIVE mine (id) AS (
    SELECT ${personId}
    UNION
    SELECT membership.group_id FROM principal_member AS membership JOIN mine ON membership.member_id = mine.id
  ) SELECT id FROM mine)`;
}

function newestAccess(reader: Reader, context: Context, accountId: string): Promise<number> {
  return newest(reader, newestForReader(reader, { accountId, personId: context.actor.principalId }));
}

/** Invitations come from many accounts; their state is the sum of what they say. */
async function invitationState(context: Context, reader: Reader): Promise<string> {
  const hash = createHash('sha256').update(String(await groupsVersion(reader, context)));
  const roots = (await sharedBooks(reader, context)).filter((seen) => seen.isShareRoot);
  for (const { book, rights, invitation, own } of roots.sort((a, b) => (a.book.id < b.book.id ? -1 : 1))) {
    // How many cards there are is read when it is shown: it is no change of the invitation.
    // Only what is shown: when somebody answers the same once more, nothing of it has changed for them.
    const view = own && [own.name, own.color, own.sort_order];
    hash.update(JSON.stringify([book.id, book.name, rights, invitation, view]));
  }
  const accounts = [...new Set(roots.map(({ book }) => book.account_id))];
  for (const account of accounts) hash.update(`${account} ${await newestAccess(reader, context, account)}`);
  return hash.digest('base64url').slice(0, 16);
}
