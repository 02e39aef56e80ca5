import { sql } from 'kysely';
import type { PrincipalRow } from '../../db/schema.ts';
import { cardWords } from '../card/words/cardWords.ts';
import type { Context } from '../context.ts';

/** So many of those whom a person writes to and shares with most are looked through: the others have their place anyway. */
const looked = 200;

type Search = { readonly words: readonly string[]; readonly fields: readonly string[]; readonly limit: number };

/**
 * The people whom the person writes to or shares with most, if every word is the beginning of one of theirs; most used
 * first. Cost: an index range of limited length and one look-up for each row, never the whole directory or all
 * contacts.
 */
export async function frequentPrincipals(context: Context, { words, limit }: Search): Promise<FrequentPrincipal[]> {
  const { db } = context;
  const parts = words.map(
    (word) => sql`EXISTS (SELECT 1 FROM principal_token WHERE principal_id = principal.id AND ${begins(word)})`,
  );
  return db.all(
    sql<FrequentPrincipal>`
      SELECT principal.*, frequent.score FROM ${mostUsed(context)} AS frequent
      JOIN principal ON principal.email_key = frequent.address_key
      WHERE principal.is_active = 1 AND principal.is_listed = 1 AND ${sql.join(parts, sql` AND `)}
      ORDER BY frequent.score DESC LIMIT ${limit}`.compile(db.build),
  );
}

/** The same among the person's contacts, by the words of these fields; the join in that order, or all contacts are read. */
export async function frequentContacts(context: Context, search: Search): Promise<FrequentContact[]> {
  const { db, actor } = context;
  const { words, fields, limit } = search;
  const parts = words.map((word) => cardWords(actor.principalId).has(fields, { text: word, isWhole: false }));
  return db.all(
    sql<FrequentContact>`
      SELECT card.data, card_email.address, frequent.score FROM ${mostUsed(context)} AS frequent
      CROSS JOIN card_email CROSS JOIN card
      WHERE card_email.account_id = ${actor.principalId} AND card_email.address_key = frequent.address_key
        AND card.id = card_email.card_id AND card.trash_id IS NULL AND ${sql.join(parts, sql` AND `)}
      ORDER BY frequent.score DESC, card.file_as_key, card.id LIMIT ${limit}`.compile(db.build),
  );
}

type FrequentPrincipal = PrincipalRow & { readonly score: number };
type FrequentContact = { readonly data: string; readonly address: string; readonly score: number };

function mostUsed({ actor }: Context): ReturnType<typeof sql> {
  return sql`(SELECT address_key, score FROM contacted WHERE principal_id = ${actor.principalId}
    ORDER BY score DESC LIMIT ${looked})`;
}

function begins(word: string): ReturnType<typeof sql> {
  return sql`token >= ${word} AND token < ${`${word}\u{10ffff}`}`;
}
