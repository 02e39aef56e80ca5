import { sql } from 'kysely';
import type { Reader } from '../../db/database.ts';
import { statement } from '../../db/statement.ts';
import { readText } from '../version/versionText.ts';

/** The record of a card at some time, and what it was read from: the same source is the same text. */
export type PastText = { readonly source: string; readonly text: string };

type Moment = { readonly cardId: string; readonly from: number };

const nextKept = statement((build, value: Moment) =>
  sql<{ id: number; vcard: string }>`
    SELECT id, vcard FROM card_version WHERE card_id = ${value.cardId} AND id >= ${value.from} AND vcard IS NOT NULL
    ORDER BY id LIMIT 1`.compile(build),
);
const recordOf = statement((build, value: { cardId: string }) =>
  build.selectFrom('card_record').select('vcard').where('card_id', '=', value.cardId),
);

/**
 * The record of a card as it was before the version with this number: the text that the first change of it from then on
 * replaced, or else what is there now. undefined: nothing is left of it.
 */
export async function textBefore(reader: Reader, cardId: string, from: number): Promise<PastText | undefined> {
  const kept = await reader.first(nextKept(reader, { cardId, from }));
  if (kept) return { source: `v${kept.id}`, text: await readText(reader, kept) };
  const record = await reader.first(recordOf(reader, { cardId }));
  return record && { source: `record ${cardId}`, text: record.vcard };
}
