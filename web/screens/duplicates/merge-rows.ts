import type { ContactCard } from '../../../client/src/types.ts';
import { fullName } from '../../../src/format/jscontact/names.ts';
import type { Address, Anniversary, Card, Json, JsonObject, Name } from '../../../src/format/jscontact/types.ts';
import { identities } from '../../../src/format/merging/identities.ts';
import { singleFields, singleOf, usualOption } from '../../../src/format/merging/singles.ts';
import { contentOf } from '../../model/cards/card-summary.ts';
import { addressText, partsOf } from '../../model/cards/card-values.ts';
import { jmapProperties, without } from '../../model/cards/jmap-properties.ts';

/** One thing that a card says. */
export interface MergeValue {
  /** What makes it the same as another's. */
  readonly identity: string;
  readonly text: string;
  readonly entry: Json;
}

/** One field of cards that stand side by side; for each card, what it says. */
export interface MergeRow {
  readonly field: string;
  /** Whether the merged card has one of it: then one chooses; else all that is not left out stays. */
  readonly isSingle: boolean;
  readonly cells: readonly (readonly MergeValue[])[];
  /** Whether the cards say different things. */
  readonly isDifferent: boolean;
}

/** The fields that people look at first; all others come behind them. */
const order = [
  'photo',
  'name',
  'nicknames',
  'organizations',
  'titles',
  'emails',
  'phones',
  'onlineServices',
  'addresses',
  'links',
  'birth',
  'anniversaries',
  'keywords',
  'notes',
];

/** What a merge says nothing of: it belongs to the card, or is united without a question. */
const silent = new Set(['members', 'relatedTo', 'localizations', 'vCardProps', 'vCardParams', 'language', 'kind']);

/** A card as the rules of merging see it: without what JMAP adds. */
function cardContent(card: ContactCard): Card {
  return without(contentOf(card), jmapProperties) as Card;
}

/** The rows of a comparison of cards. */
export function mergeRows(contactCards: readonly ContactCard[]): readonly MergeRow[] {
  const cards = contactCards.map(cardContent);
  const singles = [...singleFields(cards).keys()]
    .filter((field) => !silent.has(field))
    .map((field) => singleRow(field, cards));
  const several = [...Object.keys(identities), 'keywords'].map((property) => severalRow(property, cards));
  const place = ({ field }: MergeRow) => (order.includes(field) ? order.indexOf(field) : order.length);
  return [...singles, ...several]
    .filter(({ cells }) => cells.some((values) => values.length > 0))
    .toSorted((a, b) => place(a) - place(b));
}

function singleRow(field: string, cards: readonly Card[]): MergeRow {
  const options = singleFields(cards).get(field) ?? [];
  const cells = cards.map((card) => {
    const [own] = singleFields([card]).get(field) ?? [];
    if (!own) return [];
    // The first card that says the same stands for it.
    const same =
      options.find(({ card: index }) => index === cards.indexOf(card)) ??
      options.find(({ value }) => isSame(value, own.value));
    return [{ identity: String(same?.card ?? 0), text: textOf(field, own.value), entry: own.value }];
  });
  return { field, isSingle: true, cells, isDifferent: options.length > 1 };
}

function isSame(one: Json, other: Json): boolean {
  const [a] = singleFields([{ x: one } as Partial<Card>, { x: other } as Partial<Card>]).values();
  return a?.length === 1;
}

function severalRow(property: string, cards: readonly Card[]): MergeRow {
  const cells = cards.map((card) => valuesOf(property, card));
  const seen = cells.map((values) => new Set(values.map(({ identity }) => identity)));
  const isDifferent = seen.some((one) => [...one].some((identity) => seen.some((other) => !other.has(identity))));
  return { field: property, isSingle: false, cells, isDifferent };
}

function valuesOf(property: string, card: Card): MergeValue[] {
  if (property === 'keywords')
    return Object.keys(card.keywords ?? {}).map((word) => ({ identity: word, text: word, entry: word }));
  const entries = Object.values(((card as unknown as JsonObject)[property] ?? {}) as JsonObject) as JsonObject[];
  const values = entries
    .filter((entry) => singleOf(property, entry) === undefined)
    .map((entry) => ({ identity: identities[property]!(entry), text: textOf(property, entry), entry }));
  // What one card says twice stands once.
  return [...new Map(values.map((value) => [value.identity, value])).values()];
}

/** For each field of which there is one, the index of the card that says it when nobody chooses; the kept card comes first. */
export function usualChoices(contactCards: readonly ContactCard[], keepIndex: number): ReadonlyMap<string, number> {
  const cards = contactCards.map(cardContent);
  const turned = [keepIndex, ...cards.map((_, index) => index).filter((index) => index !== keepIndex)];
  const fields = singleFields(turned.map((index) => cards[index]!));
  return new Map([...fields].map(([field, options]) => [field, turned[usualOption(field, options).card]!]));
}

type Writer = (entry: JsonObject) => string;
const said =
  (...names: readonly string[]): Writer =>
  (entry) =>
    names.flatMap((name) => (typeof entry[name] === 'string' && entry[name] !== '' ? [entry[name]] : [])).join(' · ');

const writers: Readonly<Record<string, Writer>> = {
  name: (entry) => fullName(entry as unknown as Name),
  organizations: (entry) =>
    [entry['name'], ...((entry['units'] ?? []) as readonly JsonObject[]).map((unit) => unit['name'])]
      .filter((text) => typeof text === 'string')
      .join(' · '),
  onlineServices: (entry) => said('service', entry['user'] === undefined ? 'uri' : 'user')(entry),
  titles: said('name'),
  addresses: (entry) => addressText(entry as unknown as Address).join(', '),
  anniversaries: (entry) => `${said('kind')(entry)} ${dateText(entry)}`,
  birth: dateText,
  death: dateText,
  notes: said('note'),
  photo: said('kind'),
};

function textOf(field: string, value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const entry = value as JsonObject;
  const writer = writers[field] ?? said('address', 'number', 'name', 'uri', 'language', 'value', 'kind');
  return writer(entry) || JSON.stringify(value);
}

function dateText(entry: JsonObject): string {
  const { year, month, day } = partsOf(entry['date'] as unknown as Anniversary['date']);
  const two = (part: number | undefined) => (part === undefined ? undefined : String(part).padStart(2, '0'));
  return [two(day), two(month), year].filter((part) => part !== undefined).join('/');
}
