import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { ChangeRow, ChangeType } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import { AppError } from '../../errors.ts';
import { isLost } from '../change/lostNumbers.ts';
import type { Context } from '../context.ts';
import { isWhole } from '../scope.ts';
import { visibleBooks } from '../sharing/access.ts';
import { groupsVersion, mine, readState, stateOf, writeState } from './states.ts';

/** The result of a `/changes` call (RFC 8620 §5.2). */
export type ChangesAnswer = {
  readonly oldState: string;
  readonly newState: string;
  readonly hasMoreChanges: boolean;
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly destroyed: readonly string[];
};

/** What happened to one object between two states, as one reader sees it. */
type Story = { id: string; wasThere: boolean; isThere: boolean; readonly first: number };

const mostRows = 20_000;

/** What changed in an account since a state, as far as this reader may know. */
export async function changesOf(
  context: Context,
  accountId: string,
  type: ChangeType,
  sinceState: string,
  maxChanges: number | null,
): Promise<ChangesAnswer> {
  // The new state is read before the rows: what comes in between is told twice rather than never.
  const newState = await stateOf(context, accountId, type);
  return changesBetween(context, { accountId, type, sinceState, newState, maxChanges });
}

/** The same between two positions in the log of an account. */
export async function changesBetween(
  context: Context,
  {
    accountId,
    type,
    sinceState,
    newState,
    maxChanges,
  }: {
    readonly accountId: string;
    readonly type: ChangeType;
    readonly sinceState: string;
    readonly newState: string;
    readonly maxChanges: number | null;
  },
): Promise<ChangesAnswer> {
  const reader = context.db;
  const since = readState(sinceState);
  const isOwner = accountId === context.actor.principalId;
  const now = readState(newState);
  if (since.seq > now.seq || since.groups !== (isOwner ? null : await groupsVersion(reader, context))) throw cannot();
  if (since.seq < now.seq && (await isLost(reader, accountId, since.seq))) throw cannot();

  const limit = Math.min(maxChanges === null ? mostRows : maxChanges * 4 + 16, mostRows);
  const rows = await rowsSince(context, { accountId, type, seq: since.seq, limit: limit + 1 });
  // What lies behind the newest change that the reader can see is not for them.
  const complete = rows.length <= limit || rows[limit]!.seq > now.seq;
  // A move is two rows, out of one folder and into the next: never stop between them.
  if (!complete && rows[limit]!.object_id !== rows[limit - 1]!.object_id) rows.pop();
  const stories = isOwner ? tellOwner(rows, accountId) : await tellReader(reader, context, accountId, type, rows);
  return summarise(stories, {
    oldState: sinceState,
    newState,
    now,
    maxChanges,
    complete,
    lastSeq: rows.at(-1)?.seq ?? since.seq,
  });
}

function cannot(): AppError {
  return new AppError('cannotCalculateChanges', 'Changes since this state cannot be told; ask for everything');
}

function rowsSince(
  context: Context,
  { accountId, type, seq, limit }: { accountId: string; type: ChangeType; seq: number; limit: number },
): Promise<ChangeRow[]> {
  const personId = context.actor.principalId;
  const { scope } = context.actor;
  // To who is shown one folder alone, nothing is told of any other.
  if (scope && !isWhole(context.actor)) {
    const ofFolder = { accountId, type, seq, limit, personId, bookId: scope.bookId ?? '' };
    return context.db.all(changesOfFolder(context.db, ofFolder));
  }
  const since = accountId === personId ? ownChanges : changesForReader;
  return context.db.all(since(context.db, { accountId, type, seq, limit, personId }));
}

type Since = {
  readonly accountId: string;
  readonly type: ChangeType;
  readonly seq: number;
  readonly limit: number;
  readonly personId: string;
};

const ownChanges = statement((build, value: Since) => rowsOf(value, sql`type = ${value.type}`).compile(build));

// A change of access to a folder concerns what is in it as well.
const changesForReader = statement((build, value: Since) =>
  rowsOf(value, sql`(type = ${value.type} OR (type = 'AddressBook' AND kind = 'access'))`).compile(build),
);

const changesOfFolder = statement((build, value: Since & { readonly bookId: string }) =>
  rowsOf(
    value,
    sql`(type = ${value.type} OR (type = 'AddressBook' AND kind = 'access' AND account_id <> ${value.personId}))
      AND CASE type WHEN 'AddressBook' THEN object_id = ${value.bookId} ELSE book_id = ${value.bookId} END`,
  ).compile(build),
);

function rowsOf(value: Since, ofType: ReturnType<typeof sql>): ReturnType<typeof sql<ChangeRow>> {
  return sql<ChangeRow>`
    SELECT * FROM change
    WHERE account_id = ${value.accountId} AND seq > ${value.seq} AND ${ofType}
      AND (reader_id IS NULL OR reader_id IN ${mine(value.personId)})
    ORDER BY seq LIMIT ${value.limit}`;
}

/** Of changes of access, an owner is told those of their own view. */
function tellOwner(rows: readonly ChangeRow[], ownerId?: string): Story[] {
  const stories = new Map<string, Story>();
  for (const row of rows.filter(({ kind, reader_id: readerId }) => kind !== 'access' || readerId === ownerId)) {
    const story = stories.get(row.object_id);
    if (!story) stories.set(row.object_id, begin(row));
    else story.isThere = row.kind !== 'destroyed';
  }
  return [...stories.values()];
}

function begin(row: ChangeRow): Story {
  return { id: row.object_id, wasThere: row.kind !== 'created', isThere: row.kind !== 'destroyed', first: row.seq };
}

/** Somebody else sees only what happened in the folders that they may read. */
async function tellReader(
  reader: Reader,
  context: Context,
  accountId: string,
  type: ChangeType,
  rows: readonly ChangeRow[],
): Promise<Story[]> {
  const books = await visibleBooks(reader, context, accountId);
  const visible = new Set(books.map(({ book }) => book.id));
  if (type === 'AddressBook') return tellBooks(rows, visible);
  const access = rows.filter((row) => row.kind === 'access');
  if (type === 'ContactCard') {
    // All cards of a folder came or went: asking anew costs no more than telling them one by one.
    if (access.some((row) => row.was_readable === null || (row.was_readable === 1) !== visible.has(row.object_id)))
      throw cannot();
    return tellOwner(rows.filter((row) => row.book_id !== null && visible.has(row.book_id)));
  }
  // Shares are seen by those who may share: with the role they come or go as a whole.
  if (access.length > 0) throw cannot();
  const shared = new Set(books.filter(({ rights }) => rights.mayShare).map(({ book }) => book.id));
  return tellOwner(rows.filter((row) => row.book_id !== null && shared.has(row.book_id)));
}

/** Whether a folder was there is known from the first change of access of each grantee: the person, each group. */
function tellBooks(rows: readonly ChangeRow[], visible: ReadonlySet<string>): Story[] {
  const stories: Story[] = [];
  for (const [id, ofBook] of Map.groupBy(rows, (row) => row.object_id)) {
    const access = ofBook.filter((row) => row.kind === 'access');
    // Of what could neither be seen before nor can be now, nothing is told.
    if (access.length === 0 && !visible.has(id)) continue;
    const firsts = access.filter(
      (row, index) => access.findIndex((other) => other.reader_id === row.reader_id) === index,
    );
    const wasThere = access.length === 0 ? ofBook[0]!.kind !== 'created' : firsts.some((row) => row.was_readable !== 0);
    stories.push({ id, wasThere, isThere: visible.has(id), first: ofBook[0]!.seq });
  }
  return stories;
}

function summarise(
  stories: readonly Story[],
  scope: {
    oldState: string;
    newState: string;
    now: { groups: number | null };
    maxChanges: number | null;
    complete: boolean;
    lastSeq: number;
  },
): ChangesAnswer {
  const told = stories.filter((story) => story.wasThere || story.isThere);
  const tooMany = scope.maxChanges !== null && told.length > scope.maxChanges;
  if (scope.complete && !tooMany) {
    return { oldState: scope.oldState, newState: scope.newState, hasMoreChanges: false, ...sorted(told) };
  }
  // A state in the middle: what begins behind it comes later. What began before and goes on behind it is told twice.
  const inOrder = [...told].sort((a, b) => a.first - b.first);
  const part = tooMany ? inOrder.slice(0, scope.maxChanges ?? inOrder.length) : inOrder;
  const end = tooMany ? inOrder[part.length]!.first - 1 : scope.lastSeq;
  return {
    oldState: scope.oldState,
    newState: writeState({ seq: end, groups: scope.now.groups }),
    hasMoreChanges: true,
    ...sorted(part),
  };
}

function sorted(stories: readonly Story[]): Pick<ChangesAnswer, 'created' | 'updated' | 'destroyed'> {
  const ids = (wanted: (story: Story) => boolean) => stories.filter(wanted).map((story) => story.id);
  return {
    created: ids((story) => !story.wasThere && story.isThere),
    updated: ids((story) => story.wasThere && story.isThere),
    destroyed: ids((story) => story.wasThere && !story.isThere),
  };
}
