import { sql } from 'kysely';
import type { Rule } from './rule.ts';

/** Shares, the answers to them, and the people whom they name. */
export const shareRules: readonly Rule[] = [
  {
    holds: 'a share is of a folder of its account, and not with the owner',
    table: 'share',
    broken: sql`SELECT share.id FROM share JOIN address_book AS book ON book.id = share.book_id
      WHERE book.account_id <> share.account_id OR share.principal_id = share.account_id`,
  },
  {
    holds: 'a share is with somebody inside, with a guest, or a public link',
    table: 'share',
    broken: sql`SELECT share.id FROM share LEFT JOIN principal ON principal.id = share.principal_id
      WHERE CASE share.type WHEN 'public' THEN share.principal_id IS NOT NULL
        WHEN 'guest' THEN principal.id IS NULL OR share.email IS NULL
        ELSE principal.id IS NULL END`,
  },
  {
    holds: 'an answer is about a folder of the account that it names, and not of the own one',
    table: 'subscription',
    broken: sql`SELECT answer.principal_id || ' ' || answer.book_id AS id FROM subscription AS answer
      JOIN address_book AS book ON book.id = answer.book_id
      WHERE book.account_id <> answer.account_id OR answer.principal_id = answer.account_id`,
  },
  {
    holds: 'the link of a guest is to a share with a guest',
    table: 'guest_invitation',
    broken: sql`SELECT invitation.share_id AS id FROM guest_invitation AS invitation
      JOIN share ON share.id = invitation.share_id WHERE share.type <> 'guest'`,
  },
  {
    holds: 'who has members is a group',
    table: 'principal_member',
    broken: sql`SELECT member.group_id || ' ' || member.member_id AS id FROM principal_member AS member
      JOIN principal ON principal.id = member.group_id WHERE principal.kind <> 'group'`,
  },
  {
    holds: 'people are found by the beginnings of their words',
    table: 'principal_beginning',
    broken: sql`SELECT wrong.principal_id || ' ' || wrong.beginning AS id FROM (
        SELECT beginning, name_key, principal_id FROM (
          SELECT substr(token, 1, 1) AS beginning, name_key, principal_id FROM principal_token
          UNION SELECT substr(token, 1, 2), name_key, principal_id FROM principal_token) AS wanted
        EXCEPT SELECT beginning, name_key, principal_id FROM principal_beginning) AS wrong
      UNION ALL SELECT wrong.principal_id || ' ' || wrong.beginning FROM (
        SELECT beginning, name_key, principal_id FROM principal_beginning
        EXCEPT SELECT beginning, name_key, principal_id FROM (
          SELECT substr(token, 1, 1) AS beginning, name_key, principal_id FROM principal_token
          UNION SELECT substr(token, 1, 2), name_key, principal_id FROM principal_token) AS wanted) AS wrong`,
  },
  {
    holds: 'a private note is about one contact',
    table: 'private_note',
    broken: sql`SELECT principal_id || ' ' || contact_id AS id FROM private_note
      WHERE contact_id <> coalesce(card_id, person_id, '') OR (card_id IS NOT NULL AND person_id IS NOT NULL)`,
  },
];
