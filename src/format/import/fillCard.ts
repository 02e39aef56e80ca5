import type { Card, Json, JsonObject } from '../jscontact/types.ts';

type Identity = (entry: JsonObject) => string;

const folded =
  (name: string): Identity =>
  (entry) =>
    String(entry[name] ?? '')
      .trim()
      .toLowerCase();
/** A country may stand before a number or not: the last nine digits are the same. */
const digits = (text: unknown): string =>
  String(text ?? '')
    .replace(/\D/gu, '')
    .slice(-9);
const whole: Identity = ({ contexts: _contexts, pref: _pref, label: _label, ...entry }) => JSON.stringify(entry);

/** By what two entries say the same. */
const identities: Readonly<Record<string, Identity>> = {
  emails: folded('address'),
  phones: ({ number }) => digits(number),
  nicknames: folded('name'),
  organizations: folded('name'),
  titles: folded('name'),
  links: folded('uri'),
  notes: folded('note'),
  onlineServices: (entry) => String(entry['uri'] ?? entry['user'] ?? '').toLowerCase(),
  // One birthday, one photo: what is there stays.
  anniversaries: folded('kind'),
  media: folded('kind'),
  addresses: whole,
  personalInfo: whole,
  preferredLanguages: folded('language'),
};
const sets = ['keywords', 'members'] as const;
const ownWords: ReadonlySet<string> = new Set(['@type', 'version', 'uid', 'prodId', 'created', 'updated', 'kind']);

/** A card with all that another says beyond it: nothing of its own changes. The very same object when that is nothing. */
export function fillCard(card: Card, other: Partial<Card>): Card {
  const result: Record<string, Json> = { ...(card as unknown as JsonObject) };
  for (const [property, value] of Object.entries(other as JsonObject)) {
    if (ownWords.has(property)) continue;
    if (Object.hasOwn(identities, property)) addEntries(result, property, value as JsonObject);
    else if ((sets as readonly string[]).includes(property)) addWords(result, property, value as JsonObject);
    else if (result[property] === undefined) result[property] = value;
  }
  const isChanged = Object.keys(result).some((name) => result[name] !== (card as unknown as JsonObject)[name]);
  return isChanged ? (result as unknown as Card) : card;
}

function addEntries(result: Record<string, Json>, property: string, entries: JsonObject): void {
  const identity = identities[property]!;
  const there = (result[property] ?? {}) as JsonObject;
  const known = new Set(Object.values(there).map((entry) => identity(entry as JsonObject)));
  const added = Object.values(entries).filter((entry) => !known.has(identity(entry as JsonObject)));
  if (added.length === 0) return;
  const filled: Record<string, Json> = { ...there };
  let number = Object.keys(there).length;
  for (const entry of added) {
    do number += 1;
    while (Object.hasOwn(filled, `i${number}`));
    filled[`i${number}`] = entry;
  }
  result[property] = filled;
}

function addWords(result: Record<string, Json>, property: string, words: JsonObject): void {
  const there = (result[property] ?? {}) as JsonObject;
  if (Object.keys(words).every((word) => Object.hasOwn(there, word))) return;
  result[property] = { ...words, ...there };
}

/** The digits by which two phone numbers are the same. */
export const phoneKey = digits;
