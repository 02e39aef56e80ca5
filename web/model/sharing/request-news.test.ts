import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccessRequest, FolderHandover } from '../../../client/src/requests.ts';
import { requestNews } from './request-news.ts';

const offer = (id: string, more: Partial<FolderHandover>) =>
  ({ id, fromId: 'ada', toId: 'ben', status: 'waiting', createdAt: '2027-01-01T00:00:00Z', ...more }) as FolderHandover;
const request = (id: string, more: Partial<AccessRequest>) =>
  ({
    id,
    ownerId: 'ada',
    askedById: 'ben',
    status: 'waiting',
    createdAt: '2027-01-02T00:00:00Z',
    ...more,
  }) as AccessRequest;

const kinds = (ownId: string) => (offers: FolderHandover[], requests: AccessRequest[]) =>
  requestNews(offers, requests, ownId).map(({ kind }) => kind);

test('who is asked has news at once, who asks when it is answered', () => {
  const [offers, requests] = [[offer('h', {})], [request('q', {})]];
  assert.deepEqual(kinds('ada')(offers, requests), ['asked']);
  assert.deepEqual(kinds('ben')(offers, requests), ['offered']);
  const decidedAt = '2027-01-03T00:00:00Z';
  const answered = [offer('h', { status: 'declined', decidedAt })];
  assert.deepEqual(kinds('ada')(answered, [request('q', { status: 'granted' })]), ['declined']);
  assert.deepEqual(kinds('ben')(answered, [request('q', { status: 'granted' })]), ['granted']);
  assert.deepEqual(kinds('ben')([], [request('q', { status: 'declined' })]), ['refused']);
});

test('the newest stands above, an answer by when it was given', () => {
  const news = requestNews(
    [
      offer('old', { fromId: 'chloe', toId: 'ada' }),
      offer('answered', { status: 'accepted', decidedAt: '2027-02-01T00:00:00Z' }),
    ],
    [request('between', {})],
    'ada',
  );
  assert.deepEqual(
    news.map((item) => ('offer' in item ? item.offer.id : item.request.id)),
    ['answered', 'between', 'old'],
  );
});
