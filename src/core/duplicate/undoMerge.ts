import type { CardMergePartRow, CardRow } from '../../db/schema.ts';
import { AppError, notFound } from '../../errors.ts';
import { fromVCard } from '../../format/jscontact/fromVCard.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import { addToCardCount, requireRoomForCards, saveCard } from '../card/saveCard.ts';
import { endLink } from '../cardLink/carryLink.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';
import { findBook } from '../sharing/access.ts';
import type { VisibleBook } from '../sharing/access.ts';
import { missingRight, requireRight } from '../sharing/requireRight.ts';
import { bringBackCard } from '../trash/restore.ts';
import { asOperation } from '../version/asOperation.ts';
import { findMerges } from './listMerges.ts';
import { changeMembers } from './rewriteGroups.ts';

/**
 * What happened to a card that the merge had rewritten: restored as it was; left as somebody has edited it since; no
 * longer there.
 */
export type Undone = 'restored' | 'edited' | 'gone';

/** The result of undoing a merge. */
export type UndoneMerge = {
  readonly kept: Undone;
  /** The cards that are there again. */
  readonly restored: readonly string[];
  /** Those that were erased meanwhile, with their folder. */
  readonly lost: readonly string[];
  /** Groups that somebody edited since: the cards are in them again, the edits as well. */
  readonly editedGroups: readonly string[];
};

/**
 * Undoes a merge: the cards are back as they were, under their ids, names and uids, in their folders and groups. What
 * somebody has edited since stays edited. Errors: `notFound`, `forbidden`, `invalid` (reason folderGone), `overQuota`.
 */
export async function undoMerge(asker: Context, id: string): Promise<UndoneMerge> {
  requireWhole(asker);
  const context = asOperation(asker, 'restore');
  return transact(context, async (tx) => {
    const [merge] = await findMerges(tx, context, [id]);
    if (!merge) throw notFound('merge');
    const parts = await tx.all(tx.build.selectFrom('card_merge_part').selectAll().where('merge_id', '=', id));
    const of = (role: CardMergePartRow['role']) => parts.filter((part) => part.role === role);
    const kept = await restoreText(tx, context, of('kept')[0]!);
    const merged = await bringAllBack(tx, context, { mergeId: id, cardIds: of('merged').map((part) => part.card_id) });
    const uid = (await tx.first(rowOf(tx, merge.keepId)))?.uid ?? null;
    const editedGroups: string[] = [];
    for (const group of of('group')) {
      if ((await restoreText(tx, context, group, 'group')) !== 'edited') continue;
      await addMembersAgain(tx, context, group, { uid, uids: merged.uids });
      editedGroups.push(group.card_id);
    }
    if (parts.some((part) => part.gave_link === 1)) await endLink(tx, merge.keepId);
    await tx.run(tx.build.deleteFrom('card_merge').where('id', '=', id));
    return { kept, restored: merged.restored, lost: merged.lost, editedGroups };
  });
}

const rowOf = (tx: Transaction, id: string) => tx.build.selectFrom('card').selectAll().where('id', '=', id);

/** A card that the merge rewrote says what it said before, unless somebody edited it since. */
async function restoreText(
  tx: Transaction,
  context: Context,
  part: CardMergePartRow,
  what: 'card' | 'group' = 'card',
): Promise<Undone> {
  const row = await tx.first(rowOf(tx, part.card_id));
  if (!row || row.trash_id !== null) return 'gone';
  const seen = await findBook(tx, context, row.book_id);
  // A group is not what the merge was about: where one may no longer write it, it stays as it is.
  if (what === 'group' && !seen?.rights.mayWrite) return 'gone';
  if (!seen) throw missingRight('mayWrite');
  requireRight(seen, 'mayWrite');
  if (row.etag !== part.etag) return 'edited';
  await saveCard(tx, context, { book: seen.book, vcard: part.vcard!, old: row });
  return 'restored';
}

async function bringAllBack(
  tx: Transaction,
  context: Context,
  { mergeId, cardIds }: { readonly mergeId: string; readonly cardIds: readonly string[] },
): Promise<{ restored: string[]; lost: string[]; uids: string[] }> {
  const all = await tx.all(tx.build.selectFrom('card').selectAll().where('id', 'in', cardIds));
  const lost = cardIds.filter((id) => !all.some((row) => row.id === id));
  // Others came back by way of the history.
  const rows = all.filter((row) => row.trash_id === mergeId);
  const places = new Map<string, VisibleBook>();
  for (const row of rows) places.set(row.id, await placeOf(tx, context, row));
  for (const [accountId, own] of Map.groupBy(rows, (row) => row.account_id))
    await requireRoomForCards(tx, context, accountId, own.length);
  for (const row of rows) {
    await bringBackCard(tx, context, row, row.book_id);
    await addToCardCount(tx, row, 1);
  }
  return { restored: rows.map((row) => row.id), lost, uids: rows.map((row) => row.uid) };
}

async function placeOf(tx: Transaction, context: Context, row: CardRow): Promise<VisibleBook> {
  const seen = await findBook(tx, context, row.book_id);
  if (!seen) {
    throw new AppError('invalid', 'The folder of a merged contact is gone: restore it first', {
      properties: ['id'],
      reason: 'folderGone',
    });
  }
  requireRight(seen, 'mayWrite');
  return seen;
}

/** Into a group that was edited since come those that were in it before, as far as the card that stood for them still is. */
async function addMembersAgain(
  tx: Transaction,
  context: Context,
  group: CardMergePartRow,
  { uid, uids }: { readonly uid: string | null; readonly uids: readonly string[] },
): Promise<void> {
  const before = Object.keys(fromVCard(parseVCard(group.vcard!)).members ?? {});
  const row = (await tx.first(rowOf(tx, group.card_id)))!;
  await changeMembers(tx, context, row, (members) =>
    uid === null || !members.includes(uid)
      ? members
      : [
          ...members.filter((member) => member !== uid || before.includes(uid)),
          ...uids.filter((one) => before.includes(one) && !members.includes(one)),
        ],
  );
}
