import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxMessageSize } from '../../lib/webPush/encrypt.ts';
import { stateChanges } from './pushMessage.ts';

test('a few changes are one message', () => {
  const states = new Map([['a', new Map([['AddressBook', '1']])]]);
  assert.deepEqual(stateChanges(states), [{ '@type': 'StateChange', changed: { a: { AddressBook: '1' } } }]);
});

test('changes in very many accounts are several messages, none too long to be encrypted, none left out', () => {
  const types = new Map([
    ['AddressBook', '123456-78'],
    ['ContactCard', '123456-78'],
  ]);
  const states = new Map(Array.from({ length: 200 }, (_, index) => [`p0123456789abcdefghij${index}`, types]));
  const messages = stateChanges(states);
  assert.ok(messages.length > 1);
  assert.ok(messages.every((message) => Buffer.byteLength(JSON.stringify(message)) <= maxMessageSize));
  assert.equal(
    messages.reduce((sum, { changed }) => sum + Object.keys(changed).length, 0),
    200,
  );
});
