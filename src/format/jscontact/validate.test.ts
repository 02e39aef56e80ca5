import assert from 'node:assert/strict';
import { test } from 'node:test';
import { validateCard } from './validate.ts';

const card = (parts: object) => ({ '@type': 'Card', version: '1.0', uid: 'u', ...parts });
const paths = (parts: object): string[] => validateCard(card(parts)).map(({ path }) => path);

test('a card in order has no problems; vendor and unknown names are kept', () => {
  assert.deepEqual(
    paths({
      name: {
        full: 'A',
        components: [
          { '@type': 'NameComponent', kind: 'given', value: 'A' },
          { kind: 'demo.example:house', value: 'B' },
        ],
      },
      emails: {
        e1: {
          '@type': 'EmailAddress',
          address: 'a@demo.example',
          contexts: { work: true },
          pref: 1,
          'demo.example:x': [1],
        },
      },
      anniversaries: { a: { kind: 'birth', date: { '@type': 'Timestamp', utc: '2000-01-01T00:00:00Z' } } },
      media: { m: { kind: 'photo', blobId: 'b1', mediaType: 'image/png' } },
      localizations: { fr: { 'emails/e1/label': 'Maison', 'name/components/0/value': 'Â' } },
      vCardProps: [['x-a', {}, 'unknown', 'b']],
      'demo.example:foo': { bar: null },
      somethingNew: 1,
    }),
    [],
  );
});

test('a day that some year has is one, and months of other calendars may be longer', () => {
  const dates = [
    { month: 2, day: 29 },
    { year: 0, month: 2, day: 29 },
    { year: 5786, month: 2, day: 30, calendarScale: 'hebrew' },
  ];
  for (const date of dates) assert.deepEqual(paths({ anniversaries: { a: { kind: 'birth', date } } }), []);
});

test('what is no card is one problem', () => {
  for (const value of [null, 1, 'x', []]) assert.equal(validateCard(value).length, 1);
  assert.deepEqual(
    validateCard({}).map(({ path }) => path),
    ['@type', 'version', 'uid'],
  );
});

/** Each wrong thing and the path that is blamed (RFC 9553). */
const wrongs: readonly [what: string, parts: object, path: string][] = [
  ['an empty uid', { uid: '' }, 'uid'],
  ['a reserved name', { extra: 1 }, 'extra'],
  ['a reserved name inside', { emails: { e: { address: 'a', extra: 1 } } }, 'emails/e/extra'],
  [
    'a reserved name in a patch',
    { name: { full: 'a' }, localizations: { fr: { 'name/extra': 'b' } } },
    'localizations/fr/name~1extra',
  ],
  ['a name in the wrong case', { Emails: {} }, 'Emails'],
  [
    'a day that its month never has',
    { anniversaries: { a: { kind: 'birth', date: { month: 2, day: 30 } } } },
    'anniversaries/a/date/day',
  ],
  [
    'a day that its month has in other years',
    { anniversaries: { a: { kind: 'birth', date: { year: 1900, month: 2, day: 29 } } } },
    'anniversaries/a/date/day',
  ],
  ['a time that is on no calendar', { updated: '2026-02-30T00:00:00Z' }, 'updated'],
  ['a time that is on no clock', { created: '2026-02-03T24:00:00Z' }, 'created'],
  ['a name in the wrong case inside', { phones: { p: { Number: '1', number: '1' } } }, 'phones/p/Number'],
  [
    'an unknown kind of name part',
    { name: { components: [{ kind: 'middle', value: 'x' }] } },
    'name/components/0/kind',
  ],
  [
    'an unknown kind of address part',
    { addresses: { a: { components: [{ kind: 'streetAddress', value: 'x' }] } } },
    'addresses/a/components/0/kind',
  ],
  ['another type', { name: { '@type': 'Nom', full: 'x' } }, 'name/@type'],
  ['a wrong JSON type', { emails: { e: { address: 5 } } }, 'emails/e/address'],
  ['a list for a map', { emails: [] }, 'emails'],
  ['a missing property', { emails: { e: {} } }, 'emails/e/address'],
  ['an empty name', { name: {} }, 'name'],
  ['a set that is false', { keywords: { a: false } }, 'keywords/a'],
  ['a preference out of range', { emails: { e: { address: 'a', pref: 101 } } }, 'emails/e/pref'],
  ['a time with an offset', { updated: '2020-01-01T00:00:00+01:00' }, 'updated'],
  [
    'a day without month',
    { anniversaries: { a: { kind: 'birth', date: { year: 1990, day: 2 } } } },
    'anniversaries/a/date',
  ],
  ['a key that is no Id', { emails: { 'a b': { address: 'a' } } }, 'emails/a b'],
  [
    'a separator without order',
    {
      name: {
        components: [
          { kind: 'given', value: 'a' },
          { kind: 'separator', value: '-' },
        ],
      },
    },
    'name/components/1',
  ],
  ['a default separator without order', { name: { full: 'a', defaultSeparator: '-' } }, 'name/defaultSeparator'],
  ['a photo with neither uri nor blob', { media: { m: { kind: 'photo' } } }, 'media/m'],
  ['a patch that does not apply', { localizations: { fr: { 'titles/t/name': 'x' } } }, 'localizations/fr'],
  ['a patch of localizations', { localizations: { fr: { 'localizations/de': {} } } }, 'localizations/fr'],
  [
    'patches one inside the other',
    { name: { full: 'a' }, localizations: { fr: { name: { full: 'b' }, 'name/full': 'c' } } },
    'localizations/fr',
  ],
  [
    'a patch that adds to a list',
    {
      name: { components: [{ kind: 'given', value: 'a' }] },
      localizations: { fr: { 'name/components/1': { kind: 'given', value: 'b' } } },
    },
    'localizations/fr',
  ],
  ['a language that is none', { localizations: { 'not a tag': {} } }, 'localizations/not a tag'],
  ['a text that is too long', { notes: { n: { note: 'x'.repeat(100_001) } } }, 'notes/n/note'],
  [
    'too many entries',
    { emails: Object.fromEntries(Array.from({ length: 1_001 }, (_, index) => [`e${index}`, { address: 'a' }])) },
    'emails',
  ],
  ['jCard that is none', { vCardProps: [['x']] }, 'vCardProps'],
];

for (const [what, parts, path] of wrongs) {
  test(`refused: ${what}`, () => {
    const found = paths(parts);
    assert.ok(found.includes(path), `${path} is not among ${found.join(', ')}`);
  });
}

test('a large photo is no long text', () => {
  assert.deepEqual(paths({ media: { m: { kind: 'photo', uri: `data:image/png;base64,${'A'.repeat(200_000)}` } } }), []);
});

test('endless nesting is refused, not followed', () => {
  let deep: unknown = 1;
  for (let level = 0; level < 5_000; level += 1) deep = { deep };
  assert.ok(paths({ 'demo.example:deep': deep }).length > 0);
});
