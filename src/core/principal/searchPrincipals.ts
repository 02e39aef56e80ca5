import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { PrincipalRow } from '../../db/schema.ts';
import { foldWords } from '../../lib/fold.ts';
import type { Context } from '../context.ts';
import { emailKey } from './emailKey.ts';
import { findableBy } from './findable.ts';

/** Whom to look for: RFC 9670 §2.4. Every word of `text` and of `name` must begin a word of the name or the address. */
export type PrincipalSearch = {
  readonly text?: string | undefined;
  readonly name?: string | undefined;
  /** The beginning of the address, or of a part of it. */
  readonly email?: string | undefined;
  readonly type?: PrincipalRow['kind'] | undefined;
  readonly position: number;
  readonly limit: number;
};

/** So many beginnings of words are gathered and sorted faster than names are walked along. */
const fewTokens = 4_000;
/** What many are called is met among so many names, as a rule: nobody waits until all who are called so are gathered. */
const nearNames = 1_000;

/**
 * One page of the people and groups that match, by name. Those who are not listed are found by themselves alone, and
 * guests find nobody but themselves. Cost: what the rarest word leads to, or a walk along few names; for a frequent word
 * that none of the first names has, those who have it.
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
  const seen =
    search.type === undefined ? findableBy(context.actor) : sql`${findableBy(context.actor)} AND kind = ${search.type}`;
  // The longest word has the fewest matches: it leads, the others are checked for what it finds.
  const [leader, ...others] = [...new Set(prefixes)].sort((a, b) => b.length - a.length);
  const page = sql`ORDER BY name_key, id LIMIT ${search.limit} OFFSET ${search.position}`;
  const rows = (query: RawBuilder<PrincipalRow>) => db.all(query.compile(db.build));
  if (leader === undefined) return { principals: await rows(sql`SELECT * FROM principal WHERE ${seen} ${page}`) };
  if (await isFrequent(context, leader)) {
    const names = sql`SELECT * FROM principal WHERE ${seen} ORDER BY name_key, id LIMIT ${nearNames}`;
    const near = await rows(sql`SELECT * FROM (${names}) AS principal WHERE ${having([leader, ...others])} ${page}`);
    if (near.length === search.limit) return { principals: near };
  }
  const led = sql`id IN (SELECT principal_id FROM principal_token WHERE ${begins(leader)})`;
  // Sorted are ids and names alone, not whole rows.
  const ids = sql`SELECT id FROM principal WHERE ${seen} AND ${led} AND ${having(others)} ${page}`;
  return { principals: await rows(sql`SELECT * FROM principal WHERE id IN (${ids}) ORDER BY name_key, id`) };
}

/** Whether many words of names and addresses begin like this. */
async function isFrequent({ db }: Context, word: string): Promise<boolean> {
  const counted = sql<{ count: number }>`
    SELECT count(*) AS count FROM (SELECT 1 FROM principal_token WHERE ${begins(word)} LIMIT ${fewTokens + 1}) AS few`;
  return Number((await db.first(counted.compile(db.build)))!.count) > fewTokens;
}

/** Each of these begins a word of the principal. */
function having(words: readonly string[]): RawBuilder<unknown> {
  if (words.length === 0) return sql`1 = 1`;
  const parts = words.map(
    (word) => sql`EXISTS (SELECT 1 FROM principal_token WHERE principal_id = principal.id AND ${begins(word)})`,
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
