import type { CardRow } from '../../db/schema.ts';
import { invalid } from '../../errors.ts';
import { combineCards } from '../../format/merging/combineCards.ts';
import type { MergeWishes } from '../../format/merging/combineCards.ts';
import { fromVCard } from '../../format/jscontact/fromVCard.ts';
import { joinMedia } from '../../format/jscontact/media.ts';
import type { MediaBlob } from '../../format/jscontact/media.ts';
import { toVCard } from '../../format/jscontact/toVCard.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import { serializeVCard } from '../../format/vcard/serialize.ts';
import type { VCard } from '../../format/vcard/types.ts';
import type { Json } from '../../lib/json.ts';
import { newId } from '../../lib/ids.ts';
import { requireValid, utcSeconds } from '../card/createCard.ts';
import { takeOutMedia } from '../card/contents/takeOutMedia.ts';
import { addToCardCount, saveCard } from '../card/saveCard.ts';
import { requireCard } from '../card/updateCard.ts';
import { carryLink } from '../cardLink/carryLink.ts';
import { transact } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { joinNotes } from '../privateNote/followNotes.ts';
import { requireWhole } from '../scope.ts';
import type { VisibleBook } from '../sharing/access.ts';
import { requireRight } from '../sharing/requireRight.ts';
import { asOperation } from '../version/asOperation.ts';
import { keepVersion } from '../version/keepVersion.ts';
import { mostInDuplicate } from './clusters.ts';
import { rewriteGroups } from './rewriteGroups.ts';

/** The cards to merge. */
export type Merge = {
  readonly keepId: string;
  /** The others. */
  readonly cardIds: readonly string[];
  /** For a field of which there is one: the id of the card that says it. */
  readonly choices?: Readonly<Record<string, string>>;
  readonly leaveOut?: Readonly<Record<string, readonly Json[]>>;
};

/** A card that takes part: how it was. */
type Part = { readonly row: CardRow; readonly seen: VisibleBook; readonly vcard: string; readonly base: VCard };

/**
 * Merges several cards into one: the kept card says what all of them said, groups that contained the others contain it,
 * and the others are kept aside so that the merge can be undone. Returns the id of the merge. Errors: `notFound`,
 * `forbidden`, `invalid`, `tooLarge`.
 */
export async function mergeCards(asker: Context, merge: Merge): Promise<string> {
  requireWhole(asker);
  const others = requireOthers(merge);
  const context = asOperation(asker, 'merge');
  return transact(context, async (tx) => {
    const parts: Part[] = [];
    for (const id of [merge.keepId, ...others]) parts.push(await takePart(tx, context, id));
    const [kept, ...merged] = parts as [Part, ...Part[]];
    if (new Set(parts.map(({ row }) => row.kind === 'group')).size > 1)
      throw invalid('cardIds', 'A group and a contact are not the same', { reason: 'groupAndContact' });
    const mergeId = newId('m', context.now());
    const { etag, file_as: name } = await rewriteKept(tx, context, parts, merge);
    for (const { row } of merged) await putAside(tx, context, row, mergeId);
    await joinNotes(tx, context, { keepId: kept.row.id, cardIds: merged.map(({ row }) => row.id) });
    const groups = await rewriteGroups(tx, context, {
      uids: merged.map(({ row }) => row.uid),
      uid: kept.row.uid,
      accountIds: [...new Set([context.actor.principalId, ...parts.map(({ row }) => row.account_id)])],
    });
    const { principalId } = context.actor;
    const elsewhere = merged.filter(({ row }) => row.account_id !== kept.row.account_id);
    const giverId = await carryLink(tx, {
      keepId: kept.row.id,
      cardIds: merged.map(({ row }) => row.id),
      elsewhere: new Set(elsewhere.map(({ row }) => row.id)),
      mergedBy: principalId,
    });
    const now = context.now().toISOString();
    await tx.run(
      tx.build
        .insertInto('card_merge')
        .values({ id: mergeId, keep_id: kept.row.id, name, merged_at: now, merged_by: principalId }),
    );
    const rows = [
      {
        card_id: kept.row.id,
        role: 'kept' as const,
        name: kept.row.file_as,
        vcard: kept.vcard,
        etag,
        gave_link: 0 as const,
      },
      ...merged.map(({ row }) => ({
        card_id: row.id,
        role: 'merged' as const,
        name: row.file_as,
        vcard: null,
        etag: null,
        gave_link: row.id === giverId ? (1 as const) : (0 as const),
      })),
      ...groups.map((group) => ({ ...group, role: 'group' as const, gave_link: 0 as const })),
    ];
    for (const row of rows) await tx.run(tx.build.insertInto('card_merge_part').values({ merge_id: mergeId, ...row }));
    for (const reader of new Set([principalId, ...parts.map(({ row }) => row.account_id)]))
      await tx.run(tx.build.insertInto('card_merge_reader').values({ principal_id: reader, merge_id: mergeId }));
    return mergeId;
  });
}

function requireOthers({ keepId, cardIds }: Merge): readonly string[] {
  const others = new Set(cardIds);
  if (others.has(keepId) || others.size === 0) throw invalid('cardIds', 'A merge is of the kept card and others');
  if (others.size >= mostInDuplicate) throw invalid('cardIds', `At most ${mostInDuplicate} cards become one at once`);
  return [...others];
}

async function takePart(tx: Transaction, context: Context, id: string): Promise<Part> {
  const { row, seen } = await requireCard(tx, context, { cardId: id });
  requireRight(seen, 'mayWrite');
  const record = tx.build.selectFrom('card_record').select('vcard').where('card_id', '=', id);
  const { vcard } = (await tx.first(record))!;
  return { row, seen, vcard, base: parseVCard(vcard) };
}

async function rewriteKept(
  tx: Transaction,
  context: Context,
  parts: readonly Part[],
  { choices, leaveOut }: Merge,
): Promise<CardRow> {
  const kept = parts[0]!;
  const blobs = new Map<string, MediaBlob>();
  // As doors see them, with names for pictures instead of the pictures: what is chosen and left out is said so.
  const cards = parts.map(({ base }) => {
    const { data, blobs: own } = takeOutMedia(fromVCard(base));
    for (const blob of own) blobs.set(blob.id, blob);
    return data;
  });
  const wishes: MergeWishes = { choices: indexesOf(choices, parts), ...(leaveOut && { leaveOut }) };
  const combined: Card = { ...combineCards(cards, wishes), updated: utcSeconds(context.now()) };
  const whole = joinMedia(requireValid(combined as unknown as Record<string, unknown>), (id) => blobs.get(id));
  const vcard = serializeVCard(toVCard(whole, kept.base));
  return saveCard(tx, context, { book: kept.seen.book, vcard, old: kept.row });
}

function indexesOf(choices: Merge['choices'] = {}, parts: readonly Part[]): Record<string, number> {
  const chosen = Object.entries(choices).map(([field, id]) => {
    const index = parts.findIndex(({ row }) => row.id === id);
    if (index < 0) throw invalid(`choices/${field}`, 'This card is not among those that are merged');
    return [field, index] as const;
  });
  return Object.fromEntries(chosen);
}

/** Out of everybody's sight, and of the trash: from here it comes back when the merge is undone. */
async function putAside(tx: Transaction, context: Context, row: CardRow, mergeId: string): Promise<void> {
  await keepVersion(tx, context, { card: row, action: 'deleted' });
  const aside = { trash_id: mergeId, deleted_at: context.now().toISOString(), deleted_by: context.actor.principalId };
  await tx.run(tx.build.updateTable('card').set(aside).where('id', '=', row.id));
  await addToCardCount(tx, row, -1);
  const { account_id: accountId, id, book_id: bookId, uri } = row;
  tx.changed({ accountId, type: 'ContactCard', id, kind: 'destroyed', bookId, uri });
}
