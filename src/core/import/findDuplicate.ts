import type { Reader } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { phoneKeys } from './candidate.ts';
import type { MatchKeys } from './candidate.ts';

const most = 20;

const byUid = statement((build, value: { bookId: string; accountId: string; uid: string }) =>
  build
    .selectFrom('card')
    .select('id')
    .where('account_id', '=', value.accountId)
    .where('uid', '=', value.uid)
    .where('book_id', '=', value.bookId)
    .where('trash_id', 'is', null),
);
const byEmail = statement((build, value: { bookId: string; accountId: string; emails: readonly string[] }) =>
  build
    .selectFrom('card_email')
    .innerJoin('card', 'card.id', 'card_email.card_id')
    .select('card.id')
    .where('card_email.account_id', '=', value.accountId)
    .where('card_email.address_key', 'in', value.emails)
    .where('card.book_id', '=', value.bookId)
    .where('card.trash_id', 'is', null)
    .limit(1),
);
const byName = statement((build, value: { bookId: string; name: string }) =>
  build
    .selectFrom('card')
    .select(['id', 'data'])
    .where('book_id', '=', value.bookId)
    .where('file_as_key', '=', value.name)
    .where('trash_id', 'is', null)
    .limit(most),
);

/** The id of a card of the folder that is the same contact: by its uid, an e-mail address, or its name and a number. */
export async function findDuplicate(
  reader: Reader,
  { bookId, accountId }: { readonly bookId: string; readonly accountId: string },
  { uid, emails, name, phones }: MatchKeys,
): Promise<string | undefined> {
  const same = await reader.first(byUid(reader, { bookId, accountId, uid }));
  if (same) return same.id;
  if (emails.length > 0) {
    const written = await reader.first(byEmail(reader, { bookId, accountId, emails }));
    if (written) return written.id;
  }
  if (name === '' || phones.length === 0) return undefined;
  const named = await reader.all(byName(reader, { bookId, name }));
  return named.find(({ data }) => phoneKeys(JSON.parse(data) as Card).some((digits) => phones.includes(digits)))?.id;
}
