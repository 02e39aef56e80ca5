import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FolderNode, visibleRows } from './folder-tree.ts';
import { treeMove, typeahead } from './tree-keys.ts';

const leaf = (name: string, level = 1, children: FolderNode[] = []): FolderNode => ({
  key: name,
  kind: 'own',
  book: null,
  name,
  color: null,
  level,
  children,
});

const tree = [leaf('Contacts', 1, [leaf('Équipe', 2), leaf('Projet', 2)]), leaf('Élan'), leaf('Corbeille')];
const none = new Set<string>();
const move = (key: string, from: string, collapsed = none) =>
  treeMove(key, visibleRows(tree, collapsed), from, collapsed);

test('the arrows go from row to row and stop at the ends', () => {
  assert.deepEqual(move('ArrowDown', 'Contacts'), { focus: 'Équipe' });
  assert.deepEqual(move('ArrowUp', 'Élan'), { focus: 'Projet' });
  assert.equal(move('ArrowDown', 'Corbeille'), undefined);
  assert.equal(move('ArrowUp', 'Contacts'), undefined);
  assert.deepEqual(move('Home', 'Élan'), { focus: 'Contacts' });
  assert.deepEqual(move('End', 'Contacts'), { focus: 'Corbeille' });
});

test('right opens a folder, then enters it; left leaves it, then closes it', () => {
  const closed = new Set(['Contacts']);
  assert.deepEqual(move('ArrowRight', 'Contacts', closed), { setCollapsed: false });
  assert.deepEqual(move('ArrowRight', 'Contacts'), { focus: 'Équipe' });
  assert.deepEqual(move('ArrowLeft', 'Projet'), { focus: 'Contacts' });
  assert.deepEqual(move('ArrowLeft', 'Contacts'), { setCollapsed: true });
  assert.equal(move('ArrowLeft', 'Contacts', closed), undefined);
  assert.equal(move('ArrowRight', 'Élan'), undefined);
});

test('typing goes to the next name that begins so, accents aside', () => {
  const rows = visibleRows(tree, none);
  assert.equal(typeahead('e', rows, 'Contacts'), 'Équipe');
  assert.equal(typeahead('e', rows, 'Équipe'), 'Élan');
  assert.equal(typeahead('e', rows, 'Élan'), 'Équipe');
  assert.equal(typeahead('el', rows, 'Élan'), 'Élan');
  assert.equal(typeahead('x', rows, 'Élan'), undefined);
});
