import { isDeepStrictEqual } from 'node:util';
import type { CardRow } from '../../db/schema.ts';
import type { CardLinkRow } from '../../db/rows/personalRows.ts';
import { statement } from '../../db/statement.ts';
import { AppError } from '../../errors.ts';
import { toVCard } from '../../format/jscontact/toVCard.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { followChanges } from '../../format/merging/followChanges.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import { createBreath } from '../../lib/breath.ts';
import { actorOf } from '../auth/actorOf.ts';
import { requireValid, utcSeconds } from '../card/createCard.ts';
import { putInMedia } from '../card/media.ts';
import { saveCard } from '../card/saveCard.ts';
import { requireCard } from '../card/updateCard.ts';
import { transact, within } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context, World } from '../context.ts';
import { requireChange } from '../sharing/cardRights.ts';

const linksAtOnce = 50;

/**
 * Carries changes of originals over into their linked copies: each in a transaction of its own, as the person who made
 * the copy and with their current rights. What is due has been recorded in the database with the change itself, so that
 * nothing is lost if the process ends in between. Returns the number of copies that were checked.
 */
export async function followOriginals(
  world: World,
  report: (error: unknown) => void,
  signal?: AbortSignal,
): Promise<number> {
  const breathe = createBreath(1);
  let count = 0;
  for (;;) {
    // What was followed may be an original itself.
    const due = await world.db.all(dueLinks(world.db, { limit: linksAtOnce }));
    if (due.length === 0) return count;
    for (const { copy_id: copyId } of due) {
      if (signal?.aborted) return count;
      await followOne(world, copyId).catch(async (error: unknown) => {
        // It is tried again with the next change, not at once: the others wait for their turn.
        report(error);
        await transact(world, (tx) => rest(tx, copyId));
      });
      count += 1;
      await breathe();
    }
  }
}

async function followOne(world: World, copyId: string): Promise<void> {
  await transact(world, async (tx) => {
    const link = await tx.first(dueLink(tx, { copyId }));
    if (!link) return;
    const inside = within(world, tx);
    const actor = await actorOf(inside, link.principal_id, undefined);
    const context: Context = { ...inside, actor, way: 'linkedCopy' };
    try {
      if (link.unlinked_at !== null || !(await tx.first(activePerson(tx, { personId: link.principal_id }))))
        return await rest(tx, copyId);
      await tx.joined((part) => follow(part, context, link));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // The original or the right to change the copy is gone, or there is no room: it rests until something changes.
      await rest(tx, copyId);
    }
  });
}

async function follow(tx: Transaction, context: Context, link: CardLinkRow): Promise<void> {
  const { row: source, seen } = await requireCard(tx, context, { cardId: link.source_id });
  const copy = await requireCard(tx, context, { cardId: link.copy_id });
  requireChange(context, copy.seen, copy.row);
  const [base, mine, theirs] = [link.base, copy.row.data, source.data].map((data) => JSON.parse(data) as Card);
  const { card, conflicts } = followChanges(base!, mine!, theirs!);
  const isChanged = !isDeepStrictEqual(card, mine);
  if (isChanged) await rewrite(tx, context, { row: copy.row, book: copy.seen.book, card });
  const open = new Set([...(JSON.parse(link.conflicts) as string[]), ...conflicts]);
  const place = { source_account_id: source.account_id, source_book_id: seen.book.id };
  const known = { ...place, base: source.data, conflicts: JSON.stringify([...open]), due: 0 } as const;
  await tx.run(tx.build.updateTable('card_link').set(known).where('copy_id', '=', link.copy_id));
  const isNews = known.conflicts !== link.conflicts || place.source_book_id !== link.source_book_id;
  if (isNews) tx.changed({ accountId: link.principal_id, type: 'CardLink', id: link.copy_id, kind: 'updated' });
}

type Rewrite = { readonly row: CardRow; readonly book: Parameters<typeof saveCard>[2]['book']; readonly card: object };

/** As an edit over JMAP: only the lines that are meant are another. */
async function rewrite(tx: Transaction, context: Context, { row, book, card }: Rewrite): Promise<void> {
  const { vcard } = (await tx.first(recordOf(tx, { cardId: row.id })))!;
  const record = parseVCard(vcard);
  const stamped = requireValid({ ...card, updated: utcSeconds(context.now()) });
  const whole = await putInMedia(tx, context, row.account_id, stamped);
  await saveCard(tx, context, { book, vcard: toVCard(whole, record), old: row });
}

async function rest(tx: Transaction, copyId: string): Promise<void> {
  await tx.run(tx.build.updateTable('card_link').set({ due: 2 }).where('copy_id', '=', copyId));
}

const dueLinks = statement((build, value: { limit: number }) =>
  build.selectFrom('card_link').select('copy_id').where('due', '=', 1).orderBy('copy_id').limit(value.limit),
);
const dueLink = statement((build, value: { copyId: string }) =>
  build.selectFrom('card_link').selectAll().where('copy_id', '=', value.copyId).where('due', '=', 1),
);
const activePerson = statement((build, value: { personId: string }) =>
  build.selectFrom('principal').select('id').where('id', '=', value.personId).where('is_active', '=', 1),
);
const recordOf = statement((build, value: { cardId: string }) =>
  build.selectFrom('card_record').select('vcard').where('card_id', '=', value.cardId),
);
