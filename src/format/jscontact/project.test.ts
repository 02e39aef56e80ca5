import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseVCard } from '../vcard/parse.ts';
import { fromVCard } from './fromVCard.ts';
import type { Card, JsonObject } from './types.ts';

function read(...lines: readonly string[]): Card {
  return fromVCard(parseVCard(['BEGIN:VCARD', 'VERSION:4.0', ...lines, 'END:VCARD', ''].join('\r\n')));
}

test('every card has a type, a version and a uid, the same each time', () => {
  const [first, again] = [read('FN:a'), read('FN:a')];
  assert.equal(first['@type'], 'Card');
  assert.equal(first.version, '1.0');
  assert.match(first.uid, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(first.uid, again.uid);
  assert.notEqual(first.uid, read('FN:b').uid);
});

test('PROP-ID is the key; a key made from the content does not move when other lines come or go', () => {
  const two = read('EMAIL:a@demo.example', 'EMAIL:b@demo.example', 'TEL;PROP-ID=desk:1');
  const one = read('EMAIL:b@demo.example');
  assert.deepEqual(Object.keys(two.phones!), ['desk']);
  assert.ok(Object.keys(one.emails!).every((key) => two.emails![key]?.address === 'b@demo.example'));
});

test('a title in the group of one organisation is held there', () => {
  const card = read('g1.ROLE:Lead', 'g1.ORG;PROP-ID=o1:Demo');
  assert.equal(Object.values(card.titles!)[0]!.organizationId, 'o1');
});

test('broken JSPROP lines are ignored together, and none makes a card invalid', () => {
  const broken = [
    ['JSPROP;JSPTR="a":1', 'JSPROP;JSPTR="b":{'],
    ['JSPROP;JSPTR="a/b/c":1'],
    ['JSPROP;JSPTR="emails":5'],
    ['JSPROP;JSPTR="extra":1'],
    ['JSPROP;JSPTR="vCardProps/0":1', 'X-A:b'],
    ['JSPROP:1'],
  ];
  for (const lines of broken) {
    const card = read('UID:u', 'FN:a', ...lines) as unknown as JsonObject;
    assert.deepEqual(
      [card['a'], card['emails'], card['extra'], card['name']],
      [undefined, undefined, undefined, { full: 'a' }],
      lines.join(),
    );
  }
});
