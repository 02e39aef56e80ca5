import type { Reader } from '../../db/database.ts';

type Language = 'fr' | 'en';

/**
 * The language in which to write to each of these people: the one they chose, else the one the directory has for them,
 * else that of whoever writes.
 */
export async function languagesOf(
  reader: Reader,
  personIds: readonly string[],
  writers: Language,
): Promise<(personId: string) => Language> {
  if (personIds.length === 0) return () => writers;
  const rows = await reader.all(
    reader.build
      .selectFrom('principal')
      .leftJoin('preference', 'preference.principal_id', 'principal.id')
      .select(['principal.id', 'principal.details', 'preference.language'])
      .where('principal.id', 'in', [...personIds]),
  );
  const known = new Map(rows.map((row) => [row.id, spoken(row.language) ?? spoken(inDirectory(row.details))]));
  return (personId) => known.get(personId) ?? writers;
}

/** A language tag (RFC 5646) or a list of them as the directory has it (RFC 2798 §2.7): the first that we speak. */
function spoken(tags: string | null | undefined): Language | undefined {
  for (const tag of (tags ?? '').toLowerCase().split(',')) {
    const [language] = tag.trim().split(/[-_;]/u);
    if (language === 'fr' || language === 'en') return language;
  }
  return undefined;
}

function inDirectory(details: string): string | undefined {
  const { language } = JSON.parse(details) as { readonly language?: unknown };
  return typeof language === 'string' ? language : undefined;
}
