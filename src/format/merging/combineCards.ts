import { isObject, sameJson, setOwn } from '../jscontact/json.ts';
import type { Card, Json, JsonObject } from '../jscontact/types.ts';
import { combineLocalizations } from './combineLocalizations.ts';
import type { Renamed } from './combineLocalizations.ts';
import { identities } from './identities.ts';
import { joinNotes } from './joinNotes.ts';
import { placeOfSingle, singleFields, singleOf, usualOption } from './singles.ts';

/** What the person chose for a merge; what is not chosen follows the defaults. */
export type MergeWishes = {
  /** For a field of which there is one (`name`, `photo`, `birth`, …): the index of the card that says it. */
  readonly choices?: Readonly<Record<string, number>>;
  /** Entries that the merged card shall not have, by property: what is the same counts. Of `keywords`: their texts. */
  readonly leaveOut?: Readonly<Record<string, readonly Json[]>>;
};

type Entries = Record<string, Json>;

/**
 * Combines several cards into one: the first, with everything that the others say beyond it. Of properties with several
 * values, none is lost and none is duplicated; of properties with one value, the wishes choose. Unknown properties are
 * kept. `uid` and dates are those of the first.
 */
export function combineCards(cards: readonly Card[], wishes: MergeWishes = {}): Card {
  const [first] = cards as readonly (Card & JsonObject)[];
  const result: Entries = {};
  for (const name of ['@type', 'version', 'uid', 'prodId', 'created', 'updated', 'vCardParams'])
    if (first![name] !== undefined) result[name] = first![name]!;
  const chosen = choose(cards, wishes);
  for (const [field, { value }] of chosen) if (placeOfSingle(field) === undefined) setOwn(result, field, value);
  const renamed = cards.map(() => new Map<string, string>());
  // Titles name organisations by their keys: these come first.
  for (const property of Object.keys(identities).sort(
    (a, b) => Number(b === 'organizations') - Number(a === 'organizations'),
  )) {
    const entries = combineEntries(cards, { property, wishes, chosen, renamed });
    if (Object.keys(entries).length > 0) result[property] = property === 'notes' ? joinNotes(entries) : entries;
  }
  uniteSets(result, cards, wishes);
  uniteRelations(result, cards);
  uniteUnknown(result, cards);
  const localizations = combineLocalizations(cards, result, renamed);
  if (localizations) result['localizations'] = localizations;
  return result as unknown as Card;
}

type Chosen = ReadonlyMap<string, { readonly card: number; readonly value: Json }>;

function choose(cards: readonly Card[], { choices = {} }: MergeWishes): Chosen {
  return new Map(
    [...singleFields(cards)].map(([field, options]) => {
      const wanted = Object.hasOwn(choices, field)
        ? singleFields([cards[choices[field]!] ?? {}]).get(field)?.[0]
        : undefined;
      return [field, wanted ? { ...wanted, card: choices[field]! } : usualOption(field, options)];
    }),
  );
}

type Combining = {
  readonly property: string;
  readonly wishes: MergeWishes;
  readonly chosen: Chosen;
  readonly renamed: readonly Map<string, string>[];
};

function combineEntries(cards: readonly Card[], { property, wishes, chosen, renamed }: Combining): Entries {
  const identity = identities[property]!;
  const unwanted = new Set((wishes.leaveOut?.[property] ?? []).filter(isObject).map(identity));
  const entries: Entries = {};
  const keys = new Map<string, string>();
  const isPreferred = Object.values(mapOf(cards[0], property)).some((entry) => isObject(entry) && 'pref' in entry);
  for (const [index, card] of cards.entries()) {
    for (const [key, entry] of Object.entries(mapOf(card, property))) {
      if (!isObject(entry)) continue;
      const field = singleOf(property, entry);
      if (field !== undefined && chosen.get(field)!.card !== index) continue;
      const same = identity(entry);
      if (unwanted.has(same)) continue;
      const there = keys.get(same);
      if (there !== undefined && index > 0) {
        entries[there] = unite(entries[there] as JsonObject, entry);
        renamed[index]!.set(`${property}/${key}`, there);
        continue;
      }
      const free = freeKey(entries, key);
      keys.set(same, there ?? free);
      renamed[index]!.set(`${property}/${key}`, free);
      entries[free] = index === 0 ? entry : adopted(entry, { isPreferred, renamed: renamed[index]! });
    }
  }
  return entries;
}

function mapOf(card: Card | undefined, property: string): JsonObject {
  const map = (card as JsonObject | undefined)?.[property];
  return isObject(map) ? map : {};
}

/** What is said of the same thing on both sides. */
function unite(kept: JsonObject, added: JsonObject): JsonObject {
  const { vCardParams: _params, pref: _pref, ...said } = added;
  const sets = Object.fromEntries(
    ['contexts', 'features'].flatMap((name) => {
      const both = { ...(said[name] as JsonObject | undefined), ...(kept[name] as JsonObject | undefined) };
      return Object.keys(both).length > 0 ? [[name, both]] : [];
    }),
  );
  return { ...said, ...kept, ...sets };
}

/** An entry in another card: the groups and numbers of its old lines say nothing there, nor whether it was preferred. */
function adopted(entry: JsonObject, where: { isPreferred: boolean; renamed: Renamed }): JsonObject {
  const copy: Record<string, Json> = { ...entry };
  if (where.isPreferred) delete copy['pref'];
  const organization = copy['organizationId'];
  if (typeof organization === 'string')
    copy['organizationId'] = where.renamed.get(`organizations/${organization}`) ?? organization;
  if (isObject(copy['vCardParams'])) {
    const { group: _group, altid: _altid, pid: _pid, 'prop-id': _id, ...params } = copy['vCardParams'];
    if (Object.keys(params).length > 0) copy['vCardParams'] = params;
    else delete copy['vCardParams'];
  }
  return copy;
}

function freeKey(entries: Entries, key: string): string {
  let free = key;
  for (let number = 2; Object.hasOwn(entries, free); number++) free = `${key.slice(0, 240)}-${number}`;
  return free;
}

function uniteSets(result: Entries, cards: readonly Card[], { leaveOut }: MergeWishes): void {
  const unwanted = new Set(leaveOut?.['keywords'] ?? []);
  const keywords = cards.flatMap((card) => Object.keys(card.keywords ?? {})).filter((word) => !unwanted.has(word));
  const members = cards.flatMap((card) => Object.keys(card.members ?? {}));
  if (keywords.length > 0) result['keywords'] = setOf(keywords);
  if (members.length > 0) result['members'] = setOf(members);
}

function setOf(names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, true]));
}

/** Nobody is related to themselves. */
function uniteRelations(result: Entries, cards: readonly Card[]): void {
  const own = new Set(cards.map(({ uid }) => uid));
  const relations: Entries = {};
  for (const [uid, relation] of cards.flatMap((card) => Object.entries(card.relatedTo ?? {}))) {
    if (own.has(uid)) continue;
    const there = Object.hasOwn(relations, uid) ? (relations[uid] as JsonObject) : {};
    const kinds = {
      ...(relation.relation as JsonObject | undefined),
      ...(there['relation'] as JsonObject | undefined),
    };
    const said = { ...(relation as JsonObject), ...there };
    setOwn(relations, uid, Object.keys(kinds).length > 0 ? { ...said, relation: kinds } : said);
  }
  if (Object.keys(relations).length > 0) result['relatedTo'] = relations;
}

/** Properties of vCard that JSContact has no word for. */
function uniteUnknown(result: Entries, cards: readonly Card[]): void {
  const kept: Json[] = [];
  for (const property of cards.flatMap((card) => (card.vCardProps ?? []) as readonly Json[]))
    if (!kept.some((one) => sameJson(one, property))) kept.push(property);
  if (kept.length > 0) result['vCardProps'] = kept;
}
