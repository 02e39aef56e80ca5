import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change } from '../change/hub.ts';
import { gistOf } from '../change/gistOf.ts';
import { interestedIn } from './interest.ts';

function change(part: Partial<Change>): Change {
  return {
    account_id: 'ada',
    seq: 1,
    type: 'ContactCard',
    object_id: 'card',
    kind: 'destroyed',
    book_id: null,
    reader_id: null,
    was_readable: null,
    uri: null,
    ...part,
  };
}

const cards = (bookId: string, count: number) =>
  Array.from({ length: count }, (_, index) => change({ object_id: `${bookId} ${index}`, book_id: bookId }));

const commit = {
  changes: [
    ...cards('press', 1000),
    ...cards('radio', 1000),
    change({ type: 'AddressBook', object_id: 'press' }),
    change({ type: 'AddressBook', object_id: 'radio', book_id: 'press' }),
    change({ type: 'AddressBook', object_id: 'press', kind: 'access', reader_id: 'ben' }),
    change({ type: 'AddressBook', object_id: 'press', kind: 'access', reader_id: 'group' }),
    change({ type: 'Share', object_id: 'share', book_id: 'press' }),
    change({ type: 'TrashItem', object_id: 'press', kind: 'created' }),
  ],
  regrouped: [],
};

test('of thousands of cards in two folders that change at once two are looked at for each listener', () => {
  assert.equal(gistOf(commit).changes.length, 8);
});

test('to every listener it means the same as the whole', () => {
  const everybody = ['ada', 'ben', 'chloe'].flatMap((personId) =>
    [[], ['press'], ['radio'], ['press', 'radio']].flatMap((books) =>
      [[], books].map((administered) => ({
        personId,
        appPasswordId: null,
        onlyBookId: null,
        principals: new Set([personId, ...(personId === 'chloe' ? ['group'] : [])]),
        accounts: new Set(books.length > 0 ? ['ada'] : []),
        offeredBooks: new Set(books),
        acceptedBooks: new Set(books),
        administeredBooks: new Set(administered),
      })),
    ),
  );
  for (const interest of everybody) {
    assert.deepEqual(interestedIn(interest, gistOf(commit)), interestedIn(interest, commit));
  }
});
