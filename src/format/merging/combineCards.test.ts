import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arbitraryCard } from '../../../test/fixtures/cards/arbitraryCard.ts';
import { isObject } from '../jscontact/json.ts';
import type { Card, JsonObject } from '../jscontact/types.ts';
import { validateCard } from '../jscontact/validate.ts';
import { combineCards } from './combineCards.ts';
import { identities } from './identities.ts';
import { singleFields, singleOf } from './singles.ts';

const card = (uid: string, rest: object): Card =>
  ({ '@type': 'Card', version: '1.0', uid, ...rest }) as unknown as Card;
const named = (given: string, surname: string) => ({
  name: {
    components: [
      { kind: 'given', value: given },
      { kind: 'surname', value: surname },
    ],
  },
});

test('what both say stands once, what one says stays, and the first keeps its uid', () => {
  const merged = combineCards([
    card('urn:x:1', {
      ...named('Jean', 'Dupont'),
      emails: { e1: { address: 'jean@demo.example', contexts: { work: true } } },
      phones: { p1: { number: '06 12 34 56 78', features: { mobile: true } } },
      keywords: { presse: true },
    }),
    card('urn:x:2', {
      ...named('Jean', 'Dupont'),
      emails: { e1: { address: 'Jean@demo.example', contexts: { private: true } }, e2: { address: 'jd@demo.example' } },
      phones: { p1: { number: '+33612345678', label: 'privé' }, p2: { number: '0556000001' } },
      keywords: { amis: true },
    }),
  ]);
  assert.deepEqual(merged, {
    '@type': 'Card',
    version: '1.0',
    uid: 'urn:x:1',
    ...named('Jean', 'Dupont'),
    emails: {
      e1: { address: 'jean@demo.example', contexts: { work: true, private: true } },
      e2: { address: 'jd@demo.example' },
    },
    phones: {
      p1: { number: '06 12 34 56 78', features: { mobile: true }, label: 'privé' },
      p2: { number: '0556000001' },
    },
    keywords: { presse: true, amis: true },
  });
});

test('the fuller name is taken unless one chooses, and another photo only when one does', () => {
  const cards = [
    card('urn:x:1', { name: { full: 'J. DUPONT' }, media: { a: { kind: 'photo', blobId: 'B1' } } }),
    card('urn:x:2', { ...named('Jean', 'Dupont'), media: { a: { kind: 'photo', blobId: 'B2' } } }),
  ];
  const usual = combineCards(cards);
  assert.deepEqual(usual.name, named('Jean', 'Dupont').name);
  assert.deepEqual(usual.media, { a: { kind: 'photo', blobId: 'B1' } });
  const chosen = combineCards(cards, { choices: { name: 0, photo: 1 } });
  assert.deepEqual(chosen.name, { full: 'J. DUPONT' });
  assert.deepEqual(chosen.media, { a: { kind: 'photo', blobId: 'B2' } });
});

test('a choice of a card that has no such value changes nothing', () => {
  const cards = [card('urn:x:1', named('Jean', 'Dupont')), card('urn:x:2', {})];
  assert.deepEqual(
    combineCards(cards, { choices: { name: 1, photo: 0, nothing: 7, constructor: 1 } }).name,
    cards[0]!.name,
  );
});

test('what one leaves out is left out however it is written', () => {
  const merged = combineCards(
    [
      card('urn:x:1', { phones: { a: { number: '06 12 34 56 78' } } }),
      card('urn:x:2', { phones: { a: { number: '0612345678' } }, keywords: { alt: true } }),
    ],
    { leaveOut: { phones: [{ number: '+33 6 12 34 56 78' }], keywords: ['alt'] } },
  );
  assert.equal(merged.phones, undefined);
  assert.equal(merged.keywords, undefined);
});

test('plain notes are joined, others stand beside them', () => {
  const merged = combineCards([
    card('urn:x:1', { notes: { n: { note: 'Un' } } }),
    card('urn:x:2', { notes: { n: { note: 'Deux' }, m: { note: 'Trois', author: { name: 'Ada' } } } }),
    card('urn:x:3', { notes: { n: { note: 'Un' } } }),
  ]);
  assert.deepEqual(merged.notes, { n: { note: 'Un\n\nDeux' }, m: { note: 'Trois', author: { name: 'Ada' } } });
});

test('a title keeps its organisation, whatever key that gets', () => {
  const work = (name: string) => ({
    organizations: { o: { name } },
    titles: { t: { name: `chez ${name}`, organizationId: 'o' } },
  });
  const { organizations, titles } = combineCards([card('urn:x:1', work('Mairie')), card('urn:x:2', work('Théâtre'))]);
  const places = Object.values(titles!).map(({ name, organizationId }) => [
    name,
    organizations![organizationId!]!.name,
  ]);
  assert.deepEqual(places, [
    ['chez Mairie', 'Mairie'],
    ['chez Théâtre', 'Théâtre'],
  ]);
});

test('translations follow their entries', () => {
  const merged = combineCards([
    card('urn:x:1', { titles: { t: { name: 'Maire' } } }),
    card('urn:x:2', { titles: { t: { name: 'Poète' } }, localizations: { en: { 'titles/t/name': 'Poet' } } }),
  ]);
  assert.deepEqual(merged.localizations, { en: { 'titles/t-2/name': 'Poet' } });
  assert.deepEqual(validateCard(merged), []);
});

test('nobody becomes related to themselves', () => {
  const merged = combineCards([
    card('urn:x:1', {
      relatedTo: { 'urn:x:2': { relation: { friend: true } }, 'urn:x:3': { relation: { friend: true } } },
    }),
    card('urn:x:2', { relatedTo: { 'urn:x:1': {}, 'urn:x:3': { relation: { spouse: true } } } }),
  ]);
  assert.deepEqual(merged.relatedTo, { 'urn:x:3': { relation: { spouse: true, friend: true } } });
});

test('no merge loses or repeats a value, and each gives a valid card', () => {
  const several = fc.array(arbitraryCard, { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(several, (values) => {
      const cards = values.map((value, index) => ({ ...value, uid: `urn:x:${index}` }) as Card);
      const merged = combineCards(cards) as Card & JsonObject;
      assert.equal(merged.uid, 'urn:x:0');
      assert.deepEqual(validateCard(merged), []);
      for (const [property, identity] of Object.entries(identities)) {
        const has = entriesOf(merged, property).map(identity);
        for (const [index, one] of cards.entries()) {
          for (const entry of entriesOf(one, property)) {
            if (singleOf(property, entry) !== undefined) continue;
            const isIn =
              property === 'notes' ? isInNotes(merged, entry['note'] as string) : has.includes(identity(entry));
            assert.ok(isIn, `${property} of card ${index}: ${JSON.stringify(entry)}`);
          }
        }
        const own = entriesOf(cards[0]!, property).map(identity);
        const [repeated, before] = [has, own].map((all) => all.length - new Set(all).size);
        if (property !== 'notes') assert.ok(repeated! <= before!, `${property} repeated`);
      }
      for (const one of cards) {
        for (const word of Object.keys(one.keywords ?? {})) assert.ok(Object.hasOwn(merged.keywords!, word));
        for (const member of Object.keys(one.members ?? {})) assert.ok(Object.hasOwn(merged.members!, member));
        for (const property of one.vCardProps ?? [])
          assert.ok(merged.vCardProps!.some((kept) => JSON.stringify(kept) === JSON.stringify(property)));
      }
      for (const field of singleFields(cards).keys()) assert.ok(singleFields([merged]).has(field), `${field} is there`);
    }),
    { numRuns: 100 },
  );
});

function entriesOf(one: Card, property: string): JsonObject[] {
  return Object.values(((one as unknown as JsonObject)[property] ?? {}) as JsonObject).filter(isObject);
}

function isInNotes(merged: Card, note: string): boolean {
  return Object.values(merged.notes ?? {}).some((kept) => kept.note.includes(note.trim()));
}

test('a hyphen makes a name no shorter: what the kept card says stays', () => {
  const cards = [
    card('urn:x:1', named('Jean-Pierre', 'Dupont')),
    card('urn:x:2', named('Jean Pierre', 'Dupond')),
    card('urn:x:3', named('JEAN-PIERRE', 'DUPONT')),
  ];
  assert.deepEqual(combineCards(cards).name, cards[0]!.name);
});
