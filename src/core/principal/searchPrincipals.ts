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

/**
 * One page of the people and groups that match, by name, and how many match in all. Those who are not listed are found
 * by themselves alone, and guests find nobody but themselves.
 */
export async function searchPrincipals(
  context: Context,
  search: PrincipalSearch,
): Promise<{ principals: PrincipalRow[]; total: number }> {
  const { db } = context;
  const where = sql.join(conditions(context, search), sql` AND `);
  const principals = await db.all(
    sql<PrincipalRow>`SELECT * FROM principal WHERE ${where} ORDER BY name_key, id LIMIT ${search.limit} OFFSET ${search.position}`.compile(
      db.build,
    ),
  );
  const ended = principals.length < search.limit && (principals.length > 0 || search.position === 0);
  if (ended) return { principals, total: search.position + principals.length };
  const row = await db.first(
    sql<{ total: number }>`SELECT count(*) AS total FROM principal WHERE ${where}`.compile(db.build),
  );
  return { principals, total: Number(row?.total ?? 0) };
}

function conditions({ actor }: Context, search: PrincipalSearch): RawBuilder<unknown>[] {
  const result = [findableBy(actor)];
  if (search.type !== undefined) result.push(sql`kind = ${search.type}`);
  const prefixes = [
    ...wordsOf(search.text),
    ...wordsOf(search.name),
    ...(search.email === undefined ? [] : [emailKey(search.email)]),
  ];
  // The longest word has the fewest matches: it leads, the others are checked for what it finds.
  const [leader, ...others] = [...new Set(prefixes)].sort((a, b) => b.length - a.length);
  if (leader !== undefined) result.push(sql`id IN (SELECT principal_id FROM principal_token WHERE ${begins(leader)})`);
  for (const word of others) {
    result.push(sql`EXISTS (SELECT 1 FROM principal_token WHERE principal_id = principal.id AND ${begins(word)})`);
  }
  return result;
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
