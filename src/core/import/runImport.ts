import type { ImportRunRow } from '../../db/rows/importRows.ts';
import type { AddressBookRow } from '../../db/schema.ts';
import { fillCard } from '../../format/import/fillCard.ts';
import { fromVCard } from '../../format/jscontact/fromVCard.ts';
import { toVCard } from '../../format/jscontact/toVCard.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import { serializeVCard } from '../../format/vcard/serialize.ts';
import { createBreath } from '../../lib/breath.ts';
import { findByUid, saveCard } from '../card/saveCard.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { requireBook } from '../sharing/access.ts';
import { startBatch } from './batchClock.ts';
import { mayChangeCard } from '../sharing/cardRights.ts';
import type { Rights } from '../sharing/rights.ts';
import { keptOf, matchKeysOf, newUid, sizeOf } from './candidate.ts';
import type { Candidate } from './candidate.ts';
import { findDuplicate } from './findDuplicate.ts';
import { entriesToCount, importEntries, mostContacts } from './importEntries.ts';
import type { FiledProblem, ReadEntry } from './importEntries.ts';
import { changeRun } from './importRuns.ts';
import { finish, insertItem, isWanted, noCounts, noteOutcome, noteProblem } from './progress.ts';
import type { Counts, Outcome } from './progress.ts';
import type { ImportChoices } from './importRuns.ts';
import { headingsOf, rememberMapping } from './mappings.ts';
import { openImport } from './openImport.ts';
import type { OpenImport } from './openImport.ts';

const readAtOnce = 100;

/** Carries out one import, batch by batch, until its end or until it is cancelled. */
export async function runImport(context: Context, run: ImportRunRow, signal: AbortSignal): Promise<void> {
  const choices = JSON.parse(run.choices) as ImportChoices;
  const opened = await openImport(context, { blobAccountId: run.blob_account_id, blobId: run.blob_id }, choices);
  const headings = headingsOf(opened);
  const total = await count(opened, signal);
  await transact(context, async (tx) => {
    if (headings) await rememberMapping(tx, context, headings, choices);
    await changeRun(tx, run, { total });
  });
  let counts = noCounts();
  const entries = importEntries(opened);
  let waiting: ReadEntry[] = [];
  let position = 0;
  let isAtEnd = false;
  while (!signal.aborted) {
    if (!isAtEnd && waiting.length === 0) ({ read: waiting, isAtEnd } = await readSome(entries));
    if (waiting.length === 0) break;
    const written = await transact(context, async (tx) => {
      if (!(await isWanted(tx, run.id))) return null;
      const { book, rights } = await requireBook(tx, context, run.book_id, 'mayAdd');
      const batch = { tx, context, run, book, rights, choices, counts: { ...counts } };
      const result = await writeBatch(batch, waiting, position);
      await changeRun(tx, run, batch.counts);
      return { ...result, counts: batch.counts };
    });
    if (!written) return;
    waiting = waiting.slice(written.taken);
    ({ position, counts } = written);
    await pause();
  }
  if (!signal.aborted) await finish(context, run, counts);
}

const pause = createBreath(1);

/** What progress is a part of. */
async function count(opened: OpenImport, signal: AbortSignal): Promise<number> {
  const breathe = createBreath(50);
  let total = 0;
  for (const isOne of entriesToCount(opened)) {
    await breathe();
    if (signal.aborted) break;
    if (isOne) total += 1;
  }
  return Math.min(total, mostContacts);
}

async function readSome(entries: Iterator<ReadEntry>): Promise<{ read: ReadEntry[]; isAtEnd: boolean }> {
  const breathe = createBreath(10);
  const read: ReadEntry[] = [];
  while (read.length < readAtOnce) {
    const next = entries.next();
    if (next.done) return { read, isAtEnd: true };
    read.push(next.value);
    await breathe();
  }
  return { read, isAtEnd: false };
}

type Batch = {
  readonly tx: Transaction;
  readonly context: Context;
  readonly run: ImportRunRow;
  readonly book: AddressBookRow;
  readonly rights: Rights;
  readonly choices: ImportChoices;
  readonly counts: Counts;
};

async function writeBatch(
  batch: Batch,
  entries: readonly ReadEntry[],
  position: number,
): Promise<{ taken: number; position: number }> {
  const isLongEnough = startBatch();
  const breathe = createBreath(4);
  let taken = 0;
  let next = position;
  for (const entry of entries) {
    if (isLongEnough(taken)) break;
    taken += 1;
    const problem = 'problem' in entry ? entry.problem : await keep(batch, entry.candidate);
    if (problem) next = await noteProblem(batch, problem, next);
    await breathe();
  }
  return { taken, position: next };
}

/**
 * Keeps one contact, or tells why not. What could be wrong with one alone is looked at before anything is written; errors
 * end the whole import: `overQuota`.
 */
async function keep(batch: Batch, candidate: Candidate): Promise<FiledProblem | null> {
  const { tx, book, choices, counts } = batch;
  const where = { bookId: book.id, accountId: book.account_id };
  const same = choices.duplicates === 'keep' ? undefined : await findDuplicate(tx, where, matchKeysOf(candidate));
  if (same !== undefined && choices.duplicates === 'skip') return noteOutcome(counts, 'skipped');
  if (same !== undefined) return noteOutcome(counts, await fill(batch, same, candidate));
  const isTaken = candidate.hasOwnUid && (await findByUid(tx, book.account_id, candidate.card.uid)) !== undefined;
  const kept = keptOf(candidate, isTaken ? newUid() : null);
  if (sizeOf(kept) > batch.context.settings.maxCardSize) return tooLarge(candidate);
  const { id, etag } = await saveCard(tx, batch.context, { book, ...kept });
  await tx.run(
    insertItem(tx, { row: { run_id: batch.run.id, card_id: id, etag, before: null, is_kept: 0, book_id: null } }),
  );
  return noteOutcome(counts, 'made');
}

function tooLarge({ item: { line, text } }: Candidate): FiledProblem {
  return { line, text, reason: 'tooLarge', isLost: true, file: null };
}

/** Adds to a card what the file says beyond it. */
async function fill({ tx, context, run, book, rights }: Batch, cardId: string, { card }: Candidate): Promise<Outcome> {
  const { build } = tx;
  const old = (await tx.first(build.selectFrom('card').selectAll().where('id', '=', cardId)))!;
  // Who may only add leaves the contacts of others as they are.
  if (!mayChangeCard(context, rights, old)) return 'skipped';
  const record = (await tx.first(build.selectFrom('card_record').select('vcard').where('card_id', '=', cardId)))!;
  const base = parseVCard(record.vcard);
  const before = fromVCard(base);
  const filled = fillCard(before, card);
  if (filled === before) return 'skipped';
  const vcard = toVCard(filled, base);
  // What does not fit is left as it was.
  if (Buffer.byteLength(serializeVCard(vcard)) > context.settings.maxCardSize) return 'skipped';
  const { etag } = await saveCard(tx, context, { book, vcard, old });
  // The same import may fill a card twice, or one that it made itself: what was there before all of it counts.
  const item = build.insertInto('import_item');
  const values = { run_id: run.id, card_id: cardId, etag, before: record.vcard, is_kept: 0, book_id: null };
  await tx.run(
    item.values(values).onConflict((conflict) => conflict.columns(['run_id', 'card_id']).doUpdateSet({ etag })),
  );
  return 'merged';
}
