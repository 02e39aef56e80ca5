import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usualOrder } from '../cards/card-queries.ts';
import { orderIn, readLayout, usualLayout, withOrder } from './layout.ts';

test('nothing remembered is the usual layout, and so is what nobody can read', () => {
  for (const stored of [undefined, null, 7, 'wide', [], {}, { density: 'dense', readingPane: 3, sizes: 'x', sorts: 1 }])
    assert.deepEqual(readLayout(stored), usualLayout);
});

test('what was remembered is read as far as it is known; sizes stay within their bounds', () => {
  const layout = readLayout({
    density: 'compact',
    readingPane: 'below',
    sizes: { folders: 9_000, list: 1, listHeight: Number.NaN, other: 3 },
    columns: [
      { name: 'tags', width: 5 },
      { name: 'shoe size', width: 100 },
      null,
      { name: 'email' },
      { name: 'tags', width: 300 },
    ],
    sorts: { 'a/b': { by: 'created', isReversed: true }, 'a/c': { by: 'shoe size' }, search: { by: 'name' } },
    future: true,
  });
  assert.deepEqual(layout, {
    density: 'compact',
    readingPane: 'below',
    sizes: { folders: 480, list: 260 },
    columns: [
      { name: 'tags', width: 300 },
      { name: 'email', width: 180 },
    ],
    sorts: { 'a/b': { by: 'created', isReversed: true }, search: { by: 'name', isReversed: false } },
  });
});

test('no columns at all is a choice, too', () => {
  assert.deepEqual(readLayout({ columns: [] }).columns, []);
});

test('each folder has its order; the usual one is not remembered, and two hundred are', () => {
  let layout = usualLayout;
  for (let index = 0; index < 250; index += 1)
    layout = { ...layout, sorts: withOrder(layout, `a/${index}`, { by: 'created', isReversed: false }) };
  assert.equal(Object.keys(layout.sorts).length, 200);
  assert.deepEqual(orderIn(layout, 'a/249'), { by: 'created', isReversed: false });
  assert.deepEqual(orderIn(layout, 'a/3'), usualOrder);
  assert.equal('a/249' in withOrder(layout, 'a/249', usualOrder), false);
});
