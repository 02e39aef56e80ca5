import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayInWords, dayOf, endOfDay, isToCome } from './end-date.ts';

test('a share ends with the last second of its day, and the day comes back the same', () => {
  for (const day of ['2027-01-01', '2028-02-29', '2026-10-25', '2027-12-31']) assert.equal(dayOf(endOfDay(day)), day);
  assert.match(endOfDay('2027-03-31') ?? '', /:59:59Z$/);
});

test('no day, an impossible day and a half-typed year are no date', () => {
  for (const day of ['', '2027-02-30', '0202-01-01', 'demain']) assert.equal(endOfDay(day), null);
  assert.equal(dayOf(null), '');
});

test('today is still to come, yesterday is not', () => {
  const noon = new Date(2027, 4, 10, 12);
  assert.equal(isToCome('2027-05-10', noon), true);
  assert.equal(isToCome('2027-05-09', noon), false);
});

test('a day is written as each language writes it', () => {
  assert.equal(dayInWords(endOfDay('2027-03-31')!, 'fr'), '31 mars 2027');
  assert.equal(dayInWords(endOfDay('2027-03-31')!, 'en'), 'March 31, 2027');
});
