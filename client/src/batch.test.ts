import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type QueuedCall, splitCalls } from './batch.ts';

const queued = (id: string, args: Record<string, unknown> = {}): QueuedCall => ({
  invocation: ['Core/echo', args, id],
  resolve: () => {},
  reject: () => {},
});
const ids = (requests: QueuedCall[][]) => requests.map((request) => request.map((call) => call.invocation[2]));

test('calls are spread over as few requests as the server allows', () => {
  assert.deepEqual(ids(splitCalls([queued('1'), queued('2'), queued('3')], 2)), [['1', '2'], ['3']]);
  assert.deepEqual(splitCalls([], 2), []);
});

test('a call travels with the call whose result it uses', () => {
  const calls = [queued('1'), queued('2', { '#ids': { resultOf: '1', name: 'Core/echo', path: '/ids' } }), queued('3')];
  assert.deepEqual(ids(splitCalls(calls, 1)), [['1', '2'], ['3']]);
});
