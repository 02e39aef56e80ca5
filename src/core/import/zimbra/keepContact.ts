import type { ImportRunRow } from '../../../db/rows/importRows.ts';
import type { AddressBookRow } from '../../../db/schema.ts';
import type { Card } from '../../../format/jscontact/types.ts';
import { newVCard } from '../../../format/jscontact/toVCard.ts';
import { findByUid, saveCard } from '../../card/saveCard.ts';
import type { Transaction } from '../../change/transaction.ts';
import type { Context } from '../../context.ts';
import { requireBook } from '../../sharing/access.ts';
import { keptOf, newUid, sizeOf } from '../candidate.ts';
import type { Kept as KeptText } from '../candidate.ts';
import { insertItem, noteOutcome } from '../progress.ts';
import type { Counts, NotedProblem } from '../progress.ts';
import { judgeContact } from './judgeContact.ts';
import type { Judging, Verdict } from './judgeContact.ts';
import type { ReadContact } from './readContact.ts';
import { keepItem } from './zimbraItems.ts';

/** What is kept in one transaction. */
export type Keeping = {
  readonly tx: Transaction;
  readonly context: Context;
  readonly run: ImportRunRow;
  readonly judging: Judging;
  readonly counts: Counts;
};

type Kept = readonly NotedProblem[];

/** Keeps one contact, as its comparison says; what is to be reported. Errors end the whole import: `overQuota`. */
export async function keepContact(keeping: Keeping, contact: ReadContact): Promise<Kept> {
  const { tx, judging, counts } = keeping;
  const verdict = await judgeContact(tx, judging, contact);
  if (verdict.as === 'new') return make(keeping, contact, verdict.book ?? judging.fallback);
  if (verdict.as === 'changed') return change(keeping, contact, verdict);
  if (verdict.as === 'there') await remember(keeping, contact, { id: verdict.cardId, etag: null });
  noteOutcome(counts, 'skipped');
  return verdict.as === 'changedHere' || verdict.as === 'deletedHere' ? [remark(contact, verdict.as)] : [];
}

async function make(keeping: Keeping, contact: ReadContact, { id: bookId }: AddressBookRow): Promise<Kept> {
  const { tx, context, run, counts } = keeping;
  const { book } = await requireBook(tx, context, bookId, 'mayAdd');
  const { candidate } = contact;
  const isTaken = candidate.hasOwnUid && (await findByUid(tx, book.account_id, candidate.card.uid)) !== undefined;
  const fitting = fit(context, contact, isTaken ? newUid() : null);
  if (!fitting) return [lost(contact)];
  const card = await saveCard(tx, context, { book, ...fitting.kept });
  const row = { run_id: run.id, card_id: card.id, etag: card.etag, before: null, is_kept: 0, book_id: book.id };
  await tx.run(insertItem(tx, { row }));
  await remember(keeping, contact, card);
  noteOutcome(counts, 'made');
  return [...contact.problems, ...fitting.problems];
}

async function change(
  keeping: Keeping,
  contact: ReadContact,
  { card: old, book }: Extract<Verdict, { readonly as: 'changed' }>,
): Promise<Kept> {
  const { tx, context, run, counts } = keeping;
  await requireBook(tx, context, old.book_id, 'mayWrite');
  await requireBook(tx, context, book.id, 'mayAdd');
  const fitting = fit(context, contact, old.uid);
  if (!fitting) return [lost(contact)];
  const record = (await tx.first(tx.build.selectFrom('card_record').select('vcard').where('card_id', '=', old.id)))!;
  const { id, etag } = await saveCard(tx, context, { book, ...fitting.kept, old });
  const row = { run_id: run.id, card_id: id, etag, before: record.vcard, is_kept: 0, book_id: book.id };
  const insert = tx.build.insertInto('import_item').values(row);
  await tx.run(insert.onConflict((conflict) => conflict.columns(['run_id', 'card_id']).doUpdateSet({ etag })));
  await remember(keeping, contact, { id, etag });
  noteOutcome(counts, 'merged');
  return [...contact.problems, ...fitting.problems];
}

/** What to keep; without its photo where it would be too large with it. */
function fit(
  { settings }: Context,
  contact: ReadContact,
  uid: string | null,
): { readonly kept: KeptText; readonly problems: Kept } | undefined {
  const { candidate } = contact;
  const whole = keptOf(candidate, uid);
  if (sizeOf(whole) <= settings.maxCardSize) return { kept: whole, problems: [] };
  if (candidate.ready !== null || !candidate.card.media) return undefined;
  const { media: _photo, ...card } = candidate.card;
  const kept = { vcard: newVCard({ ...card, uid: uid ?? card.uid } satisfies Card) };
  if (sizeOf(kept) > settings.maxCardSize) return undefined;
  return { kept, problems: [remark(contact, 'photo')] };
}

function remark({ candidate, problems }: ReadContact, reason: NotedProblem['reason']): NotedProblem {
  const { text } = candidate.item;
  return { file: problems[0]?.file ?? null, line: 0, reason, isLost: false, text };
}

function lost(contact: ReadContact): NotedProblem {
  return { ...remark(contact, 'tooLarge'), isLost: true };
}

function remember(
  { tx, judging: { principalId, source } }: Keeping,
  { itemId, folderId, mark }: ReadContact,
  { id, etag }: { readonly id: string; readonly etag: string | null },
): Promise<void> {
  const row = { principal_id: principalId, source, kind: 'contact' as const, item_id: itemId };
  return keepItem(tx, { ...row, object_id: id, folder_id: folderId, mark, etag });
}
