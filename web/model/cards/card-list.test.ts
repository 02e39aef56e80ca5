import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContactCard } from '../../../client/src/types.ts';
import type { spliceIds } from './splice-ids.ts';
import { CardList, type CardSource, type CardTransport } from './card-list.ts';

const card = (id: string): ContactCard => ({ id, uid: id, addressBookIds: { b: true } });
const source = (accountId = 'ada'): CardSource => ({ accountId, bookId: 'b', filter: {} });

type Delta = Parameters<typeof spliceIds>[1];

/** A server with so many cards per account, which notes what it was asked. */
function server(counts: Record<string, number>) {
  const asked: string[] = [];
  const ids = (accountId: string) => Array.from({ length: counts[accountId] ?? 0 }, (_, index) => `c${index}`);
  let delta: Delta | undefined;
  const transport: CardTransport = {
    async fetchPage({ accountId }, position, limit) {
      asked.push(`${accountId} ${position}`);
      const page = ids(accountId).slice(position, position + limit);
      return { ids: page, cards: page.map(card), total: counts[accountId] ?? 0, queryState: 's1' };
    },
    async fetchIds({ accountId }, position, limit) {
      asked.push(`${accountId} ids ${position}+${limit}`);
      return ids(accountId).slice(position, position + limit);
    },
    async fetchDelta({ accountId }, queryState) {
      asked.push(`${accountId} since ${queryState}`);
      if (!delta) throw new Error('cannotCalculateChanges');
      return { ...delta, queryState: 's2' };
    },
    async fetchCards({ accountId }, wanted) {
      asked.push(`${accountId} cards ${wanted.join(' ')}`);
      return wanted.map((id) => ({ ...card(id), fileAs: 'new' }));
    },
  };
  const become = (next: Delta) => {
    delta = next;
  };
  return { asked, transport, counts, become };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

async function opened(counts: Record<string, number>, options: { maximumHeld?: number } = {}) {
  const backend = server(counts);
  const list = new CardList({
    sources: Object.keys(counts).map(source),
    transport: backend.transport,
    pageSize: 10,
    ...options,
  });
  list.show(0, 7);
  await settled();
  return { list, ...backend };
}

test('only the pages on the screen are fetched', async () => {
  const { list, asked } = await opened({ ada: 50_000 });
  assert.deepEqual(list.state(), { status: 'ready', total: 50_000, error: undefined });
  list.show(31_995, 32_003);
  await settled();
  assert.deepEqual(asked, ['ada 0', 'ada 31990', 'ada 32000']);
  assert.equal(list.at(32_000)?.card?.id, 'c32000');
  assert.equal(list.at(20_000), undefined);
});

test('pages that were scrolled past are never asked for', async () => {
  const { list, asked } = await opened({ ada: 1_000 });
  for (let row = 0; row < 900; row += 10) list.show(row, row + 7);
  await settled();
  assert.equal(asked.length <= 4, true, asked.join(', '));
  assert.equal(list.at(895)?.card?.id, 'c895');
});

test('the results of several accounts follow one another', async () => {
  const { list, asked } = await opened({ ada: 3, ben: 4 });
  assert.equal(list.state().total, 7);
  assert.deepEqual(list.at(2)?.ref, { accountId: 'ada', id: 'c2', bookId: 'b' });
  assert.deepEqual(list.at(3)?.ref, { accountId: 'ben', id: 'c0', bookId: 'b' });
  assert.equal(list.indexOf('ben/c1'), 4);
  assert.deepEqual(asked.toSorted(), ['ada 0', 'ben 0']);
});

test('a range over pages that were never loaded asks for ids only', async () => {
  const { list, asked } = await opened({ ada: 12_000 });
  const refs = await list.refsBetween(0, 11_999);
  assert.equal(refs.length, 12_000);
  assert.equal(refs.at(-1)?.id, 'c11999');
  assert.deepEqual(asked.slice(1), ['ada ids 0+5000', 'ada ids 5000+5000', 'ada ids 10000+2000']);
});

test('a range of loaded rows asks for nothing', async () => {
  const { list, asked } = await opened({ ada: 100 });
  assert.deepEqual(
    (await list.refsBetween(2, 4)).map((ref) => ref.id),
    ['c2', 'c3', 'c4'],
  );
  assert.equal(asked.length, 1);
});

test('a refresh keeps the rows on the screen until the new ones are there', async () => {
  const { list, asked, counts } = await opened({ ada: 100 });
  counts['ada'] = 40;
  list.refresh('ada');
  assert.equal(list.at(3)?.card?.id, 'c3');
  assert.equal(list.state().status, 'ready');
  await settled();
  assert.equal(list.state().total, 40);
  assert.deepEqual(asked, ['ada 0', 'ada 0']);
});

test('a change of another account fetches nothing', async () => {
  const { list, asked } = await opened({ ada: 100 });
  list.refresh('ben');
  await settled();
  assert.equal(asked.length, 1);
});

test('dropped cards leave at once and the rest moves up', async () => {
  const { list } = await opened({ ada: 1_000 });
  list.show(500, 507);
  await settled();
  list.drop(new Set(['ada/c1', 'ada/c2']));
  assert.equal(list.state().total, 998);
  assert.equal(list.at(1)?.ref.id, 'c3');
  assert.equal(list.at(498)?.ref.id, 'c500');
});

test('cards scrolled away long ago are forgotten and fetched again', async () => {
  const { list } = await opened({ ada: 1_000 }, { maximumHeld: 20 });
  for (const row of [100, 200, 300]) {
    list.show(row, row + 7);
    await settled();
  }
  assert.equal(list.at(0)?.card, undefined);
  assert.equal(list.at(0)?.ref.id, 'c0');
  list.show(0, 7);
  await settled();
  assert.equal(list.at(0)?.card?.id, 'c0');
});

test('a failure is told, keeps what is shown, and a refresh tries again', async () => {
  const { transport } = server({ ada: 5 });
  let fails = true;
  const list = new CardList({
    sources: [source()],
    transport: {
      ...transport,
      fetchPage: async (...args) => (fails ? Promise.reject(new Error('offline')) : transport.fetchPage(...args)),
    },
  });
  list.show(0, 7);
  await settled();
  assert.equal(list.state().status, 'failed');
  fails = false;
  list.refresh();
  await settled();
  assert.equal(list.state().status, 'ready');
});

test('what changes while a page is on its way is asked for once more', async () => {
  const { list, asked, counts } = await opened({ ada: 5 });
  list.refresh();
  counts['ada'] = 6;
  list.refresh();
  await settled();
  await settled();
  assert.equal(list.state().total, 6);
  assert.equal(asked.length, 3);
});

test('an edit by a colleague costs its place and its card, however long the list is', async () => {
  const { list, asked, become } = await opened({ ada: 50_000 });
  list.show(40_000, 40_007);
  await settled();
  asked.length = 0;
  become({ removed: ['c40003'], added: [{ id: 'c40003', index: 40_005 }], total: 50_000 });
  await list.follow('ada', ['c40003']);
  await settled();
  assert.deepEqual(asked, ['ada since s1', 'ada cards c40003']);
  assert.deepEqual(
    [40_002, 40_003, 40_004, 40_005, 40_006].map((index) => list.at(index)?.ref.id),
    ['c40002', 'c40004', 'c40005', 'c40003', 'c40006'],
  );
  assert.equal(list.at(40_005)?.card?.fileAs, 'new');
  assert.equal(list.at(1)?.ref.id, 'c1');
});

test('what was loaded before moves when something comes in above it, and nothing is asked again', async () => {
  const { list, asked, become } = await opened({ ada: 1_000 });
  list.show(500, 507);
  await settled();
  list.show(0, 7);
  asked.length = 0;
  become({ removed: [], added: [{ id: 'n', index: 100 }], total: 1_001 });
  await list.follow('ada', []);
  await settled();
  assert.equal(list.state().total, 1_001);
  assert.equal(list.at(501)?.ref.id, 'c500');
  assert.equal(list.at(100)?.ref.id, 'n');
  assert.deepEqual(asked, ['ada since s1']);
});

test('where the server cannot say what changed, the screen is read again', async () => {
  const { list, asked, counts } = await opened({ ada: 100 });
  counts['ada'] = 99;
  await list.follow('ada', []);
  await settled();
  assert.equal(list.state().total, 99);
  assert.deepEqual(asked, ['ada 0', 'ada since s1', 'ada 0']);
});
