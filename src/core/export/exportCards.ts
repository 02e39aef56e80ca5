import { sql } from 'kysely';
import { AppError } from '../../errors.ts';
import { createBreath } from '../../lib/breath.ts';
import { audit } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import { maxBlobSize, putBlob } from '../blob/putBlob.ts';
import type { Context } from '../context.ts';
import { requireUnlimited } from '../scope.ts';
import { unindexed } from '../search/tests.ts';
import { visibleBooks } from '../sharing/access.ts';
import type { ExportForm } from './writeForm.ts';
import { mediaTypes } from './exportFile.ts';
import { withNotes } from './withNotes.ts';
import { writeForm } from './writeForm.ts';
import type { ReadPages } from './writeForm.ts';

const mostChosen = 50_000;
const idsAtOnce = 500;

/**
 * Exports cards of an account, as far as the person may read them, in the order of the ids, to a file that they can
 * download. Returns the id of its blob in their own account. Errors: `tooLarge`, `tooMany`; `forbidden` for guests and
 * limited app passwords.
 */
export async function exportCards(
  context: Context,
  accountId: string,
  ids: readonly string[],
  form: ExportForm,
): Promise<string> {
  requireUnlimited(context);
  if (ids.length > mostChosen) throw new AppError('tooMany', `At most ${mostChosen} contacts at once`);
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const text of writeForm(
    form,
    pagesOf(context, accountId, { ids, withNotes: form.privateNotes === true }),
  )) {
    const piece = Buffer.from(text);
    size += piece.length;
    if (size > maxBlobSize) throw new AppError('tooLarge', `At most ${maxBlobSize} octets; export the folder instead`);
    pieces.push(piece);
  }
  const details = { cards: ids.length, format: form.format };
  await transact(context, (tx) => audit(tx, context, { kind: 'export.cards', ownerId: accountId, details }));
  const type = mediaTypes[form.format];
  return putBlob(context, { accountId: context.actor.principalId, data: Buffer.concat(pieces), type });
}

type Chosen = { readonly ids: readonly string[]; readonly withNotes: boolean };

function pagesOf(context: Context, accountId: string, { ids, withNotes: isNoted }: Chosen): ReadPages {
  return async function* (column, size) {
    const breathe = createBreath(1);
    const { db } = context;
    for (let start = 0; start < ids.length; start += Math.min(size, idsAtOnce)) {
      const books = (await visibleBooks(db, context, accountId)).map(({ book }) => book.id);
      const some = ids.slice(start, start + Math.min(size, idsAtOnce));
      if (books.length === 0) return;
      const source = column === 'data' ? sql`card` : sql`card JOIN card_record ON card_record.card_id = card.id`;
      const rows = await db.all(
        sql<{ id: string; text: string }>`SELECT card.id, ${sql.raw(column)} AS text FROM ${source}
          WHERE card.id IN (${sql.join(some)}) AND ${unindexed(sql`card.account_id`)} = ${accountId}
            AND ${unindexed(sql`book_id`)} IN (${sql.join(books)}) AND trash_id IS NULL`.compile(db.build),
      );
      const found = new Map(rows.map((row) => [row.id, row]));
      const cards = some.flatMap((id) => found.get(id) ?? []);
      yield isNoted ? await withNotes(context, column, cards) : cards.map(({ text }) => text);
      await breathe();
    }
  };
}
