import { createHash } from 'node:crypto';
import type { Context } from '../../../core/context.ts';
import type { DirectoryDetails } from '../../../core/directory/directory.ts';
import { findPrincipals } from '../../../core/principal/findPrincipals.ts';
import { searchPrincipals } from '../../../core/principal/searchPrincipals.ts';
import { makeLine, makeParam } from '../../../format/vcard/line.ts';
import { serializeVCard } from '../../../format/vcard/serialize.ts';
import { escapeText } from '../../../format/vcard/text.ts';
import type { VCardLine } from '../../../format/vcard/types.ts';

/** Somebody of the organisation's directory as a card, made when it is asked for. */
export type DirectoryEntry = { readonly id: string; readonly vcard: string; readonly etag: string };

type Person = {
  readonly id: string;
  readonly kind: 'individual' | 'group';
  readonly name: string;
  readonly email: string | null;
  readonly details: string;
  readonly is_active: number;
};

/** The card of somebody who is there and whom the person may know; undefined: there is none. */
export async function findEntry(context: Context, id: string): Promise<DirectoryEntry | undefined> {
  const [found] = await findPrincipals(context, [id]);
  return found && found.is_active === 1 ? entryOf(found) : undefined;
}

/** Those who are found by the beginnings of these words; by nothing, nobody. */
export async function searchEntries(
  context: Context,
  texts: readonly string[],
  limit: number,
): Promise<DirectoryEntry[]> {
  const found = new Map<string, Person>();
  for (const text of texts.filter((each) => each.trim() !== '')) {
    const { principals } = await searchPrincipals(context, { text, position: 0, limit });
    for (const principal of principals) found.set(principal.id, principal);
  }
  return [...found.values()].map(entryOf);
}

const telTypes = { work: 'WORK', mobile: 'CELL', fax: 'FAX', home: 'HOME' } as const;

function entryOf({ id, kind, name, email, details: json }: Person): DirectoryEntry {
  const details = JSON.parse(json) as DirectoryDetails;
  const { given = '', surname = '', organization, department, title, phones = [] } = details;
  const parts = surname === '' && given === '' ? ['', name] : [surname, given];
  const text = (property: string, value: string | undefined): VCardLine[] =>
    value === undefined || value === '' ? [] : [makeLine(property, escapeText(value))];
  const units = [organization ?? '', department ?? ''].map(escapeText).join(';');
  const lines = [
    makeLine('VERSION', '3.0'),
    makeLine('UID', id),
    makeLine('FN', escapeText(name)),
    makeLine('N', `${parts.map(escapeText).join(';')};;;`),
    ...(email === null ? [] : [makeLine('EMAIL', escapeText(email), [makeParam('TYPE', 'INTERNET', 'WORK')])]),
    ...phones.map((phone) => makeLine('TEL', escapeText(phone.number), [makeParam('TYPE', telTypes[phone.kind])])),
    ...(units === ';' ? [] : [makeLine('ORG', units)]),
    ...text('TITLE', title),
    ...(kind === 'group' ? [makeLine('X-ADDRESSBOOKSERVER-KIND', 'group')] : []),
  ];
  const vcard = serializeVCard({ version: '3.0', lines });
  return { id, vcard, etag: createHash('sha256').update(vcard).digest('base64url').slice(0, 27) };
}
