import { sql } from 'kysely';
import { inAccount } from '../../../db/inAccount.ts';
import { searchFields } from '../../../format/jscontact/searchText.ts';
import type { SearchField } from '../../../format/jscontact/searchText.ts';
import type { Sql } from '../../search/types.ts';
import { isLike, isToken } from '../../search/words.ts';
import type { Word, WordIndex } from '../../search/words.ts';

/**
 * The words of the cards of an account: those in the index, and those of the few cards that are waiting to be indexed.
 */
export function cardWords(accountId: string): WordIndex<SearchField> {
  const said = inAccount(accountId, 'card_words.account_id');
  return {
    ids: (fields, word) => sql`
      SELECT card_id AS id FROM card_token WHERE account_id = ${accountId} AND ${isToken(fields, word)}
      UNION ALL SELECT card_unindexed.card_id AS id FROM card_unindexed CROSS JOIN card_words
        WHERE card_unindexed.account_id = ${accountId} AND card_words.card_id = card_unindexed.card_id
          AND ${said}
          AND ${isSaid(fields, word)}`,
    has: (fields, word) =>
      sql`EXISTS (SELECT 1 FROM card_words WHERE card_words.card_id = card.id AND ${said} AND ${isSaid(fields, word)})`,
    says: (patterns) =>
      sql`EXISTS (SELECT 1 FROM card_words WHERE card_words.card_id = card.id AND ${said} AND ${isLike(sql`phrases`, patterns)})`,
    fields: searchFields,
    numbers: ['p'],
  };
}

/** Words hold neither % nor _, so that a _ can stand for the letter of any field. */
function isSaid(fields: readonly string[], { text, isWhole }: Word): Sql {
  const pattern = (letter: string) => `% ${letter}.${text}${isWhole ? ' ' : ''}%`;
  const anywhere = isLike(sql`words`, [pattern('_')]);
  if (fields.length === searchFields.length) return anywhere;
  return fields.length === 1
    ? isLike(sql`words`, fields.map(pattern))
    : sql`(${anywhere} AND ${isLike(sql`words`, fields.map(pattern))})`;
}
