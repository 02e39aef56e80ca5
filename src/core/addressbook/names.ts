import type { Reader } from '../../db/database.ts';
import { invalid } from '../../errors.ts';
import { normalize } from '../../lib/unicode/normalize.ts';

/** What the web app and Zimbra allow; RFC 9610 §2 has 255 octets as its own limit. */
const maxCharacters = 128;
const maxOctets = 255;

const forbidden = /[/:"\u0000-\u001f\u007f\ufffe\uffff]/u;
const loneSurrogate = /\p{Surrogate}/u;

const reserved = new Set(
  [
    'Contacts',
    'Personnes contactées par mail',
    'Emailed Contacts',
    'Corbeille',
    'Trash',
    'Liste des contacts',
    'Contact Lists',
    'Listes de distribution',
    'Distribution Lists',
  ].map(nameKey),
);

/** The form in which names are compared: « Équipe » and « équipe » are the same name. */
export function nameKey(name: string): string {
  return normalize(normalize(name, 'NFC').trimEnd().toLocaleLowerCase('und'), 'NFC');
}

/**
 * The name in the form in which it is stored; throws `invalid` with the reason (nameEmpty, nameTooLong, nameInvalid,
 * nameReserved).
 */
export function readName(name: string, options: { topLevel: boolean }): string {
  const trimmed = normalize(name, 'NFC').trimEnd();
  if (trimmed.trim() === '') throw wrong('nameEmpty', 'A folder needs a name');
  if ([...trimmed].length > maxCharacters || Buffer.byteLength(trimmed) > maxOctets) {
    throw wrong('nameTooLong', `A folder's name has at most ${maxCharacters} characters`);
  }
  if (forbidden.test(trimmed) || loneSurrogate.test(trimmed) || trimmed === '.' || trimmed === '..') {
    throw wrong('nameInvalid', 'A folder\'s name cannot contain / : " or control characters');
  }
  if (options.topLevel && reserved.has(nameKey(trimmed))) throw wrong('nameReserved', 'This name is reserved');
  return trimmed;
}

function wrong(reason: string, message: string, details: Record<string, unknown> = {}): Error {
  return invalid('name', message, { reason, ...details });
}

/** A text as a name that a folder can have: what it cannot contain becomes a dash, and what is too long is cut. */
export function fitName(text: string): string {
  const fit = normalize(text.toWellFormed(), 'NFC').replace(new RegExp(`${forbidden.source}+`, 'gu'), '-');
  const cut = cutName(/^\.\.?\s*$/u.test(fit) ? '-' : fit, 0);
  return cut.trim() === '' ? 'Contacts' : cut;
}

/** The beginning of a name, so that so many signs of ASCII more have room behind it. */
function cutName(name: string, more: number): string {
  const characters = [...name].slice(0, maxCharacters - more);
  while (Buffer.byteLength(characters.join('')) > maxOctets - more) characters.pop();
  return characters.join('').trimEnd();
}

/** Where names must be unique: among the folders below one parent, or on the top level of a person's view. */
export type Place = { readonly accountId: string; readonly parentId: string | null };

/**
 * Throws `invalid` (nameTaken, with a proposal) if the name is taken there. On the top level, the person's names for
 * folders of others count as well, because they appear side by side.
 */
export async function requireFreeName(reader: Reader, place: Place, name: string, except?: string): Promise<void> {
  const taken = await takenNames(reader, place, except);
  if (!taken.has(nameKey(name))) return;
  const proposedName = freeNameAmong(taken, name, place);
  throw wrong('nameTaken', `There is a folder called "${name}" already`, { proposedName });
}

/** A name that is free there: the given one, or with a number added. */
export async function freeName(reader: Reader, place: Place, name: string, except?: string): Promise<string> {
  return freeNameAmong(await takenNames(reader, place, except), name, place);
}

function freeNameAmong(taken: ReadonlySet<string>, name: string, place: Place): string {
  const isReserved = (key: string) => place.parentId === null && reserved.has(key);
  const isFree = (candidate: string) => !taken.has(nameKey(candidate)) && !isReserved(nameKey(candidate));
  if (isFree(name)) return name;
  const stem = cutName(name, 7);
  for (let number = 2; ; number++) {
    const candidate = `${stem} (${number})`;
    if (isFree(candidate)) return candidate;
  }
}

async function takenNames(reader: Reader, place: Place, except?: string): Promise<Set<string>> {
  const { build } = reader;
  const siblings = build
    .selectFrom('address_book')
    .select(['id', 'name'])
    .where('account_id', '=', place.accountId)
    .where('parent_id', place.parentId === null ? 'is' : '=', place.parentId)
    .where('trash_id', 'is', null);
  const rows = await reader.all(siblings);
  if (place.parentId === null) {
    const accepted = build
      .selectFrom('subscription')
      .innerJoin('address_book', 'address_book.id', 'subscription.book_id')
      .select(['book_id as id', 'subscription.name'])
      .where('principal_id', '=', place.accountId)
      .where('status', '=', 'accepted')
      .where('subscription.name', 'is not', null)
      .where('address_book.trash_id', 'is', null);
    for (const row of await reader.all(accepted)) rows.push({ id: row.id, name: row.name! });
  }
  return new Set(rows.filter((row) => row.id !== except).map((row) => nameKey(row.name)));
}
