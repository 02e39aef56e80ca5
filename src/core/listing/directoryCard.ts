import type { Reader, Writer } from '../../db/database.ts';
import type { PrincipalRow } from '../../db/schema.ts';
import { fileAs, givenName, surname } from '../../format/jscontact/names.ts';
import { phoneTokens, phraseOf, searchable } from '../../format/jscontact/searchText.ts';
import { foldText } from '../../lib/fold.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { detailFields } from './details.ts';
import type { DirectoryField, PrincipalDetails } from './details.ts';
import { descriptionOf, principalCard } from './principalCard.ts';
import { normalize } from '../../lib/unicode/normalize.ts';

/**
 * Makes what « Annuaire » sorts and finds somebody by what it should be; part of every transaction that changes a person
 * or group. Who is inactive or not listed is not in it.
 */
export async function writeDirectoryCard(writer: Writer, id: string): Promise<void> {
  const { build } = writer;
  const row = await writer.first(build.selectFrom('principal').selectAll().where('id', '=', id));
  await writer.run(build.deleteFrom('directory_card').where('id', '=', id));
  if (!row || row.is_active === 0 || row.is_listed === 0) return;
  const card = principalCard(row, new Set());
  const { tokens, phrases } = wordsOf(row);
  await writer.run(
    build.insertInto('directory_card').values({
      id,
      kind: row.kind,
      place: row.place === null ? null : placeKey(row.place),
      is_shown: Number(isWithin(row, await readBranches(writer))),
      file_as_key: foldText(fileAs(card)),
      given_key: foldText(givenName(card)),
      surname_key: foldText(surname(card)),
      created: row.created_at,
    }),
  );
  if (tokens.length > 0)
    await writer.run(build.insertInto('directory_token').values(tokens.map((token) => ({ ...token, card_id: id }))));
  if (phrases !== '') await writer.run(build.insertInto('directory_phrase').values({ card_id: id, phrases }));
}

type Words = {
  readonly tokens: { readonly field: DirectoryField; readonly token: string }[];
  readonly phrases: string;
};

const mostTokens = 300;

/** As `searchWords` does it for a card, but with a letter of its own for each detail. */
function wordsOf(row: PrincipalRow): Words {
  const tokens = new Map<string, { field: DirectoryField; token: string }>();
  const phrases: string[] = [];
  const add = (field: DirectoryField, token: string) => {
    if (tokens.size < mostTokens) tokens.set(`${field}${token}`, { field, token });
  };
  for (const [field, text] of valuesOf(row)) {
    const words = searchable(text);
    for (const word of words) add(field, word);
    if (words.length > 1) phrases.push(phraseOf(field, words));
    if (phoneFields.has(field)) for (const digits of phoneTokens(text)) add(field, digits);
  }
  return { tokens: [...tokens.values()], phrases: phrases.length === 0 ? '' : ` ${phrases.join(' | ')} |` };
}

const phoneFields: ReadonlySet<DirectoryField> = new Set(['p', 'm', 'f', 'h']);

function valuesOf(row: PrincipalRow): [DirectoryField, string][] {
  const details = JSON.parse(row.details) as PrincipalDetails;
  const card = principalCard(row, new Set());
  const values: [DirectoryField, string | null | undefined][] = [
    ['n', row.name],
    ['g', givenName(card)],
    ['s', surname(card)],
    ['e', row.email],
    ['e', row.email === null ? null : row.email.toLowerCase()],
    ['o', details.organization],
    ['u', details.department],
    ['j', details.title],
    ['a', details.address],
    ['b', descriptionOf(row, details)],
    ...(details.phones ?? []).map(({ number, kind }): [DirectoryField, string] => [detailFields[kind], number]),
  ];
  return values.flatMap(([field, text]) => (text ? [[field, text] as [DirectoryField, string]] : []));
}

/** A DN as places are compared: without regard to case and to the blanks around its signs (RFC 4514 §2.4). */
function placeKey(place: string): string {
  const parts = normalize(place, 'NFC')
    .toLowerCase()
    .split(/([,=+])/u);
  return parts.map((part) => part.trim()).join('');
}

/** Who was made here is in no branch, and shown with any choice of them. */
function isWithin({ source, place }: Pick<PrincipalRow, 'source' | 'place'>, branches: readonly string[]): boolean {
  if (source === 'local' || branches.length === 0) return true;
  if (place === null) return false;
  const key = placeKey(place);
  return branches.some((branch) => key === branch || key.endsWith(`,${branch}`));
}

/** The branches that are shown; none: all. */
async function readBranches(reader: Reader): Promise<readonly string[]> {
  return JSON.parse((await readSetting(reader, 'directoryBranches')) ?? '[]') as string[];
}

/** Keeps which branches are shown; whether that is another choice than before. */
export async function writeBranches(writer: Writer, branches: readonly string[]): Promise<boolean> {
  const wanted = JSON.stringify(branches.map(placeKey));
  if ((await readSetting(writer, 'directoryBranches')) === wanted) return false;
  await writeSetting(writer, 'directoryBranches', wanted);
  return true;
}
