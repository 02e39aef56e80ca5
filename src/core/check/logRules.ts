import { sql } from 'kysely';
import type { Rule } from './rule.ts';

/** The newest change of each object in each place, for all readers. */
const newest = (type: 'AddressBook' | 'ContactCard') => {
  const place = type === 'ContactCard' ? sql`account_id, object_id, book_id` : sql`account_id, object_id`;
  return sql`(SELECT account_id, object_id, book_id, kind, seq,
      row_number() OVER (PARTITION BY ${place} ORDER BY seq DESC) AS age
    FROM change WHERE type = ${sql.lit(type)} AND reader_id IS NULL)`;
};

/** The log from which clients learn what changed: its numbers, and what went away. */
export const logRules: readonly Rule[] = [
  {
    holds: 'the account has counted each change in it',
    table: 'change',
    broken: sql`SELECT change.account_id || ' ' || change.seq AS id FROM change
      LEFT JOIN account ON account.id = change.account_id WHERE account.id IS NULL OR change.seq > account.seq`,
  },
  {
    holds: 'a folder knows its newest change',
    table: 'address_book',
    broken: sql`SELECT book.id FROM address_book AS book
      JOIN ${newest('AddressBook')} AS log
        ON log.object_id = book.id AND log.account_id = book.account_id AND log.age = 1
      JOIN account ON account.id = book.account_id
      WHERE log.seq > book.seq OR book.seq > account.seq`,
  },
  {
    holds: 'a folder knows the newest change of the contacts in it',
    table: 'address_book',
    broken: sql`SELECT book.id FROM address_book AS book
      JOIN account ON account.id = book.account_id
      LEFT JOIN (SELECT account_id, book_id, max(seq) AS seq FROM change
          WHERE type = 'ContactCard' AND reader_id IS NULL GROUP BY account_id, book_id) AS log
        ON log.book_id = book.id AND log.account_id = book.account_id
      WHERE log.seq > book.cards_seq OR book.cards_seq > account.seq`,
  },
  {
    holds: 'of a contact that is gone from a folder the log says so, and of no other',
    table: 'change',
    broken: sql`SELECT log.account_id || ' ' || log.seq AS id FROM ${newest('ContactCard')} AS log
      LEFT JOIN card ON card.id = log.object_id AND card.book_id = log.book_id AND card.account_id = log.account_id
        AND card.trash_id IS NULL
      WHERE log.age = 1 AND CASE WHEN card.id IS NULL THEN log.kind <> 'destroyed' ELSE log.kind = 'destroyed' END`,
  },
  {
    holds: 'of a folder that is gone the log says so, and of no other',
    table: 'change',
    broken: sql`SELECT log.account_id || ' ' || log.seq AS id FROM ${newest('AddressBook')} AS log
      LEFT JOIN address_book AS book ON book.id = log.object_id AND book.account_id = log.account_id
        AND book.trash_id IS NULL
      WHERE log.age = 1 AND CASE WHEN book.id IS NULL THEN log.kind <> 'destroyed' ELSE log.kind = 'destroyed' END`,
  },
  {
    holds: 'of a contact that is there the log tells',
    table: 'card',
    broken: sql`SELECT card.id FROM card
      LEFT JOIN ${newest('ContactCard')} AS log
        ON log.object_id = card.id AND log.book_id = card.book_id AND log.account_id = card.account_id AND log.age = 1
      WHERE card.trash_id IS NULL AND log.seq IS NULL`,
  },
];
