import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askSince, nextMark, readMark } from './mark.ts';

const at = (time: string) => new Date(`2026-03-02T${time}Z`);

test('at first a while before the newest change is asked for again, then what is known is not read again and again', () => {
  const first = nextMark(null, { settings: 'a', newest: at('09:00:00'), now: at('09:30:00') });
  const mark = readMark(first, 'a', at('09:31:00'))!;
  assert.deepEqual(askSince(mark, at('09:30:00')), at('08:45:00'));
  assert.deepEqual(askSince(mark, at('09:31:00')), at('08:46:00'));
  assert.deepEqual(askSince(mark, at('10:30:00')), at('09:00:01'));
  const same = nextMark(mark, { settings: 'a', newest: at('09:00:00'), now: at('09:40:00') });
  assert.deepEqual(readMark(same, 'a', at('09:40:00')), mark, 'nothing newer: the waiting goes on');
  const newer = readMark(
    nextMark(mark, { settings: 'a', newest: at('09:20:00'), now: at('09:40:00') }),
    'a',
    at('09:41:00'),
  );
  assert.deepEqual(askSince(newer!, at('09:40:00')), at('09:05:00'));
});

test('everything is read again with other settings, after a day, after a clock was set back, and without times of change', () => {
  const mark = nextMark(null, { settings: 'a', newest: at('09:00:00'), now: at('09:30:00') });
  assert.ok(readMark(mark, 'a', at('09:31:00')));
  assert.equal(readMark(mark, 'b', at('09:31:00')), null);
  assert.equal(readMark(mark, 'a', new Date('2026-03-03T09:31:00Z')), null);
  assert.equal(readMark(mark, 'a', at('08:00:00')), null);
  assert.equal(readMark(null, 'a', at('09:31:00')), null);
  assert.equal(
    readMark(nextMark(null, { settings: 'a', newest: null, now: at('09:30:00') }), 'a', at('09:31:00')),
    null,
  );
});
