import { JmapMethodError } from '../../../client/src/errors.ts';
import type { ContactImport, ImportPreview, ImportProblem } from '../../../client/src/imports.ts';
import type { Id } from '../../../client/src/types.ts';
import { writeCsv } from '../../../src/format/csv/writeCsv.ts';
import { call, setStrictly, upload } from '../../api/jmap.ts';
import { subscribeToChanges } from '../../api/store.ts';
import { currentLanguage, messages } from '../../locales/messages.ts';
import { saveText } from './save-file.ts';

/** Where contacts go. */
export interface ImportTarget {
  readonly accountId: Id;
  readonly bookId: Id;
  readonly name: string;
}

/** How a file is read where the guess is wrong; null: as guessed. */
export interface ReadingChoices {
  readonly charset: string | null;
  readonly delimiter: string | null;
  readonly fields: readonly (string | null)[] | null;
  readonly dates: 'dmy' | 'mdy' | null;
}

/** Nothing chosen. */
export const noChoices: ReadingChoices = { charset: null, delimiter: null, fields: null, dates: null };

/** A file that has been sent to the server. */
export interface Uploaded {
  readonly blobAccountId: Id;
  readonly blobId: Id;
  readonly name: string;
}

/** Sends a file to the account of the folder: there everybody who may write in it may do so, guests too. */
export async function uploadFile(file: File, { accountId }: ImportTarget): Promise<Uploaded> {
  const data = file.type === '' ? new Blob([file], { type: 'application/octet-stream' }) : file;
  const { blobId } = await upload(accountId, data);
  return { blobAccountId: accountId, blobId, name: file.name };
}

/** What an import would do. */
export function previewImport(
  accountId: Id,
  { blobAccountId, blobId }: Uploaded,
  { bookId }: ImportTarget,
  choices: ReadingChoices,
): Promise<ImportPreview> {
  return call('ContactImport/preview', { accountId, blobAccountId, blobId, addressBookId: bookId, ...choices });
}

/** Begins an import; its id. */
export async function startImport(
  accountId: Id,
  { blobAccountId, blobId, name }: Uploaded,
  { bookId }: ImportTarget,
  wishes: ReadingChoices & { readonly duplicates: 'skip' | 'merge' | 'keep' },
): Promise<Id> {
  const wanted = { blobAccountId, blobId, name, addressBookId: bookId, ...wishes };
  const { created } = await setStrictly('ContactImport', accountId, { create: { new: wanted } });
  return created!['new']!.id!;
}

/** Stops an import (`cancelled`) or takes it back (`undoing`). */
export async function changeImport(accountId: Id, id: Id, state: 'cancelled' | 'undoing'): Promise<void> {
  await setStrictly('ContactImport', accountId, { update: { [id]: { state } } });
}

const waitingStates: ReadonlySet<string> = new Set(['waiting', 'running', 'undoing']);

/** Whether an import is still at work. */
export function isUnderWay({ state }: ContactImport): boolean {
  return waitingStates.has(state);
}

const askedAgainAfter = 2_000;

/** Tells how far an import is, by push and from time to time, until it has ended; what stops it. */
export function followImport(accountId: Id, id: Id, tell: (run: ContactImport | null) => void): () => void {
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  const ask = async () => {
    if (isOver || asking) return;
    asking = true;
    clearTimeout(timer);
    try {
      const { list } = await call('ContactImport/get', { accountId, ids: [id] });
      if (isOver) return;
      const [run] = list;
      tell(run ?? null);
      if (!run || !isUnderWay(run)) stop();
    } catch {
      // The connection is away: asked again soon.
    } finally {
      asking = false;
      if (!isOver) timer = setTimeout(() => void ask(), askedAgainAfter);
    }
  };
  const silence = subscribeToChanges('ContactImport', (changed) => {
    if (changed === accountId) void ask();
  });
  const stop = () => {
    isOver = true;
    clearTimeout(timer);
    silence();
  };
  void ask();
  return stop;
}

const reportPage = 1_000;

/** Everything that an import did not understand. */
async function allProblems(accountId: Id, id: Id): Promise<ImportProblem[]> {
  const all: ImportProblem[] = [];
  for (;;) {
    const { list, total } = await call('ContactImport/report', {
      accountId,
      id,
      position: all.length,
      limit: reportPage,
    });
    all.push(...list);
    if (list.length === 0 || all.length >= total) return all;
  }
}

/** Downloads the report as a table. */
export async function downloadReport(accountId: Id, { id, name }: Pick<ContactImport, 'id' | 'name'>): Promise<void> {
  const { transfer } = messages();
  const rows = (await allProblems(accountId, id)).map(({ file, line, isLost, reason, detail, text }) => [
    file ?? '',
    String(line),
    isLost ? transfer.no : transfer.yes,
    transfer.reasons[reason] ?? reason,
    detail ?? '',
    text,
  ]);
  const text = writeCsv([transfer.reportColumns, ...rows], currentLanguage() === 'fr' ? ';' : ',');
  saveText(transfer.reportName(name), 'text/csv', text);
}

/** The beginning of what an import did not understand. */
export async function someProblems(accountId: Id, id: Id): Promise<readonly ImportProblem[]> {
  return (await call('ContactImport/report', { accountId, id, limit: 50 })).list;
}

/** Why a file cannot be imported, in words; undefined: it is something else that failed. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof JmapMethodError) || error.reason === undefined) return undefined;
  const { refused } = messages().transfer;
  return refused[error.reason];
}
