import { randomUUID } from 'node:crypto';
import type { Reader } from '../../db/database.ts';
import type { CardLinkRow } from '../../db/rows/personalRows.ts';
import { statement } from '../../db/statement.ts';
import { AppError } from '../../errors.ts';
import { copyCard } from '../card/copyCard.ts';
import { requireCard } from '../card/updateCard.ts';
import { visibleLinks } from '../cardLink/visibleLinks.ts';
import type { CardLink } from '../cardLink/visibleLinks.ts';
import { transact, within } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { requireWhole } from '../scope.ts';
import { findBook, requireBook } from '../sharing/access.ts';

const mostLinks = 10_000;

/**
 * « Copier vers », « garder lié »: creates a copy that follows its original as long as its maker may read that. A copy
 * of one's own linked copy follows the same original. The copy is always a new card, so that no card can ever follow
 * itself. Errors: `notFound`, `forbidden`, `exists` (existingId), `overQuota`.
 */
export async function makeLinkedCopy(context: Context, sourceId: string, bookId: string): Promise<CardLink> {
  requireWhole(context);
  const { principalId } = context.actor;
  return transact(context, async (tx) => {
    const inside = within(context, tx);
    const { row } = await requireCard(tx, context, { cardId: sourceId });
    const { book } = await requireBook(tx, context, bookId, 'mayAdd');
    if (Number((await tx.first(countOf(tx, { principalId })))?.count ?? 0) >= mostLinks)
      throw new AppError('overQuota', `At most ${mostLinks} linked copies`);
    const isBeside = book.account_id === row.account_id;
    const changes = isBeside ? { uid: `urn:uuid:${randomUUID()}` } : {};
    const copy = await copyCard(inside, sourceId, { bookId, changes });
    const root = await rootOf(tx, context, sourceId);
    const original = root ?? {
      source_id: row.id,
      source_account_id: row.account_id,
      source_book_id: row.book_id,
      base: row.data,
    };
    const made = {
      conflicts: '[]',
      due: root ? 1 : 0,
      created_at: context.now().toISOString(),
      unlinked_at: null,
    } as const;
    const link: CardLinkRow = { copy_id: copy.id, principal_id: principalId, ...original, ...made };
    await tx.run(tx.build.insertInto('card_link').values(link));
    tx.changed({ accountId: principalId, type: 'CardLink', id: copy.id, kind: 'created' });
    const [view] = await visibleLinks(tx, context, [copy.id]);
    return view!;
  });
}

type Original = Pick<CardLinkRow, 'source_id' | 'source_account_id' | 'source_book_id' | 'base'>;

/** What a card follows, when the person made it follow that, and still sees it. */
async function rootOf(reader: Reader, context: Context, cardId: string): Promise<Original | undefined> {
  const link = await reader.first(linkOf(reader, { cardId, principalId: context.actor.principalId }));
  const place = link && (await reader.first(liveCard(reader, { cardId: link.source_id })));
  return place && (await findBook(reader, context, place.book_id)) ? link : undefined;
}

const linkOf = statement((build, value: { cardId: string; principalId: string }) =>
  build
    .selectFrom('card_link')
    .select(['source_id', 'source_account_id', 'source_book_id', 'base'])
    .where('copy_id', '=', value.cardId)
    .where('principal_id', '=', value.principalId)
    .where('unlinked_at', 'is', null),
);
const liveCard = statement((build, value: { cardId: string }) =>
  build.selectFrom('card').select('book_id').where('id', '=', value.cardId).where('trash_id', 'is', null),
);
const countOf = statement((build, value: { principalId: string }) =>
  build
    .selectFrom('card_link')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('principal_id', '=', value.principalId),
);
