import { sql } from 'kysely';
import type { Reader } from '../../../db/database.ts';
import { statement } from '../../../db/statement.ts';
import { searchWords } from '../../../format/jscontact/searchText.ts';
import type { Card } from '../../../format/jscontact/types.ts';
import { textOf } from './textOf.ts';

/** A card that is not shown, or not found, as its record says; what belongs to no card has the name of its table. */
export type CardFault = { readonly id: string; readonly problem: string };

type Checked = { readonly id: string; readonly account_id: string; readonly data: string };

/** Of these cards: those whose words are not what they say, or not those by which the index finds them. */
export async function wrongWords(reader: Reader, cards: readonly Checked[]): Promise<CardFault[]> {
  const faults: CardFault[] = [];
  for (const { id, account_id: accountId, data } of cards) {
    const { tokens, phrases } = searchWords(JSON.parse(data) as Card);
    const row = await reader.first(kept(reader, { id, accountId }));
    if (!row || setOf(row.words) !== setOf(textOf(tokens)) || row.phrases !== phrases)
      faults.push({ id, problem: 'its words are not those of the record' });
    else if (row.waiting === 0 && (await countIndexed(reader, accountId, id, tokens)) !== tokens.length)
      faults.push({ id, problem: 'the index does not have all of its words' });
  }
  return faults;
}

/** When every card has all its words in the index, and the index has as many, it has no others. */
export async function strayWords(reader: Reader): Promise<CardFault[]> {
  const faults: CardFault[] = [];
  const counts = await reader.first(counted(reader, {}));
  if (counts!.indexed !== counts!.said)
    faults.push({ id: 'card_token', problem: `${counts!.indexed} words are indexed, the cards have ${counts!.said}` });
  if (counts!.strays > 0)
    faults.push({ id: 'card_unindexed', problem: `${counts!.strays} cards wait that are not there` });
  return faults;
}

function setOf(words: string): string {
  return words.split(' ').sort().join(' ');
}

async function countIndexed(
  reader: Reader,
  accountId: string,
  cardId: string,
  tokens: ReturnType<typeof searchWords>['tokens'],
): Promise<number> {
  let count = 0;
  for (let start = 0; start < tokens.length; start += tokensAtOnce) {
    const some = tokens.slice(start, start + tokensAtOnce);
    count += (await reader.first(indexed(reader, { accountId, tokens: some, cardId })))!.found;
  }
  return count;
}

const tokensAtOnce = 250;

const kept = statement((build, { id, accountId }: { id: string; accountId: string }) =>
  sql<{ words: string; phrases: string; waiting: number }>`
    SELECT words, phrases, (
      SELECT count(*) FROM card_unindexed WHERE account_id = ${accountId} AND card_id = ${id}) AS waiting
    FROM card_words WHERE card_id = ${id}`.compile(build),
);
type Indexed = { accountId: string; cardId: string; tokens: ReturnType<typeof searchWords>['tokens'] };
const indexed = statement((build, { accountId, cardId, tokens }: Indexed) => {
  const words = tokens.map(({ field, token }) => sql`(${field}, ${token})`);
  return sql<{ found: number }>`SELECT count(*) AS found FROM card_token
    WHERE account_id = ${accountId} AND card_id = ${cardId} AND (field, token) IN (VALUES ${sql.join(words)})`.compile(
    build,
  );
});
// A word more is a space more.
const counted = statement((build, _value: object) =>
  sql<{ indexed: number; said: number; strays: number }>`
    SELECT (SELECT count(*) FROM card_token) AS indexed,
      (SELECT coalesce(sum(length(words) - length(replace(words, ' ', '')) - 1), 0) FROM card_words
        WHERE card_id NOT IN (SELECT card_id FROM card_unindexed)) AS said,
      (SELECT count(*) FROM card_unindexed WHERE card_id NOT IN (SELECT id FROM card)) AS strays`.compile(build),
);
