import { statement } from '../../db/statement.ts';
import type { Transaction } from '../change/transaction.ts';
import { moveLink } from './moveLink.ts';

/** The card that stays, and those that went into it. */
export type Merged = {
  readonly keepId: string;
  readonly cardIds: readonly string[];
  /** Those of them that were in another account: their links go along only with their maker. */
  readonly elsewhere: ReadonlySet<string>;
  readonly mergedBy: string;
};

/**
 * Of cards that become one, the kept one follows what it followed before; if it followed nothing, what the first of the others
 * did. The link of that one stays with it, for the merge may be undone. Nothing follows itself, or what went into it: such a copy
 * and its original are one now. Returns whose link was carried along.
 */
export async function carryLink(tx: Transaction, merged: Merged): Promise<string | null> {
  const { keepId, cardIds, elsewhere, mergedBy } = merged;
  const links = await tx.all(linksOf(tx, { ids: [keepId, ...cardIds] }));
  if (links.some(({ copy_id: copyId }) => copyId === keepId)) return null;
  const gone = new Set([keepId, ...cardIds]);
  const comesAlong = (link: (typeof links)[number], id: string) =>
    link.copy_id === id && !gone.has(link.source_id) && (link.principal_id === mergedBy || !elsewhere.has(id));
  const giverId = cardIds.find((id) => links.some((link) => comesAlong(link, id)));
  if (giverId === undefined) return null;
  await moveLink(tx, giverId, keepId);
  return giverId;
}

/** Takes it back: the card follows nothing any more. */
export async function endLink(tx: Transaction, copyId: string): Promise<void> {
  const link = await tx.first(ownerOf(tx, { copyId }));
  if (!link) return;
  await tx.run(tx.build.deleteFrom('card_link').where('copy_id', '=', copyId));
  tx.changed({ accountId: link.principal_id, type: 'CardLink', id: copyId, kind: 'destroyed' });
}

const linksOf = statement((build, value: { ids: readonly string[] }) =>
  build
    .selectFrom('card_link')
    .select(['copy_id', 'source_id', 'principal_id'])
    .where('copy_id', 'in', value.ids)
    .where('unlinked_at', 'is', null),
);
const ownerOf = statement((build, value: { copyId: string }) =>
  build.selectFrom('card_link').select('principal_id').where('copy_id', '=', value.copyId),
);
