import type { ImportRunRow } from '../../../db/rows/importRows.ts';
import { createBreath } from '../../../lib/breath.ts';
import { addKeywordColors } from '../../card/keywordColors.ts';
import { transact } from '../../change/transact.ts';
import type { Context } from '../../context.ts';
import { startBatch } from '../batchClock.ts';
import { changeRun } from '../importRuns.ts';
import { finish, isWanted, noCounts, noteProblem } from '../progress.ts';
import type { Counts, NotedProblem } from '../progress.ts';
import type { ContactFile } from './fileOf.ts';
import type { Judging } from './judgeContact.ts';
import { keepContact } from './keepContact.ts';
import { makeFolders } from './makeFolders.ts';
import { contactsBook } from './contactsBook.ts';
import { acceptLinks, makeShares } from './makeShares.ts';
import { readAccount } from './readAccount.ts';
import { wantedFiles } from './wantedFiles.ts';
import { readContact } from './readContact.ts';
import { withMembers } from './resolveMembers.ts';
import type { ZimbraChoices } from './zimbraChoices.ts';

const filesAtOnce = 100;

/** Carries out the import of an account until its end, or until it is cancelled: folders, contacts, groups, shares. */
export async function runZimbra(context: Context, run: ImportRunRow, signal: AbortSignal): Promise<void> {
  const choices = JSON.parse(run.choices) as ZimbraChoices;
  const account = await readAccount(context, { blobAccountId: run.blob_account_id, blobId: run.blob_id }, choices);
  await transact(context, (tx) => changeRun(tx, run, { total: account.count }));
  const report = createReport(context, run);
  if (!(await report(account.problems))) return;
  const { books, problems } = await makeFolders(context, { run, account }, signal);
  await addKeywordColors(context, account.tags);
  if (!(await report(problems))) return;
  const { principalId } = context.actor;
  const fallback = await contactsBook(context.db, context);
  const judging: Judging = { principalId, source: account.source, books, fallback };
  // Groups come last: by then everybody who may be in one is there.
  for (const groups of [false, true]) {
    const files = wantedFiles(account, groups);
    if (!(await keepAll(context, { run, judging, files, report, signal }))) return;
  }
  const sharing = { run, account, books, choices };
  if (!(await report(await makeShares(context, sharing, signal)))) return;
  if (!(await report(await acceptLinks(context, sharing)))) return;
  if (!signal.aborted) await finish(context, run, report.counts);
}

/** Writes problems down, and how far it is; false: the import is not wanted any more. */
type Report = ((problems: readonly NotedProblem[]) => Promise<boolean>) & { readonly counts: Counts; position: number };

function createReport(context: Context, run: ImportRunRow): Report {
  const counts = noCounts();
  const report = async (problems: readonly NotedProblem[]): Promise<boolean> =>
    transact(context, async (tx) => {
      if (!(await isWanted(tx, run.id))) return false;
      for (const problem of problems) made.position = await noteProblem({ tx, run, counts }, problem, made.position);
      await changeRun(tx, run, { ...counts });
      return true;
    });
  const made: Report = Object.assign(report, { counts, position: 0 });
  return made;
}

type Keeping = {
  readonly run: ImportRunRow;
  readonly judging: Judging;
  readonly files: AsyncIterator<ContactFile>;
  readonly report: Report;
  readonly signal: AbortSignal;
};

/** Keeps all contacts, batch by batch; false: the import is not wanted any more. */
async function keepAll(context: Context, { run, judging, files, report, signal }: Keeping): Promise<boolean> {
  const { counts } = report;
  const pause = createBreath(1);
  let waiting: ContactFile[] = [];
  while (!signal.aborted) {
    if (waiting.length === 0) waiting = await nextFiles(files);
    if (waiting.length === 0) return true;
    const isGoing = await transact(context, async (tx) => {
      if (!(await isWanted(tx, run.id))) return false;
      const isLongEnough = startBatch();
      let taken = 0;
      for (const file of waiting) {
        if (isLongEnough(taken)) break;
        taken += 1;
        for (const problem of await keepFile({ tx, context, run, judging, counts }, file))
          report.position = await noteProblem({ tx, run, counts }, problem, report.position);
      }
      waiting = waiting.slice(taken);
      await changeRun(tx, run, { ...counts });
      return true;
    });
    if (!isGoing) return false;
    await pause();
  }
  return false;
}

async function keepFile(
  keeping: Parameters<typeof keepContact>[0],
  file: ContactFile,
): Promise<readonly NotedProblem[]> {
  const read = readContact(keeping.context, file);
  if ('reason' in read) return [read];
  const whole = read.isGroup ? await withMembers(keeping.tx, keeping.judging, read) : read;
  return keepContact(keeping, whole);
}

async function nextFiles(files: AsyncIterator<ContactFile>): Promise<ContactFile[]> {
  const read: ContactFile[] = [];
  while (read.length < filesAtOnce) {
    const next = await files.next();
    if (next.done) break;
    read.push(next.value);
  }
  return read;
}
