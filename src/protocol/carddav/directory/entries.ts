import { createHash } from 'node:crypto';
import type { Context } from '../../../core/context.ts';
import { findDirectoryCards } from '../../../core/directorybook/findDirectoryCards.ts';
import { queryDirectoryCards } from '../../../core/directorybook/queryDirectoryCards.ts';
import { toVCard } from '../../../format/jscontact/toVCard.ts';
import type { Card } from '../../../format/jscontact/types.ts';
import { convertVCard } from '../../../format/vcard/convert.ts';
import { serializeVCard } from '../../../format/vcard/serialize.ts';

/** Somebody of « Annuaire » as a card, made when it is asked for: with what is shown there, and no more. */
export type DirectoryEntry = { readonly id: string; readonly vcard: string; readonly etag: string };

/** The card of somebody who is shown there; undefined: there is none, or « Annuaire » is closed to the person. */
export async function findEntry(context: Context, id: string): Promise<DirectoryEntry | undefined> {
  const [found] = await findEntries(context, [id]);
  return found;
}

/**
 * Those who are found by the beginnings of one of these words, for each at most `limit`, and whether there are more; by
 * nothing, nobody. Errors: `notFound` where it is closed.
 */
export async function searchEntries(
  context: Context,
  texts: readonly string[],
  limit: number,
): Promise<{ readonly entries: readonly DirectoryEntry[]; readonly isCut: boolean }> {
  const ids = new Set<string>();
  let isCut = false;
  for (const text of texts.filter((each) => each.trim() !== '')) {
    const filter = { operator: null, condition: { text } } as const;
    const results = await queryDirectoryCards(context, filter, []);
    const found = await results.slice(0, limit + 1);
    isCut ||= found.length > limit;
    for (const id of found.slice(0, limit)) ids.add(id);
  }
  return { entries: await findEntries(context, [...ids]), isCut };
}

async function findEntries(context: Context, ids: readonly string[]): Promise<DirectoryEntry[]> {
  const views = await findDirectoryCards(context, ids, { limit: ids.length, withMembers: false });
  return views.map(({ id, content }) => {
    // Programs that search a directory are older than 4.0.
    const vcard = serializeVCard(convertVCard(toVCard(content as Card), '3.0'));
    return { id, vcard, etag: createHash('sha256').update(vcard).digest('base64url').slice(0, 27) };
  });
}
