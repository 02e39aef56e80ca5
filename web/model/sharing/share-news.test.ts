import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AddressBookRights, ShareInvitation, ShareNotification } from '../../../client/src/types.ts';
import { shareNews, waitingInvitations } from './share-news.ts';

const viewer: AddressBookRights = { mayRead: true, mayWrite: false, mayAdd: false, mayShare: false, mayDelete: false };
const manager = { ...viewer, mayWrite: true };
const none = { ...viewer, mayRead: false };

const notification = (
  id: string,
  oldRights: AddressBookRights | null,
  newRights: AddressBookRights | null,
): ShareNotification =>
  ({
    id,
    objectId: `f${id}`,
    objectType: 'AddressBook',
    oldRights,
    newRights,
    created: `2027-01-0${id}T00:00:00Z`,
  }) as ShareNotification;

test('a changed, an ended and a suspended share are news, newest first', () => {
  const news = shareNews([
    notification('1', viewer, manager),
    notification('2', manager, null),
    notification('3', viewer, none),
  ]);
  assert.deepEqual(
    news.map(({ kind, before, after }) => [kind, before, after]),
    [
      ['suspended', 'viewer', 'none'],
      ['ended', 'manager', 'none'],
      ['changed', 'viewer', 'manager'],
    ],
  );
});

test('a new share is told by its invitation, not twice', () => {
  assert.deepEqual(shareNews([notification('1', null, viewer), notification('2', none, viewer)]), []);
});

test('of one folder only what happened last is told, and put away with what came before', () => {
  const about = (...all: ShareNotification[]) => shareNews(all.map((one) => ({ ...one, objectId: 'f' })));
  const [ended] = about(notification('1', viewer, manager), notification('2', manager, null));
  assert.deepEqual([ended?.kind, ended?.ids], ['ended', ['2', '1']]);
  const [changed] = about(
    notification('1', viewer, none),
    notification('2', viewer, manager),
    notification('3', manager, viewer),
  );
  assert.equal(changed, undefined);
  assert.deepEqual(about(notification('1', viewer, null), notification('2', null, manager)), []);
});

test('changes of other kinds of objects are not ours to tell', () => {
  assert.deepEqual(shareNews([{ ...notification('1', viewer, null), objectType: 'Calendar' }]), []);
});

test('only waiting invitations ring the bell', () => {
  const invitation = (id: string, status: string) =>
    ({ id, status, sharedAt: `2027-01-0${id}T00:00:00Z` }) as ShareInvitation;
  const all = [
    invitation('1', 'waiting'),
    invitation('2', 'accepted'),
    invitation('3', 'declined'),
    invitation('4', 'waiting'),
  ];
  assert.deepEqual(
    waitingInvitations(all).map(({ id }) => id),
    ['4', '1'],
  );
});
