// Another parser reads the same texts. Where ical.js is known to be right, the two must agree; it keeps the backslash
// of \; in plain text, rewrites dates and times, loses what follows a quoted value in a list of parameter values, and
// does not know vCard 2.1: there it is not asked.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { arbitraryCard } from '../../../test/fixtures/cards/arbitraryCard.ts';
import { toVCard } from '../jscontact/toVCard.ts';
import type { Card, NameComponent } from '../jscontact/types.ts';
import { convertVCard } from './convert.ts';
import { parseVCard } from './parse.ts';
import { serializeVCard } from './serialize.ts';
import { readList, readStructured, unescapeText } from './text.ts';
import type { VCardLine } from './types.ts';

/** A property as both parsers can say it. */
type Said = { name: string; params: Record<string, string[]>; values: unknown };
type JCal = [name: string, params: Record<string, string | string[]>, type: string, ...values: unknown[]];

const listed = new Set(['categories', 'nickname']);
const rewritten = new Set(['date', 'date-time', 'date-and-or-time', 'timestamp', 'time', 'utc-offset', 'float']);

function askIcal(text: string): JCal[] {
  return (ICAL.parse(text) as [string, JCal[]])[1];
}

function said(params: Iterable<[string, readonly string[]]>): Record<string, string[]> {
  const result: Record<string, string[]> = {};
  for (const [name, values] of params) {
    const key = name.toLowerCase();
    // VALUE is the type of the property there. It splits only TYPE at commas, and takes backslashes out.
    if (key !== 'value')
      result[key] = [
        ...(result[key] ?? []),
        ...values.flatMap((value) => value.replaceAll('\\', '').split(',')),
      ].toSorted();
  }
  return result;
}

function fromIcal([name, { group, ...params }, type, ...values]: JCal): Said {
  const entries = Object.entries(params).map(([key, value]): [string, string[]] => [key, [value].flat()]);
  const plain = (value: unknown): unknown => (typeof value === 'string' ? value.replaceAll('\\;', ';') : value);
  return {
    name: `${group === undefined ? '' : `${String(group).toLowerCase()}.`}${name}`,
    params: said(entries),
    values: type === 'unknown' ? values : values.map(plain),
  };
}

function fromOurs(line: VCardLine, [name, , type, ...values]: JCal): Said {
  const isStructured = Array.isArray(values[0]);
  const value = (): unknown[] => {
    if (type === 'unknown' || type === 'uri' || type === 'binary') return [line.value];
    if (isStructured) return [readStructured(line.value).map((part) => (part.length === 1 ? part[0] : part))];
    return listed.has(name) ? readList(line.value) : [unescapeText(line.value)];
  };
  return {
    name: `${line.group === null ? '' : `${line.group.toLowerCase()}.`}${line.name.toLowerCase()}`,
    params: said(line.params.map((param): [string, readonly string[]] => [param.name, param.values])),
    values: value(),
  };
}

/** Escapes in what is neither text nor unknown mean something else to everybody. */
function isComparable(line: VCardLine, type: string): boolean {
  return !rewritten.has(type) && (type === 'text' || type === 'unknown' || !line.value.includes('\\'));
}

function agree(text: string): void {
  const theirs = askIcal(text);
  const ours = parseVCard(text).lines;
  assert.equal(ours.length, theirs.length);
  ours.forEach((line, index) => {
    const [our, their] = [fromOurs(line, theirs[index]!), fromIcal(theirs[index]!)];
    const isAsked = isComparable(line, theirs[index]![2]);
    assert.deepEqual(isAsked ? our : { ...our, values: [] }, isAsked ? their : { ...their, values: [] });
  });
}

const left = new Set(['vCardParams', 'isOrdered', 'defaultSeparator']);

/** The card without what ical.js gets wrong: lists of quoted parameter values, backslashes, carets in 3.0. */
function simpler(card: Card): Card {
  const json = JSON.stringify(card, (key, value: unknown) => {
    if (left.has(key)) return undefined;
    return key === 'components' ? (value as NameComponent[]).filter(({ kind }) => kind !== 'separator') : value;
  });
  return JSON.parse(json.replaceAll('\\\\', '/').replaceAll('^', '/')) as Card;
}

const folder = new URL('../../../test/fixtures/cards/', import.meta.url);

for (const name of ['apple.vcf', 'modern.vcf'])
  test(`ical.js reads ${name} as we do`, () => agree(readFileSync(new URL(name, folder), 'utf8')));

const hard = [
  'FN;LANGUAGE=EN:Ann',
  'TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+1;ext=5',
  'N;SORT-AS="A,B":A\\,b;B;C,D;;',
  'NOTE;AUTHOR-NAME="a^nb^^c":x\\ny\\, z\\\\n : \\N',
  'ORG:ABC\\, Inc.;B\\;C',
  'item1.X-FOO;X-BAR="a:b;c":c,d;e\\,f',
  'Item1.x-ablabel:Z',
  'GENDER:O;it',
  'CLIENTPIDMAP:1;urn:uuid:5',
  'RELATED;VALUE=text:a\\, b',
  'ADR;LABEL="a, b^nc":;;x\\;y;;a,b;;',
  'CATEGORIES:a\\,b,c',
  'URL:https://demo.example/b,c;d',
  'EMAIL;TYPE=work;PID=1.1,2.1:ann@demo.example',
];

for (const version of ['3.0', '4.0'] as const)
  test(`ical.js reads escapes, quotes, carets and groups of ${version} as we do`, () => {
    // Carets came with 4.0; ical.js reads them everywhere.
    const lines = version === '4.0' ? hard : hard.filter((line) => !line.includes('^'));
    agree(['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n'));
  });

for (const version of ['3.0', '4.0'] as const)
  test(`ical.js reads the ${version} that we write as we do`, () => {
    fc.assert(
      fc.property(arbitraryCard.map(simpler), (card) => agree(serializeVCard(convertVCard(toVCard(card), version)))),
      { numRuns: Number(process.env['RUNS'] ?? 40) },
    );
  });
