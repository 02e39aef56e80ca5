import { sql } from 'kysely';
import type { Rule } from './rule.ts';

/** Folders, and where contacts are. */
export const folderRules: readonly Rule[] = [
  {
    holds: 'a folder counts the contacts in it',
    table: 'address_book',
    broken: sql`SELECT book.id FROM address_book AS book
      LEFT JOIN (SELECT book_id, count(*) AS cards FROM card WHERE trash_id IS NULL GROUP BY book_id) AS held
        ON held.book_id = book.id
      WHERE book.trash_id IS NULL AND book.card_count <> coalesce(held.cards, 0)`,
  },
  {
    holds: 'a folder is in one of the same account, which is not deleted unless it is',
    table: 'address_book',
    broken: sql`SELECT book.id FROM address_book AS book JOIN address_book AS parent ON parent.id = book.parent_id
      WHERE parent.account_id <> book.account_id OR (book.trash_id IS NULL AND parent.trash_id IS NOT NULL)`,
  },
  {
    holds: 'no folder is in itself',
    table: 'address_book',
    broken: sql`WITH RECURSIVE reached (id) AS (
        SELECT id FROM address_book WHERE parent_id IS NULL
        UNION ALL SELECT book.id FROM address_book AS book JOIN reached ON book.parent_id = reached.id)
      SELECT id FROM address_book WHERE id NOT IN (SELECT id FROM reached)`,
  },
  {
    holds: 'a deleted folder was deleted at a time, by itself or with one above',
    table: 'address_book',
    broken: sql`SELECT book.id FROM address_book AS book
      LEFT JOIN address_book AS root ON root.id = book.trash_id AND root.trash_id = root.id
      WHERE (book.trash_id IS NULL AND book.deleted_at IS NOT NULL)
        OR (book.trash_id IS NOT NULL AND (book.deleted_at IS NULL OR root.id IS NULL))`,
  },
  {
    holds: 'a contact is in a folder of its account, which is not deleted unless it is',
    table: 'card',
    broken: sql`SELECT card.id FROM card JOIN address_book AS book ON book.id = card.book_id
      WHERE book.account_id <> card.account_id OR (card.trash_id IS NULL AND book.trash_id IS NOT NULL)`,
  },
  {
    holds: 'a deleted contact was deleted at a time, by itself, with its folder, or merged',
    table: 'card',
    broken: sql`SELECT card.id FROM card
      LEFT JOIN address_book AS root ON root.id = card.trash_id AND root.trash_id = root.id
      LEFT JOIN card_merge AS merged ON merged.id = card.trash_id
      WHERE (card.trash_id IS NULL AND card.deleted_at IS NOT NULL)
        OR (card.trash_id IS NOT NULL AND card.deleted_at IS NULL)
        OR (card.trash_id <> card.id AND root.id IS NULL AND merged.id IS NULL)`,
  },
];
