import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromVCard } from '../../src/format/jscontact/fromVCard.ts';
import { fromPointer, isObject, toPointer } from '../../src/format/jscontact/json.ts';
import { normalizeCard } from '../../src/format/jscontact/normalize.ts';
import { objectTypes } from '../../src/format/jscontact/schema.ts';
import { toVCard } from '../../src/format/jscontact/toVCard.ts';
import type { Card, Json, JsonObject } from '../../src/format/jscontact/types.ts';
import { validateCard } from '../../src/format/jscontact/validate.ts';
import { paramValue } from '../../src/format/vcard/line.ts';
import { parseVCard } from '../../src/format/vcard/parse.ts';
import { serializeVCard } from '../../src/format/vcard/serialize.ts';
import type { VCard, VCardLine } from '../../src/format/vcard/types.ts';

/** A part of a vCard and the part of a Card that say the same. */
export type CardExample = {
  /** Unfolded content lines, without BEGIN, VERSION and END. */
  readonly vcard: readonly string[];
  readonly card: JsonObject;
  /** What the vCard says of a Card, where that is not quite the Card. */
  readonly read?: JsonObject;
  /** What is written for the Card, where that is not quite the vCard. */
  readonly written?: readonly string[];
};

const uid = 'urn:uuid:9f8a2f24-5dc4-4a3e-8b19-0d9d6f7f1a01';

/** Tests that an example reads as it should, is written as it should, and comes back whole. */
export function testBothWays(name: string, example: CardExample): void {
  testReading(name, example.vcard, example.read ?? example.card);
  testWriting(name, example.card, example.written ?? example.vcard);
}

/** Tests what lines say of a Card; the keys of its maps are free unless PROP-ID names them. */
export function testReading(name: string, vcard: readonly string[], card: JsonObject): void {
  test(`${name}, read`, () => {
    const found = fromVCard(readLines(vcard));
    assert.deepEqual(validateCard(found), []);
    assert.deepEqual(withoutKeys(essence(found, 'uid' in card)), withoutKeys(card));
  });
}

/** Tests which lines are written for a Card, and that they give all of it back. */
export function testWriting(name: string, card: JsonObject, vcard: readonly string[]): void {
  test(`${name}, written`, () => {
    const whole = wholeCard(card);
    assert.deepEqual(validateCard(whole), []);
    const written = parseVCard(serializeVCard(toVCard(whole)));
    assert.deepEqual(meaningsOf(written), meaningsOf(readLines(vcard)));
  });
  test(`${name}, comes back from vCard with its keys`, () => {
    const whole = wholeCard(card);
    assert.deepEqual(
      fromVCard(parseVCard(serializeVCard(toVCard(whole)))),
      JSON.parse(JSON.stringify(normalizeCard(whole))),
    );
  });
}

/** A vCard 4.0 of these lines. */
export function readLines(lines: readonly string[], version = '4.0'): VCard {
  return parseVCard(['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n'));
}

/** The Card with the properties every Card must have. */
export function wholeCard(card: JsonObject): Card {
  return { '@type': 'Card', version: '1.0', uid, ...card } as unknown as Card;
}

/** What a Card says besides the properties every Card has. */
export function essence(card: Card, withUid = false): JsonObject {
  const { '@type': _, version: __, uid: own, ...others } = card;
  return (withUid ? { uid: own, ...others } : others) as unknown as JsonObject;
}

const maps = new Set(
  Object.entries(objectTypes['Card']!.properties).flatMap(([name, rule]) =>
    typeof rule === 'object' && 'map' in rule ? [name] : [],
  ),
);

/** The card with the keys of its maps replaced by the places of the entries. */
function withoutKeys(card: JsonObject): Json {
  const keys = new Map<string, string>();
  for (const path of maps)
    if (isObject(card[path]))
      Object.keys(card[path]).forEach((key, index) => keys.set(`${path}/${key}`, `${path}-${index + 1}`));
  const renamed = Object.entries(card).map(([name, value]): [string, Json] => {
    if (maps.has(name) && isObject(value))
      return [
        name,
        Object.fromEntries(
          Object.entries(value).map(([key, entry]) => [keys.get(`${name}/${key}`)!, withOrganization(entry, keys)]),
        ),
      ];
    if (name === 'speakToAs' && isObject(value) && isObject(value['pronouns']))
      return [name, { ...value, pronouns: Object.values(value['pronouns']) }];
    if (name === 'localizations' && isObject(value))
      return [
        name,
        Object.fromEntries(Object.entries(value).map(([language, patch]) => [language, renamePointers(patch, keys)])),
      ];
    return [name, value];
  });
  return JSON.parse(JSON.stringify(Object.fromEntries(renamed))) as Json;
}

function withOrganization(entry: Json, keys: ReadonlyMap<string, string>): Json {
  if (!isObject(entry) || typeof entry['organizationId'] !== 'string') return entry;
  return { ...entry, organizationId: keys.get(`organizations/${entry['organizationId']}`) ?? entry['organizationId'] };
}

function renamePointers(patch: Json, keys: ReadonlyMap<string, string>): Json {
  const entries = Object.entries(patch as JsonObject).map(([pointer, value]): [string, Json] => {
    const [path, key, ...rest] = fromPointer(pointer);
    const renamed = keys.get(`${path}/${key}`);
    return [renamed === undefined ? pointer : toPointer([path!, renamed, ...rest]), value];
  });
  return Object.fromEntries(entries);
}

// How a line names its entry, ties alternatives and groups lines is free; what it says is not.
const free = new Set(['PROP-ID', 'ALTID']);

/** The lines of a card in one order and one spelling, without those that every card has. */
function meaningsOf(card: VCard): string[] {
  const groups = new Map<string, number>();
  const meaning = (line: VCardLine): string => {
    const group = line.group?.toLowerCase();
    if (group !== undefined && !groups.has(group)) groups.set(group, groups.size + 1);
    const params = line.params
      .filter((param) => !free.has(param.name.toUpperCase()))
      .map((param) => {
        const isType = param.name.toUpperCase() === 'TYPE';
        const values = isType
          ? param.values.flatMap((value) => value.toLowerCase().split(',')).toSorted()
          : param.values;
        return `;${param.name.toUpperCase()}=${values.join(',')}`;
      });
    const name = `${group === undefined ? '' : `${groups.get(group)}.`}${line.name.toUpperCase()}`;
    return `${name}${params.toSorted().join('')}:${line.value}`;
  };
  return card.lines
    .filter((line) => !isFormal(line))
    .map(meaning)
    .toSorted();
}

function isFormal(line: VCardLine): boolean {
  const name = line.name.toUpperCase();
  return (
    name === 'VERSION' ||
    (name === 'UID' && line.value === uid) ||
    (name === 'FN' && paramValue(line, 'DERIVED') !== undefined)
  );
}
