import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card } from '../jscontact/types.ts';
import { judgePair } from './judgePair.ts';
import type { Candidate, Verdict } from './judgePair.ts';
import { emailKey, matchKeys, phoneKey } from './matchKeys.ts';
import { nameOfCard } from './personName.ts';

/** `Given/Surname`, or a name in one piece; addresses; numbers; a date of birth. */
type Short = readonly [name: string, emails?: string, phones?: string, birth?: string];

function cardOf([name, emails = '', phones = '']: Short): Partial<Card> {
  const [given, surname] = name.split('/');
  const components = [
    { kind: 'given', value: given! },
    { kind: 'surname', value: surname! },
  ];
  const map = (text: string, key: string) =>
    Object.fromEntries(
      text
        .split(' ')
        .filter(Boolean)
        .map((value, index) => [`k${index}`, { [key]: value }]),
    );
  return {
    uid: 'urn:x:1',
    ...(name === '' ? {} : { name: surname === undefined ? { full: name } : { components } }),
    emails: map(emails, 'address'),
    phones: map(phones, 'number'),
  } as unknown as Partial<Card>;
}

function candidateOf(short: Short): Candidate {
  const card = cardOf(short);
  return {
    kind: 'individual',
    name: nameOfCard(card),
    emails: Object.values(card.emails ?? {}).map(({ address }) => emailKey(address)),
    phones: Object.values(card.phones ?? {}).map(({ number }) => phoneKey(number)),
    births: short[3] === undefined ? [] : [short[3]],
  };
}

const examples: readonly (readonly [verdict: Verdict, why: string, one: Short, other: Short])[] = [
  ['certain', 'the same address and name', ['Jean/Dupont', 'jean@demo.example'], ['Jean/Dupont', 'Jean@Demo.example']],
  ['certain', 'the order', ['Jean/Dupont', 'jean@demo.example'], ['Dupont Jean', 'jean@demo.example']],
  ['certain', 'accents', ['Hélène/Lefèvre', 'h@demo.example'], ['Helene/Lefevre', 'h@demo.example']],
  ['certain', 'hyphens', ['Jean-Pierre/Martin', 'jp@demo.example'], ['Jean Pierre/Martin', 'jp@demo.example']],
  [
    'certain',
    'one address among several',
    ['Ada/Love', 'a@x.example b@x.example'],
    ['Ada/Love', 'b@x.example c@x.example'],
  ],
  ['certain', 'an initial and the same address', ['J./Dupont', 'jd@demo.example'], ['Jean/Dupont', 'jd@demo.example']],
  ['certain', 'an address without a name', ['', 'jean@demo.example'], ['Jean/Dupont', 'jean@demo.example']],
  [
    'certain',
    'a typing error and the same address',
    ['Jean/Dupont', 'jd@demo.example'],
    ['Jean/Dupnot', 'jd@demo.example'],
  ],
  ['certain', 'the same name and number', ['Jean/Dupont', '', '06-12-34-56-78'], ['Jean/Dupont', '', '+33612345678']],
  [
    'certain',
    'a function with the same name twice',
    ['Accueil Mairie', 'accueil@x.example'],
    ['Accueil Mairie', 'accueil@x.example'],
  ],
  [
    'probable',
    'the same name, one has only an address',
    ['Jean/Dupont', 'jean@demo.example'],
    ['Jean/Dupont', '', '0556000001'],
  ],
  ['probable', 'the same name and nothing else', ['Jean/Dupont'], ['Dupont Jean']],
  ['probable', 'particles', ['Jean/de La Fontaine'], ['Jean/La Fontaine']],
  ['probable', 'particles in one word', ['Jean/Delafontaine'], ['Jean/de La Fontaine']],
  ['probable', 'a title', ['Dr Jean Dupont'], ['Jean/Dupont']],
  ['probable', 'a letter is wrong', ['Jean/Dupont'], ['Jean/Dupond']],
  ['probable', 'the first letter is wrong', ['Catherine/Moreau'], ['Katherine/Moreau']],
  ['probable', 'a letter is missing', ['Christophe/Bernard'], ['Christohe/Bernard']],
  ['probable', 'a letter too many', ['Mathieu/Bernard'], ['Matthieu/Bernard']],
  ['probable', 'letters exchanged', ['Nicolas/Bernard'], ['Nicoals/Bernard']],
  [
    'probable',
    'homonyms with one number',
    ['Jean/Dupont', 'a@x.example', '0556000001'],
    ['Jean/Dupont', 'b@y.example', '0556000001'],
  ],
  [
    'probable',
    'a typing error and the same number',
    ['Jean/Dupont', '', '0556000001'],
    ['Jean/Dupomt', '', '0556000001'],
  ],
  [
    'probable',
    'a nickname and an address that speaks of one',
    ['Bob', 'robert.martin@x.example'],
    ['Robert/Martin', 'robert.martin@x.example'],
  ],
  [
    'probable',
    'another surname, the same address',
    ['Marie/Durand', 'marie.d@x.example'],
    ['Marie/Martin', 'marie.d@x.example'],
  ],
  ['probable', 'a function without a name', ['', 'contact@x.example'], ['Association des Amis', 'contact@x.example']],
  [null, 'homonyms with different addresses', ['Jean/Dupont', 'a@x.example'], ['Jean/Dupont', 'b@y.example']],
  [null, 'neighbours with different addresses', ['Jean/Dupont', 'a@x.example'], ['Jean/Dupond', 'b@y.example']],
  [null, 'neighbours with different numbers', ['Jean/Dupont', '', '0556000001'], ['Jean/Dupond', '', '0556000002']],
  [null, 'a household with one number', ['Jean/Dupont', '', '0556000001'], ['Marie/Dupont', '', '0556000001']],
  [null, 'a household with one address', ['Jean/Dupont', 'dupont@x.example'], ['Marie/Dupont', 'dupont@x.example']],
  [null, 'a switchboard', ['Jean/Dupont', '', '0556000001'], ['Zoé/Martin', '', '0556000001']],
  [null, 'a function that two people have', ['Jean/Dupont', 'contact@x.example'], ['Zoé/Martin', 'contact@x.example']],
  [
    null,
    'a function in two words',
    ['Jean/Dupont', 'service.paie@x.example'],
    ['Zoé/Martin', 'service.paie@x.example'],
  ],
  [
    null,
    'an address that speaks of neither',
    ['Jean/Dupont', 'ufr-lettres@x.example'],
    ['Zoé/Martin', 'ufr-lettres@x.example'],
  ],
  [null, 'a function and the same surname', ['Dupont', 'info@x.example'], ['Jean/Dupont', 'info@x.example']],
  [null, 'the feminine', ['Michel/Bernard'], ['Michelle/Bernard']],
  [null, 'father and son', ['Jean/Dupont', '', '0556000001'], ['Jean Dupont fils', '', '0556000001']],
  [
    null,
    'two dates of birth',
    ['Jean/Dupont', '', '0556000001', '1950-01-01'],
    ['Jean/Dupont', '', '0556000001', '1980-01-01'],
  ],
  [null, 'one short given name', ['Zoé'], ['Zoé']],
  [null, 'short words', ['Li/Wang'], ['Lu/Wang']],
  [null, 'two errors', ['Jean/Dupont'], ['Jeam/Dupond']],
];

for (const [verdict, why, one, other] of examples)
  test(`${why}: ${one.join(' ')} and ${other.join(' ')} are ${verdict ?? 'two people'}`, () => {
    assert.equal(judgePair(candidateOf(one), candidateOf(other)), verdict);
    assert.equal(judgePair(candidateOf(other), candidateOf(one)), verdict);
    if (verdict === null) return;
    // What is not met by a key is never looked at.
    const keys = new Set(matchKeys(cardOf(one)));
    assert.ok(
      matchKeys(cardOf(other)).some((key) => keys.has(key)),
      'they share a key',
    );
  });

test('every error in a name of two words is met by a key', () => {
  const keysOf = (name: string) => matchKeys(cardOf([name]));
  const name = 'Nicolas/Berger';
  const keys = new Set(keysOf(name));
  for (let place = 0; place < name.length; place++) {
    if (name[place] === '/' || name[place + 1] === '/') continue;
    const [before, letter, after] = [name.slice(0, place), name[place]!, name.slice(place + 1)];
    const wrong = [before + after, `${before}x${after}`, `${before}x${letter}${after}`];
    for (const misspelt of wrong)
      assert.ok(
        keysOf(misspelt).some((key) => keys.has(key)),
        misspelt,
      );
  }
});

test('keys are whole numbers that JavaScript and databases count exactly, and groups have none', () => {
  const keys = matchKeys(cardOf(['Nicolas/Berger', 'a@x.example', '0556000001']));
  assert.ok(keys.length >= 7);
  for (const key of keys) assert.ok(Number.isSafeInteger(key) && key >= 0);
  assert.deepEqual(matchKeys({ ...cardOf(['Le groupe']), kind: 'group' }), []);
});

test('a hostile card has few keys', () => {
  const entries = Object.fromEntries(
    Array.from({ length: 1000 }, (_, index) => [`e${index}`, { address: `a${index}@x.example` }]),
  );
  const full = Array.from({ length: 5000 }, (_, index) => `word${index}`).join(' ');
  assert.ok(matchKeys({ name: { full }, emails: entries }).length < 60);
});
