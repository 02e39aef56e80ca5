import { sql } from 'kysely';
import { inAccount } from '../../../db/inAccount.ts';
import type { Schema } from '../../../db/schema.ts';
import { statement } from '../../../db/statement.ts';
import type { Transaction } from '../../change/transaction.ts';
import type { CardContents } from '../contents/contents.ts';

/** A card, and the account in which it is found. */
type Found = { readonly id: string; readonly account_id: string };

/**
 * Writes the words by which a card is found. A new card waits to be indexed together with others; for an existing card,
 * only the words that come or go are written.
 */
export async function writeWords(
  tx: Transaction,
  card: Found,
  { words, phrases }: Pick<CardContents, 'words' | 'phrases'>,
  isOld: boolean,
): Promise<void> {
  const accountId = card.account_id;
  const row = { card_id: card.id, words, phrases, account_id: accountId };
  if (!isOld) {
    await tx.run(insertWords(tx, { row }));
    await tx.run(insertWaiting(tx, { row: { account_id: accountId, card_id: card.id } }));
    return;
  }
  const before = (await tx.first(wordsOf(tx, { id: card.id, accountId: card.account_id })))!;
  if (before.words === row.words && before.phrases === phrases) return;
  await tx.run(replaceWords(tx, { id: card.id, accountId, words: row.words, phrases }));
  if (await isWaiting(tx, card)) return;
  const [old, now] = [new Set(before.words.split(' ')), new Set(row.words.split(' '))];
  await deleteTokens(
    tx,
    card,
    [...old].filter((word) => !now.has(word)),
  );
  await insertTokens(
    tx,
    [...now].filter((word) => !old.has(word)).map((word) => tokenOf(card, word)),
  );
}

/** Removes cards that are about to be erased from the index. */
export async function forgetWords(tx: Transaction, cards: readonly Found[]): Promise<void> {
  for (const card of cards) {
    if ((await tx.run(deleteWaiting(tx, { accountId: card.account_id, id: card.id }))) > 0) continue;
    const row = await tx.first(wordsOf(tx, { id: card.id, accountId: card.account_id }));
    if (row) await deleteTokens(tx, card, row.words.split(' '));
  }
}

/** Moves the words of a card that has gone to another account from one index to the other. */
export async function moveWords(tx: Transaction, card: Found, accountId: string): Promise<void> {
  await forgetWords(tx, [card]);
  await tx.run(insertWaiting(tx, { row: { account_id: accountId, card_id: card.id } }));
}

/** The index row for one of the words in such a text. */
export function tokenOf({ id, account_id }: Found, word: string): Schema['card_token'] {
  return { account_id, field: word[0]!, token: word.slice(2), card_id: id };
}

/**
 * Writes index rows with as few statements of as few different lengths as possible, because each length is planned
 * once.
 */
export async function insertTokens(
  tx: Pick<Transaction, 'run' | 'build'>,
  rows: readonly Schema['card_token'][],
): Promise<void> {
  for (let start = 0; start < rows.length;) {
    const length = lengths.find((each) => each <= rows.length - start)!;
    await tx.run(insertRows(tx, { rows: rows.slice(start, start + length) }));
    start += length;
  }
}

const lengths = [256, 32, 8, 1];

async function deleteTokens(
  tx: Transaction,
  { id, account_id: accountId }: Found,
  words: readonly string[],
): Promise<void> {
  const tokens = words.filter((word) => word !== '').map((word) => ({ field: word[0]!, token: word.slice(2) }));
  for (let start = 0; start < tokens.length;) {
    const length = lengths.find((each) => each <= tokens.length - start)!;
    await tx.run(deleteRows(tx, { id, accountId, tokens: tokens.slice(start, start + length) }));
    start += length;
  }
}

async function isWaiting(tx: Transaction, { id, account_id: accountId }: Found): Promise<boolean> {
  return (await tx.first(waiting(tx, { accountId, id }))) !== undefined;
}

const wordsOf = statement((build, value: { id: string; accountId: string }) =>
  build
    .selectFrom('card_words')
    .select(['words', 'phrases'])
    .where('card_id', '=', value.id)
    .where(inAccount(value.accountId)),
);
const waiting = statement((build, value: { accountId: string; id: string }) =>
  build
    .selectFrom('card_unindexed')
    .select('card_id')
    .where('account_id', '=', value.accountId)
    .where('card_id', '=', value.id),
);
const insertWords = statement((build, { row }: { row: Schema['card_words'] }) =>
  build.insertInto('card_words').values(row),
);
type Words = { id: string; accountId: string; words: string; phrases: string };
const replaceWords = statement((build, { id, accountId, words, phrases }: Words) =>
  build.updateTable('card_words').set({ words, phrases }).where('card_id', '=', id).where(inAccount(accountId)),
);
const insertWaiting = statement((build, { row }: { row: Schema['card_unindexed'] }) =>
  build.insertInto('card_unindexed').values(row),
);
const deleteWaiting = statement((build, value: { accountId: string; id: string }) =>
  build.deleteFrom('card_unindexed').where('account_id', '=', value.accountId).where('card_id', '=', value.id),
);
const insertRows = statement((build, { rows }: { rows: readonly Schema['card_token'][] }) =>
  build.insertInto('card_token').values(rows),
);
type Removal = { id: string; accountId: string; tokens: readonly { field: string; token: string }[] };
const deleteRows = statement((build, { id, accountId, tokens }: Removal) => {
  const words = tokens.map(({ field, token }) => sql`(${field}, ${token})`);
  return sql`DELETE FROM card_token WHERE account_id = ${accountId} AND card_id = ${id}
    AND (field, token) IN (VALUES ${sql.join(words)})`.compile(build);
});
