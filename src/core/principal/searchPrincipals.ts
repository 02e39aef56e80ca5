import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { PrincipalRow } from '../../db/schema.ts';
import { foldWords } from '../../lib/fold.ts';
import type { Context } from '../context.ts';
import { emailKey } from './emailKey.ts';
import { findableBy } from './findable.ts';

/**
 * Whom to look for (RFC 9670 §2.4). Every word of `text` and of `name` must be the beginning of a word of the name or
 * the address.
 */
export type PrincipalSearch = {
  readonly text?: string | undefined;
  readonly name?: string | undefined;
  /** The beginning of the address, or of a part of it. */
  readonly email?: string | undefined;
  readonly type?: PrincipalRow['kind'] | undefined;
  readonly position: number;
  readonly limit: number;
};

/** A beginning of more words than these is frequent. */
const fewTokens = 5_000;
/** Of fewer who are called so, so many more than the page holds are looked at before all of them are. */
const nearTokens = 100;
const mostWords = 50;
/** Of so many letters the index of beginnings knows. */
const lettersInIndex = 2;

/**
 * One page of the people and groups that match, by name. Unlisted people are found only by themselves, and guests find
 * nobody but themselves. Cost: for a frequent word, a walk by name that ends with the page; otherwise a look at the
 * words that begin like the rarest one (a third of a microsecond each, at most five thousand). It costs more only if
 * few rows contain all of several frequent words.
 */
export async function searchPrincipals(
  context: Context,
  search: PrincipalSearch,
): Promise<{ principals: PrincipalRow[] }> {
  const { db } = context;
  const prefixes = [
    ...wordsOf(search.text),
    ...wordsOf(search.name),
    ...(search.email === undefined ? [] : [emailKey(search.email)]),
  ];
  // Nobody is called so; and each word is a part of the question, of which databases take only so many.
  if (prefixes.length > mostWords) return { principals: [] };
  const seen =
    search.type === undefined ? findableBy(context.actor) : sql`${findableBy(context.actor)} AND kind = ${search.type}`;
  const page = sql`ORDER BY name_key, id LIMIT ${search.limit} OFFSET ${search.position}`;
  const rows = (query: RawBuilder<PrincipalRow>) => db.all(query.compile(db.build));
  const [leader, ...others] = await byRarity(context, [...new Set(prefixes)]);
  if (leader === undefined) return { principals: await rows(sql`SELECT * FROM principal WHERE ${seen} ${page}`) };
  const words = [leader, ...others].map(({ word }) => word);
  if (leader.count > fewTokens)
    return { principals: await rows(walkBy(leader.word, sql`${seen} AND ${having(words)}`, search)) };
  const rest = words.slice(1);
  const near = sql`SELECT principal_id FROM principal_token WHERE ${begins(leader.word)}
    ORDER BY name_key, principal_id LIMIT ${search.position + search.limit + nearTokens}`;
  const found = await rows(sql`SELECT * FROM principal WHERE id IN (${near}) AND ${seen} AND ${having(rest)} ${page}`);
  if (found.length === search.limit || leader.count <= nearTokens) return { principals: found };
  const led = sql`SELECT led.principal_id FROM principal_token AS led
    WHERE ${begins(leader.word)} AND ${having(rest, sql`led.principal_id`)}`;
  // Sorted are ids and names alone, not whole rows.
  const ids = sql`SELECT id FROM principal WHERE ${seen} AND id IN (${led}) ${page}`;
  return { principals: await rows(sql`SELECT * FROM principal WHERE id IN (${ids}) ORDER BY name_key, id`) };
}

/** Those whose words begin like the first letters of this one, by name, until the page is full. */
function walkBy(
  word: string,
  where: RawBuilder<unknown>,
  { limit, position }: PrincipalSearch,
): RawBuilder<PrincipalRow> {
  const beginning = [...word].slice(0, lettersInIndex).join('');
  return sql`
    SELECT principal.* FROM principal_beginning AS begun CROSS JOIN principal ON principal.id = begun.principal_id
    WHERE begun.beginning = ${beginning} AND ${where}
    ORDER BY begun.name_key, begun.principal_id LIMIT ${limit} OFFSET ${position}`;
}

/** Of more words than these nobody wants to know which is the rarest. */
const mostCounted = 5;

/** How many words of names and addresses begin like each of these, as far as that is not many; the fewest first. */
async function byRarity({ db }: Context, words: readonly string[]): Promise<{ word: string; count: number }[]> {
  const counted: { word: string; count: number }[] = [];
  const [some, rest] = [words.slice(0, mostCounted), words.slice(mostCounted)];
  for (const word of some) {
    const count = sql<{ count: number }>`
      SELECT count(*) AS count FROM (SELECT 1 FROM principal_token WHERE ${begins(word)} LIMIT ${fewTokens + 1}) AS few`;
    counted.push({ word, count: Number((await db.first(count.compile(db.build)))!.count) });
  }
  return [...counted.sort((a, b) => a.count - b.count), ...rest.map((word) => ({ word, count: fewTokens }))];
}

/** Each of these begins a word of the principal. */
function having(words: readonly string[], id = sql`principal.id`): RawBuilder<unknown> {
  if (words.length === 0) return sql`1 = 1`;
  const parts = words.map(
    (word) => sql`EXISTS (SELECT 1 FROM principal_token WHERE principal_id = ${id} AND ${begins(word)})`,
  );
  return sql.join(parts, sql` AND `);
}

/** Something to look for that has no word in it (« ?! ») finds nothing. */
function wordsOf(text: string | undefined): string[] {
  if (text === undefined) return [];
  if (text.includes('@'))
    return text
      .split(/\s+/u)
      .filter(Boolean)
      .flatMap((part) => (part.includes('@') ? [emailKey(part)] : foldWords(part)));
  const words = foldWords(text);
  return words.length > 0 || text.trim() === '' ? words : [text.trim()];
}

function begins(word: string): RawBuilder<unknown> {
  return sql`token >= ${word} AND token < ${`${word}\u{10ffff}`}`;
}
