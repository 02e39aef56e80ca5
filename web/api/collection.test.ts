import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectionOf, withChanges, withOverlays } from './collection.ts';

interface Folder {
  readonly id: string;
  readonly name: string;
}

const folders: readonly Folder[] = [
  { id: 'a', name: 'Contacts' },
  { id: 'b', name: 'Projet' },
];
const changes = (part: object) => ({
  accountId: 'x',
  oldState: '1',
  newState: '2',
  hasMoreChanges: false,
  created: [],
  updated: [],
  destroyed: [],
  ...part,
});

test('changes add, replace and remove, and lead to the new state', () => {
  const before = collectionOf('1', folders);
  const after = withChanges(before, changes({ created: ['c'], updated: ['b'], destroyed: ['a'] }), [
    { id: 'c', name: 'Neuf' },
    { id: 'b', name: 'Projets' },
  ]);
  assert.equal(after.state, '2');
  assert.deepEqual([...after.byId.values()].map((folder) => folder.name).sort(), ['Neuf', 'Projets']);
  assert.equal(before.byId.size, 2);
});

test('an object that changed and then went away is dropped', () => {
  const after = withChanges(collectionOf('1', folders), changes({ updated: ['b'] }), []);
  assert.deepEqual([...after.byId.keys()], ['a']);
});

test('unconfirmed changes lie over what the server said, in their order', () => {
  const base = collectionOf('1', folders);
  const shown = withOverlays<Folder>(base, [
    { create: { t: { id: 't', name: 'Brouillon' } } },
    { update: { t: { name: 'Final' }, gone: { name: 'nobody' } } },
    { destroy: ['a'] },
  ]);
  assert.deepEqual(
    [...shown.byId.values()].map((folder) => folder.name),
    ['Projet', 'Final'],
  );
  assert.deepEqual(withOverlays(base, []), base);
});

test('an unconfirmed change of a part of a property leaves its other parts', () => {
  const base = collectionOf('1', [{ id: 'a', layout: { density: 'compact', readingPane: 'off' } }]);
  const shown = withOverlays(base, [{ update: { a: { 'layout/density': 'comfortable' } } }]);
  assert.deepEqual(shown.byId.get('a'), { id: 'a', layout: { density: 'comfortable', readingPane: 'off' } });
});
