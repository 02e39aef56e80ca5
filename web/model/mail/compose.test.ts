import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressLine, composeLinks, composeUrl, mayHide } from './compose.ts';

const people = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `Personne ${index}`,
    address: `personne.${index}@demo.example`,
  }));

test('a mail is written in the program of the person, or on the page that the administrator chose', () => {
  assert.equal(
    composeUrl(['a+b@demo.example', 'é@demo.example'], 'to', null),
    'mailto:a%2Bb@demo.example,%C3%A9@demo.example',
  );
  assert.equal(composeUrl(['a@demo.example'], 'bcc', null), 'mailto:?bcc=a@demo.example');
  const page = 'https://webmail.demo.example/?to={to}&bcc={bcc}';
  assert.equal(
    composeUrl(['a@demo.example', 'b@demo.example'], 'to', page),
    'https://webmail.demo.example/?to=a@demo.example,b@demo.example&bcc=',
  );
  assert.equal(composeUrl(['a@demo.example'], 'bcc', page), 'https://webmail.demo.example/?to=&bcc=a@demo.example');
  assert.equal(mayHide('https://webmail.demo.example/?to={to}'), false);
});

test('what does not fit into one address goes into the next, and everybody is reached once', () => {
  const links = composeLinks([...people(300), ...people(5)], 'to', null);
  assert.ok(links.length > 1);
  assert.ok(links.every(({ url }) => url.length <= 1_900));
  assert.deepEqual(
    links.flatMap(({ recipients }) => recipients.map(({ address }) => address)),
    people(300).map(({ address }) => address),
  );
  assert.deepEqual(composeLinks([], 'to', null), []);
});

test('addresses are copied as mail programs read them', () => {
  assert.equal(
    addressLine([
      { name: 'Élodie d’Été', address: 'elodie@demo.example' },
      { name: 'Martin, Paul "le Grand"', address: 'paul@demo.example' },
      { name: '', address: 'x@demo.example' },
      { name: 'Encore Paul', address: 'PAUL@demo.example' },
    ]),
    'Élodie d’Été <elodie@demo.example>, Encore Paul <PAUL@demo.example>, x@demo.example',
  );
  assert.equal(
    addressLine([{ name: 'Martin, Paul "le Grand"', address: 'paul@demo.example' }]),
    '"Martin, Paul \\"le Grand\\"" <paul@demo.example>',
  );
});
