import type { Reader } from '../../db/database.ts';
import { inAccount } from '../../db/inAccount.ts';
import type { CardRow } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';

const recordOfCard = statement((build, value: { cardId: string; accountId: string }) =>
  build.selectFrom('card_record').select('vcard').where('card_id', '=', value.cardId).where(inAccount(value.accountId)),
);

/** The stored text of a card; every card has one. */
export async function requireRecord(
  reader: Reader,
  { id, account_id: accountId }: Pick<CardRow, 'id' | 'account_id'>,
): Promise<string> {
  return (await reader.first(recordOfCard(reader, { cardId: id, accountId })))!.vcard;
}
