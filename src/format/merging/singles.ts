import { isObject, sameJson } from '../jscontact/json.ts';
import type { Card, Json, JsonObject, Name } from '../jscontact/types.ts';
import { identities, sorted } from './identities.ts';
import { normalize } from '../../lib/unicode/normalize.ts';

/** Of these a card has one, although they stand in maps: by property and kind. */
const oneOfKind: Readonly<Record<string, readonly [property: string, kind: string]>> = {
  photo: ['media', 'photo'],
  birth: ['anniversaries', 'birth'],
  death: ['anniversaries', 'death'],
};

/** What is neither chosen nor united: it says which card this is, not whose. */
const ofTheCard = new Set(['@type', 'version', 'uid', 'created', 'updated', 'prodId']);
/** What is united in ways of its own. */
const united = new Set(['members', 'keywords', 'relatedTo', 'localizations', 'vCardProps', 'vCardParams']);

/** The value that one of the cards has for a field of which the merged card has one. */
export type SingleOption = { readonly card: number; readonly value: Json };

/** The field of a property that an entry belongs to, when a card has only one of its kind. */
export function singleOf(property: string, entry: Json): string | undefined {
  if (!isObject(entry)) return undefined;
  return Object.keys(oneOfKind).find((field) => {
    const [its, kind] = oneOfKind[field]!;
    return its === property && entry['kind'] === kind;
  });
}

/** The property in which a field stands, when that is another. */
export function placeOfSingle(field: string): string | undefined {
  return Object.hasOwn(oneOfKind, field) ? oneOfKind[field]![0] : undefined;
}

/**
 * The fields of which a merged card has one, with the values that the cards have for them: the first card that has it
 * stands for a value that several have.
 */
export function singleFields(cards: readonly Partial<Card>[]): Map<string, SingleOption[]> {
  const fields = new Map<string, SingleOption[]>();
  for (const [index, card] of cards.entries()) {
    for (const [field, value] of valuesOf(card as JsonObject)) {
      const options = fields.get(field) ?? [];
      if (!options.some((option) => isSameValue(option.value, value))) options.push({ card: index, value });
      fields.set(field, options);
    }
  }
  return fields;
}

function* valuesOf(card: JsonObject): Generator<[field: string, value: Json]> {
  for (const [property, value] of Object.entries(card)) {
    if (!Object.hasOwn(identities, property)) {
      if (!ofTheCard.has(property) && !united.has(property)) yield [property, value];
      continue;
    }
    const seen = new Set<string>();
    for (const entry of isObject(value) ? Object.values(value) : []) {
      const field = singleOf(property, entry);
      if (field === undefined || seen.has(field)) continue;
      seen.add(field);
      yield [field, entry];
    }
  }
}

function isSameValue(one: Json, other: Json): boolean {
  return sameJson(sorted(one) as Json, sorted(other) as Json);
}

/** What one takes without being told: the name and the date that say more; else what the first card says. */
export function usualOption(field: string, options: readonly SingleOption[]): SingleOption {
  const weigh = weights[field] ?? (() => 0);
  return options.reduce((best, option) => (weigh(option.value) > weigh(best.value) ? option : best));
}

const weights: Readonly<Record<string, (value: Json) => number>> = {
  name: weightOfName,
  birth: weightOfDate,
  death: weightOfDate,
};

function weightOfDate(value: Json): number {
  const date = isObject(value) ? value['date'] : undefined;
  return isObject(date) ? ['year', 'month', 'day', 'utc'].filter((part) => date[part] !== undefined).length : 0;
}

/** Whole words before initials, parts before one piece, accents before none, small letters before capitals alone. */
function weightOfName(value: Json): number {
  if (!isObject(value)) return 0;
  const { components = [], full = '' } = value as unknown as Name;
  const kinds = new Set(components.map((part) => part.kind));
  const text = components.length > 0 ? components.map((part) => part.value).join(' ') : full;
  const words = text.split(/[\s-]+/).filter((word) => word.replace('.', '').length > 1);
  const accents = normalize(text, 'NFD').match(/\p{M}/gu)?.length ?? 0;
  const isShouted = text === text.toUpperCase();
  const hasParts = kinds.has('given') && kinds.has('surname');
  return words.length * 100 + (hasParts ? 50 : 0) + Math.min(accents, 9) * 2 + (isShouted ? 0 : 20);
}
