import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CardRef } from './card-ref.ts';
import { cardKey } from './card-ref.ts';
import {
  countSelected,
  everythingSelected,
  isSelected,
  nothingSelected,
  selectionOf,
  toggled,
  withoutCards,
  withRange,
} from './selection.ts';

const card = (id: string): CardRef => ({ accountId: 'ada', id, bookId: 'b' });
const key = (id: string) => cardKey(card(id));

test('ticking a card twice unticks it', () => {
  const once = toggled(nothingSelected, card('1'));
  assert.equal(countSelected(once, 10), 1);
  assert.equal(isSelected(once, key('1')), true);
  assert.equal(countSelected(toggled(once, card('1')), 10), 0);
});

test('everything is selected without knowing a single id', () => {
  assert.equal(countSelected(everythingSelected, 50_000), 50_000);
  assert.equal(isSelected(everythingSelected, key('never loaded')), true);
});

test('unticking one card of everything leaves all the others', () => {
  const selection = toggled(everythingSelected, card('7'));
  assert.equal(countSelected(selection, 50_000), 49_999);
  assert.equal(isSelected(selection, key('7')), false);
  assert.equal(countSelected(toggled(selection, card('7')), 50_000), 50_000);
});

test('a range is added to what was ticked', () => {
  const selection = withRange(toggled(nothingSelected, card('1')), [card('4'), card('5')]);
  assert.deepEqual([...selection.picked.keys()], [key('1'), key('4'), key('5')]);
  assert.equal(isSelected(withRange(toggled(everythingSelected, card('4')), [card('4')]), key('4')), true);
});

test('cards that were destroyed no longer count', () => {
  const selection = selectionOf([card('1'), card('2')]);
  assert.equal(countSelected(withoutCards(selection, [key('2')]), 9), 1);
  assert.equal(withoutCards(selection, [key('3')]), selection);
});

test('the same id in two accounts is two cards', () => {
  const selection = toggled(nothingSelected, card('1'));
  assert.equal(isSelected(selection, cardKey({ accountId: 'ben', id: '1' })), false);
});
