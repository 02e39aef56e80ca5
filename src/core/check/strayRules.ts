import { sql } from 'kysely';
import type { Rule } from './rule.ts';

const ofFolder = (table: 'card_text' | 'card_brief' | 'card_match'): Rule => ({
  holds: `each row of ${table} is of a contact, in its folder`,
  table,
  broken: sql`SELECT other.card_id AS id FROM ${sql.table(table)} AS other
    LEFT JOIN card ON card.id = other.card_id AND card.book_id = other.book_id WHERE card.id IS NULL`,
});

const ofAccount = (table: 'card_keyword' | 'card_member' | 'card_email'): Rule => ({
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
  ofAccount('card_keyword'),
  ofAccount('card_member'),
  ofAccount('card_email'),
];
