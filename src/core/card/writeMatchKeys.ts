import type { CardRow, Schema } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import { matchKeys } from '../../format/matching/matchKeys.ts';
import type { Card } from '../../format/jscontact/types.ts';
import type { Transaction } from '../change/transact.ts';

const keysOf = statement((build, value: { id: string }) =>
  build.selectFrom('card_match').select('key').where('card_id', '=', value.id),
);
const forgetKeys = statement((build, value: { id: string }) =>
  build.deleteFrom('card_match').where('card_id', '=', value.id),
);
const insertKeys = statement((build, { rows }: { rows: readonly Schema['card_match'][] }) =>
  build.insertInto('card_match').values(rows),
);

/** Writes by what a card's duplicates are found (core/duplicate). Most edits change nothing of it, and then nothing is written. */
export async function writeMatchKeys(
  tx: Transaction,
  { id, book_id: bookId }: Pick<CardRow, 'id' | 'book_id'>,
  card: Partial<Card>,
  isOld: boolean,
): Promise<void> {
  const keys = matchKeys(card);
  if (isOld) {
    const there = new Set((await tx.all(keysOf(tx, { id }))).map(({ key }) => key));
    if (there.size === keys.length && keys.every((key) => there.has(key))) return;
    if (there.size > 0) await tx.run(forgetKeys(tx, { id }));
  }
  if (keys.length === 0) return;
  await tx.run(insertKeys(tx, { rows: keys.map((key) => ({ book_id: bookId, key, card_id: id })) }));
}
