import { sql } from 'kysely';
import { wordsOfTables } from '../search/words.ts';
import type { WordIndex } from '../search/words.ts';

/** The words of the notes of one person, as an index of words of the contacts that they are about. */
export function noteIndex(personId: string): WordIndex {
  const tokens = sql`(SELECT contact_id AS card_id, 'b' AS field, token FROM private_note_token
    WHERE principal_id = ${personId})`;
  const phrases = sql`(SELECT contact_id AS card_id, phrases FROM private_note WHERE principal_id = ${personId})`;
  return wordsOfTables({ tokens, phrases }, { fields: ['b'], numbers: [] });
}
