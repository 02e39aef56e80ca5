import { sql } from 'kysely';
import type { CardRow } from '../../db/schema.ts';
import { fromVCard } from '../../format/jscontact/fromVCard.ts';
import { toVCard } from '../../format/jscontact/toVCard.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import { serializeVCard } from '../../format/vcard/serialize.ts';
import { utcSeconds } from '../card/createCard.ts';
import { saveCard } from '../card/saveCard.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { findBook } from '../sharing/access.ts';

/** A group as it was, and the etag that it got. */
export type RewrittenGroup = Pick<CardRow, 'etag'> & {
  readonly card_id: string;
  readonly name: string;
  readonly vcard: string;
};

type Renaming = { readonly uids: readonly string[]; readonly uid: string; readonly accountIds: readonly string[] };

/** Groups that the person may write and that named one of the uids name another instead. */
export async function rewriteGroups(
  tx: Transaction,
  context: Context,
  { uids, uid, accountIds }: Renaming,
): Promise<RewrittenGroup[]> {
  const gone = uids.filter((one) => one !== uid);
  const rewritten: RewrittenGroup[] = [];
  for (const group of await groupsWith(tx, gone, accountIds)) {
    const seen = await findBook(tx, context, group.book_id);
    if (!seen?.rights.mayWrite) continue;
    const { file_as: name } = group;
    const vcard = await recordOf(tx, group.id);
    const row = await changeMembers(tx, context, group, (members) =>
      members.map((member) => (gone.includes(member) ? uid : member)),
    );
    rewritten.push({ card_id: group.id, name, vcard, etag: row.etag });
  }
  return rewritten;
}

/** Writes other members into a group. The caller has checked the rights. */
export async function changeMembers(
  tx: Transaction,
  context: Context,
  group: CardRow,
  change: (members: readonly string[]) => readonly string[],
): Promise<CardRow> {
  const base = parseVCard(await recordOf(tx, group.id));
  const card = fromVCard(base);
  const members = Object.fromEntries(change(Object.keys(card.members ?? {})).map((member) => [member, true as const]));
  const changed: Card = { ...card, members, updated: utcSeconds(context.now()) };
  const { book } = (await findBook(tx, context, group.book_id))!;
  return saveCard(tx, context, { book, vcard: serializeVCard(toVCard(changed, base)), old: group });
}

/** The text of a card. */
async function recordOf(tx: Transaction, cardId: string): Promise<string> {
  const record = tx.build.selectFrom('card_record').select('vcard').where('card_id', '=', cardId);
  return (await tx.first(record))!.vcard;
}

function groupsWith(tx: Transaction, uids: readonly string[], accountIds: readonly string[]): Promise<CardRow[]> {
  return tx.all(
    sql<CardRow>`
      SELECT DISTINCT card.* FROM card_member JOIN card ON card.id = card_member.card_id
      WHERE card_member.account_id IN (SELECT value FROM json_each(${JSON.stringify(accountIds)}))
        AND card_member.uid IN (SELECT value FROM json_each(${JSON.stringify(uids)})) AND card.trash_id IS NULL
      ORDER BY card.id`.compile(tx.build),
  );
}
