import { sql } from 'kysely';
import type { Rule } from './rule.ts';

const ofFolder = (table: 'card_text' | 'card_brief' | 'card_match'): Rule => ({
  holds: `each row of ${table} is of a contact, in its folder and account`,
  table,
  broken: sql`SELECT other.card_id AS id FROM ${sql.table(table)} AS other
    LEFT JOIN card ON card.id = other.card_id AND card.book_id = other.book_id AND card.account_id = other.account_id
    WHERE card.id IS NULL`,
});

type OfAccount = 'card_record' | 'card_words' | 'card_blob' | 'card_keyword' | 'card_member' | 'card_email';

const ofAccount = (table: OfAccount): Rule => ({
  holds: `each row of ${table} is of a contact, in its account`,
  table,
  broken: sql`SELECT other.card_id AS id FROM ${sql.table(table)} AS other
    LEFT JOIN card ON card.id = other.card_id AND card.account_id = other.account_id WHERE card.id IS NULL`,
});

/** What belongs to a contact and has none. */
export const strayRules: readonly Rule[] = [
  ofFolder('card_text'),
  ofFolder('card_brief'),
  ofFolder('card_match'),
  ofAccount('card_record'),
  ofAccount('card_words'),
  ofAccount('card_blob'),
  ofAccount('card_keyword'),
  ofAccount('card_member'),
  ofAccount('card_email'),
  {
    holds: 'each row of version_blob is of a version, in its account',
    table: 'version_blob',
    broken: sql`SELECT other.version_id || ' ' || other.blob_id AS id FROM version_blob AS other
      LEFT JOIN card_version AS version ON version.id = other.version_id AND version.account_id = other.account_id
      WHERE version.id IS NULL`,
  },
];
