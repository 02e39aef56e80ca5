import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { findByUid } from '../card/saveCard.ts';
import { phoneKeys } from './candidate.ts';
import type { MatchKeys } from './candidate.ts';

const most = 20;

type Place = { readonly bookId: string; readonly accountId: string };

// CROSS JOIN: from the address to the card, never through all cards of the folder.
const byEmail = statement((build, value: Place & { readonly emails: readonly string[] }) =>
  sql<{ id: string }>`SELECT card.id FROM card_email CROSS JOIN card ON card.id = card_email.card_id
      WHERE card_email.account_id = ${value.accountId} AND address_key IN (${sql.join(value.emails)})
        AND card.book_id = (SELECT ${value.bookId}) AND card.trash_id IS NULL LIMIT 1`.compile(build),
);
const byName = statement((build, value: { bookId: string; name: string }) =>
  build
    .selectFrom('card')
    .select(['id', 'data'])
    .where('book_id', '=', value.bookId)
    .where('file_as_key', '=', value.name)
    .where('trash_id', 'is', null)
    .limit(sql.lit(most)),
);

/**
 * The id of a card in the folder that is the same contact: it has the same uid, an e-mail address in common, or name
 * and number.
 */
export async function findDuplicate(
  reader: Reader,
  { bookId, accountId }: Place,
  { uid, emails, name, phones }: MatchKeys,
): Promise<string | undefined> {
  const same = uid === null ? undefined : await findByUid(reader, accountId, uid);
  if (same?.book_id === bookId) return same.id;
  if (emails.length > 0) {
    const written = await reader.first(byEmail(reader, { bookId, accountId, emails }));
    if (written) return written.id;
  }
  if (name === '' || phones.length === 0) return undefined;
  const named = await reader.all(byName(reader, { bookId, name }));
  return named.find(({ data }) => phoneKeys(JSON.parse(data) as Card).some((digits) => phones.includes(digits)))?.id;
}
