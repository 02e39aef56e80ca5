import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Reader } from '../../db/database.ts';
import type { ImportProblemRow, ImportRunRow } from '../../db/rows/importRows.ts';
import { AppError, invalid, notFound } from '../../errors.ts';
import { isField } from '../../format/import/cardFromFields.ts';
import type { ReadingChoices } from '../../format/import/readFile.ts';
import { newId } from '../../lib/ids.ts';
import { requireBlob } from '../blob/getBlob.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context, World } from '../context.ts';
import { isOrphaned } from '../program/heartbeat.ts';
import { requireUnlimited, requireWhole } from '../scope.ts';
import { requireBook } from '../sharing/access.ts';
import type { ZimbraChoices } from './zimbra/zimbraChoices.ts';

/** What to do with a contact that the folder already has. */
export type Duplicates = 'skip' | 'merge' | 'keep';

/** How to read a file, and what to do with duplicates. */
export type ImportChoices = ReadingChoices & { readonly duplicates: Duplicates };

/** An import to start. */
export type NewImport = {
  readonly bookId: string;
  readonly blobAccountId: string;
  readonly blobId: string;
  readonly name: string;
  readonly choices: ImportChoices;
  /** Whoever asks carries it out; absent: whichever program is free. */
  readonly isOwn?: boolean;
};

/** An import as its person sees it. */
export type ImportView = Omit<ImportRunRow, 'principal_id' | 'choices' | 'program_id'> & {
  readonly choices: Partial<ImportChoices & ZimbraChoices>;
};

/** One of these ends by itself; only then can it be undone or forgotten. */
const underWay: readonly ImportRunRow['state'][] = ['waiting', 'running', 'undoing'];
/** The same, in the words of the index. */
const isUnderWay = sql<boolean>`state IN ('waiting', 'running', 'undoing')`;
const mostUnderWay = 5;
const mostKept = 50;

/**
 * Requests an import, which starts after the commit. Errors: `notFound`, `forbidden`, `tooMany` at once for one person.
 */
export async function createImport(context: Context, wanted: NewImport): Promise<string> {
  requireUnlimited(context);
  requireFields(wanted.choices);
  return transact(context, async (tx) => {
    const { book } = await requireBook(tx, context, wanted.bookId, 'mayAdd');
    return addRun(tx, context, { ...wanted, kind: 'file', bookId: book.id, choices: wanted.choices });
  });
}

/** What every kind of import begins with. */
export type NewRun = Pick<NewImport, 'bookId' | 'blobAccountId' | 'blobId' | 'name' | 'isOwn'> & {
  readonly kind: ImportRunRow['kind'];
  readonly choices: object;
};

/**
 * Stores an import that waits to be run. The caller has checked the rights on the folder. Errors: `notFound` for the
 * file, `tooMany`.
 */
export async function addRun(tx: Transaction, context: Context, wanted: NewRun): Promise<string> {
  await requireBlob(tx, context, wanted.blobAccountId, wanted.blobId);
  const { principalId } = context.actor;
  const mine = await tx.all(runsOf(tx, principalId));
  if (mine.filter(({ state }) => underWay.includes(state)).length >= mostUnderWay)
    throw new AppError('tooMany', `At most ${mostUnderWay} imports at once`);
  for (const old of mine.filter(({ state }) => !underWay.includes(state)).slice(mostKept - 1)) {
    await tx.run(tx.build.deleteFrom('import_run').where('id', '=', old.id));
    noteImport(tx, { id: old.id, principal_id: principalId }, 'destroyed');
  }
  const row = {
    id: newId('i', context.now()),
    kind: wanted.kind,
    principal_id: principalId,
    book_id: wanted.bookId,
    blob_account_id: wanted.blobAccountId,
    blob_id: wanted.blobId,
    name: wanted.name.slice(0, 255),
    choices: JSON.stringify(wanted.choices),
    state: 'waiting' as const,
    reason: null,
    total: null,
    done: 0,
    made: 0,
    merged: 0,
    skipped: 0,
    failed: 0,
    undone: 0,
    kept: 0,
    created_at: context.now().toISOString(),
    ended_at: null,
    program_id: wanted.isOwn ? context.db.programId : null,
  };
  await tx.run(tx.build.insertInto('import_run').values(row));
  noteImport(tx, row, 'created');
  return row.id;
}

/** Throws `invalid` for a column that is mapped to a field that contacts do not have. */
export function requireFields({ fields }: Pick<ReadingChoices, 'fields'>): void {
  if (fields === null) return;
  if (fields.length > 1000 || fields.some((name) => name !== null && !isField(name)))
    throw invalid('fields', 'There is no such field');
}

/** The imports of the person, newest first. */
export async function listImports(
  reader: Reader,
  context: Context,
  ids: readonly string[] | null,
): Promise<ImportView[]> {
  const rows = await reader.all(runsOf(reader, context.actor.principalId));
  return rows.filter(({ id }) => ids === null || ids.includes(id)).map(viewOf);
}

function viewOf({ principal_id: _person, program_id: _program, choices, ...row }: ImportRunRow): ImportView {
  return { ...row, choices: JSON.parse(choices) as ImportView['choices'] };
}

/** Stops an import where it is: what is already in the folder stays until the import is undone. */
export async function cancelImport(context: Context, id: string): Promise<void> {
  requireUnlimited(context);
  await transact(context, async (tx) => {
    const row = await requireRun(tx, context, id);
    if (row.state !== 'waiting' && row.state !== 'running') return;
    await changeRun(tx, row, { state: 'cancelled', ended_at: context.now().toISOString() });
  });
}

/** Requests that everything an import made and changed is undone, after the commit. */
export async function undoImport(context: Context, id: string): Promise<void> {
  requireUnlimited(context);
  await transact(context, async (tx) => {
    const row = await requireRun(tx, context, id);
    if (row.state === 'undoing' || row.state === 'undone') return;
    if (underWay.includes(row.state)) throw invalid('state', 'The import is under way', { reason: 'underWay' });
    await changeRun(tx, row, { state: 'undoing' });
  });
}

/** Deletes an import and its report; the contacts stay. A running import is stopped. */
export async function forgetImport(context: Context, id: string): Promise<void> {
  requireUnlimited(context);
  await transact(context, async (tx) => {
    const row = await requireRun(tx, context, id);
    await tx.run(tx.build.deleteFrom('import_run').where('id', '=', row.id));
    noteImport(tx, row, 'destroyed');
  });
}

/** What was not understood, in the order of the file. */
export async function listProblems(
  context: Context,
  id: string,
  { position, limit }: { readonly position: number; readonly limit: number },
): Promise<{ readonly total: number; readonly problems: readonly ImportProblemRow[] }> {
  requireWhole(context);
  const { db } = context;
  await requireRun(db, context, id);
  const ofRun = db.build.selectFrom('import_problem').where('run_id', '=', id);
  const total = await db.first(ofRun.select(db.build.fn.countAll<number>().as('total')));
  const problems = await db.all(ofRun.selectAll().orderBy('position').offset(position).limit(limit));
  return { total: total?.total ?? 0, problems };
}

/** The cards that an undo left as they are because somebody had changed them since. */
export async function listKept(context: Context, id: string): Promise<string[]> {
  const rows = await context.db.all(
    context.db.build
      .selectFrom('import_item')
      .select('card_id')
      .where('run_id', '=', id)
      .where('is_kept', '=', 1)
      .limit(mostKept),
  );
  return rows.map((row) => row.card_id);
}

async function requireRun(reader: Reader, context: Context, id: string): Promise<ImportRunRow> {
  const row = await reader.first(reader.build.selectFrom('import_run').selectAll().where('id', '=', id));
  if (row?.principal_id !== context.actor.principalId) throw notFound('import');
  return row;
}

/** Updates an import and tells its person. An import that has ended no longer belongs to any node. */
export async function changeRun(
  tx: Transaction,
  row: Pick<ImportRunRow, 'id' | 'principal_id'>,
  change: Partial<ImportRunRow>,
): Promise<void> {
  const hasEnded = change.state !== undefined && !underWay.includes(change.state);
  const whole = hasEnded ? { ...change, program_id: null } : change;
  await tx.run(tx.build.updateTable('import_run').set(whole).where('id', '=', row.id));
  noteImport(tx, row, 'updated');
}

function noteImport(
  tx: Transaction,
  { id, principal_id: accountId }: Pick<ImportRunRow, 'id' | 'principal_id'>,
  kind: 'created' | 'updated' | 'destroyed',
): void {
  tx.changed({ accountId, type: 'ContactImport', id, kind });
}

function runsOf({ build }: Reader, principalId: string) {
  return build
    .selectFrom('import_run')
    .selectAll()
    .where('principal_id', '=', principalId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc');
}

/** Marks imports of nodes that have died as interrupted: they do not continue by themselves, and can be undone. */
export async function interruptImports(world: World): Promise<void> {
  // Nobody began one that waits; what runs without a name is of before programs had one.
  const left = sql<boolean>`(${isOrphaned(world, 'program_id')} OR (program_id IS NULL AND state = 'running'))`;
  if (await world.db.first(runsUnderWay(world.db).where(left).limit(1))) await interrupt(world, left);
}

/** The same for the imports of this node, which is about to stop. */
export function interruptOwnImports(world: World): Promise<void> {
  return interrupt(world, sql<boolean>`program_id = ${world.db.programId}`);
}

async function interrupt(world: World, which: RawBuilder<boolean>): Promise<void> {
  await transact(world, async (tx) => {
    for (const row of await tx.all(runsUnderWay(tx).where(which)))
      await changeRun(tx, row, { state: 'interrupted', ended_at: world.now().toISOString() });
  });
}

function runsUnderWay({ build }: Reader) {
  return build.selectFrom('import_run').select(['id', 'principal_id']).where(isUnderWay);
}

/** The import that has waited longest to be run or undone. */
export function nextImport({ db }: World): Promise<ImportRunRow | undefined> {
  const waiting = db.build.selectFrom('import_run').selectAll().where(isUnderWay);
  return db.first(
    waiting.where('state', 'in', ['waiting', 'undoing']).where('program_id', 'is', null).orderBy('created_at').limit(1),
  );
}

/** Deletes old imports with their reports and what undoing them would need. */
export async function purgeImports(world: World): Promise<void> {
  const since = new Date(world.now().getTime() - world.settings.trashDays * 24 * 3600 * 1000).toISOString();
  await transact(world, async (tx) => {
    const { build } = tx;
    const old = build.selectFrom('import_run').select(['id', 'principal_id']).where('ended_at', '<', since).limit(20);
    for (const row of await tx.all(old.where('state', 'not in', underWay))) {
      await tx.run(build.deleteFrom('import_run').where('id', '=', row.id));
      noteImport(tx, row, 'destroyed');
    }
  });
}
