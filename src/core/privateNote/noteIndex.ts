import { sql } from 'kysely';
import type { WordIndex } from '../search/terms.ts';

/** The words of the notes of one person, as an index of words of the contacts that they are about. */
export function noteIndex(personId: string): WordIndex {
  return {
    tokens: sql`(SELECT contact_id AS card_id, 'b' AS field, token FROM private_note_token
      WHERE principal_id = ${personId})`,
    phrases: sql`(SELECT contact_id AS card_id, phrases FROM private_note WHERE principal_id = ${personId})`,
    within: sql`1 = 1`,
    fields: ['b'],
    numbers: [],
  };
}
