import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contactsPath, folderPath, parseRoute, safeNext, signInPath, type ContactsView } from './route.ts';

test('every view of the contacts survives its address', () => {
  const views: ContactsView[] = [
    { kind: 'home' },
    { kind: 'trash' },
    { kind: 'folder', accountId: 'a1', bookId: 'b-2_x' },
    { kind: 'search', text: 'Éva & co / 50 %' },
  ];
  for (const view of views) {
    const url = new URL(contactsPath(view), 'http://localhost');
    assert.deepEqual(parseRoute(url.pathname, url.search), { screen: 'contacts', view, card: null });
  }
});

test('an open card is part of the address of its folder', () => {
  const route = parseRoute(folderPath('a', 'b', { accountId: 'a', cardId: 'c' }), '');
  assert.deepEqual(route, {
    screen: 'contacts',
    view: { kind: 'folder', accountId: 'a', bookId: 'b' },
    card: { accountId: 'a', cardId: 'c' },
  });
});

test('an open card found by a search keeps the search', () => {
  const url = new URL(
    contactsPath({ kind: 'search', text: 'ada' }, { accountId: 'x', cardId: 'c' }),
    'http://localhost',
  );
  assert.deepEqual(parseRoute(url.pathname, url.search), {
    screen: 'contacts',
    view: { kind: 'search', text: 'ada' },
    card: { accountId: 'x', cardId: 'c' },
  });
});

test('the form for a new contact stands in its folder', () => {
  assert.deepEqual(parseRoute(folderPath('a', 'b', 'new'), ''), {
    screen: 'contacts',
    view: { kind: 'folder', accountId: 'a', bookId: 'b' },
    card: 'new',
  });
});

test('the links of the mails lead to accepting and declining', () => {
  assert.deepEqual(parseRoute('/share/a/b/accept', ''), {
    screen: 'invitation',
    accountId: 'a',
    bookId: 'b',
    answer: 'accept',
  });
  assert.equal(parseRoute('/share/a/b/delete', '').screen, 'notFound');
});

test('unknown and broken addresses are not found', () => {
  assert.equal(parseRoute('/nowhere', '').screen, 'notFound');
  assert.equal(parseRoute('/folders/a', '').screen, 'notFound');
  assert.equal(parseRoute('/folders/%E0%A4%A/b', '').screen, 'contacts');
});

test('signing in leads back into this app and nowhere else', () => {
  assert.equal(signInPath('/trash'), '/sign-in?next=%2Ftrash');
  assert.equal(safeNext('/trash'), '/trash');
  for (const trap of ['//evil.example', 'https://evil.example', '/\\evil.example', null])
    assert.equal(safeNext(trap), '/');
});
