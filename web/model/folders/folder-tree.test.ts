import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AddressBook } from '../../../client/src/types.ts';
import type { InAccount } from '../../api/inAccount.ts';
import { isAllowed, mayMoveInto, mayTakeCards, menuActions, refusalOf } from './folder-actions.ts';
import { buildFolderTree, findNode, type FolderNode, visibleRows, withDescendants } from './folder-tree.ts';
import { roleOf } from '../rights.ts';

const viewer = { mayRead: true, mayWrite: false, mayAdd: false, mayShare: false, mayDelete: false };
const contributor = { ...viewer, mayAdd: true };
const manager = { ...contributor, mayWrite: true };
const owner = { mayRead: true, mayWrite: true, mayAdd: true, mayShare: true, mayDelete: true };

function book(id: string, part: Partial<InAccount<AddressBook>> = {}): InAccount<AddressBook> {
  return {
    id,
    accountId: 'me',
    name: id,
    description: null,
    sortOrder: 0,
    isDefault: false,
    isSubscribed: true,
    shareWith: null,
    myRights: owner,
    parentId: null,
    role: null,
    color: null,
    sharedName: id,
    cardCount: 0,
    shareCount: 0,
    invitation: null,
    isShareRoot: false,
    downloadUrl: '',
    offerToDevices: true,
    listedFor: null,
    ...part,
  };
}

const shared = (id: string, part: Partial<InAccount<AddressBook>> = {}) =>
  book(id, { accountId: 'ben', isShareRoot: true, invitation: 'accepted', myRights: viewer, ...part });

const options = {
  ownAccountId: 'me',
  locale: 'fr',
  names: {
    contacts: 'Contacts',
    collected: 'Personnes contactées par mail',
    directory: 'Annuaire',
    trash: 'Corbeille',
  },
};
const tree = (...books: InAccount<AddressBook>[]) => buildFolderTree(books, options);
const names = (nodes: readonly FolderNode[]) => nodes.map((node) => node.name);
const node = (nodes: readonly FolderNode[], key: string) => findNode(nodes, key) ?? assert.fail(`no ${key}`);

test('Contacts come first, then collected people, own folders by the alphabet, shared ones, the trash', () => {
  const nodes = tree(
    shared('Aaa'),
    book('Zèbre'),
    book('élan'),
    book('Eau'),
    book('Lot 10'),
    book('Lot 9'),
    book('x', { role: 'collected', name: 'whatever' }),
    book('y', { role: 'contacts', name: 'whatever' }),
  );
  assert.deepEqual(names(nodes), [
    'Contacts',
    'Personnes contactées par mail',
    'Eau',
    'élan',
    'Lot 9',
    'Lot 10',
    'Zèbre',
    'Aaa',
    'Corbeille',
  ]);
});

test('sub-folders stand below their folder and take its colour when they have none', () => {
  const nodes = tree(
    book('a', { color: 'green' }),
    book('b', { parentId: 'a' }),
    book('c', { parentId: 'b', color: 'red' }),
  );
  assert.deepEqual(names(visibleRows(nodes, new Set())), ['a', 'b', 'c', 'Corbeille']);
  assert.deepEqual(
    withDescendants(nodes[0]!).map(({ level, color }) => [level, color]),
    [
      [1, 'green'],
      [2, 'green'],
      [3, 'red'],
    ],
  );
  assert.deepEqual(names(visibleRows(nodes, new Set(['me/a']))), ['a', 'Corbeille']);
});

test('a folder whose parent cannot be seen stands on the top level', () => {
  assert.deepEqual(names(tree(shared('deep', { parentId: 'hidden', isShareRoot: false }))), ['deep', 'Corbeille']);
});

test('a share that waits or was declined is not among the folders', () => {
  assert.deepEqual(names(tree(shared('w', { invitation: 'waiting' }), shared('d', { invitation: 'declined' }))), [
    'Corbeille',
  ]);
});

test('somebody else’s Contacts keep the name they are known by', () => {
  assert.deepEqual(names(tree(shared('Contacts de Ben', { role: 'contacts' }))), ['Contacts de Ben', 'Corbeille']);
});

test('system folders can be shared and have sub-folders, but are neither renamed, moved nor deleted', () => {
  for (const role of ['contacts', 'collected'] as const) {
    const [system] = tree(book('s', { role }));
    assert.deepEqual(
      menuActions(system!).filter((action) => isAllowed(action, system!)),
      ['newFolder', 'share', 'importCards', 'exportCards', 'properties', 'activity'],
    );
  }
});

test('an own folder can everything; expanding asks for sub-folders, printing for contacts', () => {
  const nodes = tree(book('a', { cardCount: 1 }), book('b', { parentId: 'a' }));
  assert.deepEqual(
    menuActions(nodes[0]!).filter((action) => !isAllowed(action, nodes[0]!)),
    [],
  );
  assert.equal(refusalOf('expandAll', node(nodes, 'me/b')), 'noSubfolders');
  assert.equal(refusalOf('print', node(nodes, 'me/b')), 'empty');
  assert.equal(refusalOf('handOver', node(nodes, 'me/b')), 'subfolder');
});

test('the trash can only be emptied', () => {
  const [trash] = tree();
  assert.deepEqual(menuActions(trash!), ['emptyTrash']);
  assert.equal(isAllowed('emptyTrash', trash!), true);
});

test('a viewer of a shared folder may leave and rename it for themselves, not write in it', () => {
  const nodes = tree(shared('s'), shared('t', { parentId: 's', isShareRoot: false }));
  const allowed = (key: string) =>
    menuActions(node(nodes, key)).filter((action) => isAllowed(action, node(nodes, key)));
  assert.deepEqual(allowed('ben/s'), ['exportCards', 'remove', 'rename', 'properties', 'activity', 'expandAll']);
  assert.deepEqual(allowed('ben/t'), ['exportCards', 'properties', 'activity']);
  assert.equal(mayTakeCards(node(nodes, 'ben/s')), false);
});

test('a contributor puts cards into a shared folder, imports into it too, and makes no folders in it', () => {
  const [first] = tree(shared('s', { myRights: contributor }));
  assert.equal(isAllowed('importCards', first!), true);
  assert.equal(mayTakeCards(first!), true);
  assert.equal(isAllowed('newFolder', first!), false);
});

test('a manager writes in a shared folder; only an administrator shares it on', () => {
  const [first] = tree(shared('s', { myRights: manager }));
  assert.equal(isAllowed('newFolder', first!), true);
  assert.equal(isAllowed('importCards', first!), true);
  assert.equal(isAllowed('share', first!), false);
  assert.equal(isAllowed('share', tree(shared('s', { myRights: owner }))[0]!), true);
  assert.equal(mayTakeCards(first!), true);
});

test('a folder moves within its account, not into itself, its own sub-folder or where it is', () => {
  const nodes = tree(book('a'), book('b', { parentId: 'a' }), book('c'), shared('s', { myRights: owner }));
  const may = (from: string, to: string) => mayMoveInto(node(nodes, from), node(nodes, to));
  assert.equal(may('me/c', 'me/b'), true);
  assert.equal(may('me/a', 'me/a'), false);
  assert.equal(may('me/a', 'me/b'), false);
  assert.equal(may('me/b', 'me/a'), false);
  assert.equal(may('me/a', 'ben/s'), false);
});

test('rights are named by their role', () => {
  assert.equal(roleOf(viewer), 'viewer');
  assert.equal(roleOf(contributor), 'contributor');
  assert.equal(roleOf(manager), 'manager');
  assert.equal(roleOf(owner), 'admin');
  assert.equal(roleOf({ ...viewer, mayRead: false }), 'none');
  assert.equal(roleOf({ ...viewer, mayShare: true }), 'custom');
});
