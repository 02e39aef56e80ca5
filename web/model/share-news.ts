import type { AddressBookRights, Role, ShareInvitation, ShareNotification } from '../api/types.ts';
import { roleOf } from './rights.ts';

/** What a change of rights means to the person it happened to. */
export interface ShareNews {
  readonly notification: ShareNotification;
  readonly kind: 'changed' | 'ended' | 'suspended';
  readonly before: Role;
  readonly after: Role;
}

/** The notifications worth a word, newest first; that a share is new is told by its invitation. */
export function shareNews(notifications: readonly ShareNotification[]): readonly ShareNews[] {
  return notifications
    .filter(({ objectType, oldRights }) => objectType === 'AddressBook' && isAccess(oldRights))
    .map((notification) => ({
      notification,
      kind: kindOf(notification),
      before: roleIn(notification.oldRights),
      after: roleIn(notification.newRights),
    }))
    .sort((a, b) => (a.notification.created < b.notification.created ? 1 : -1));
}

function kindOf({ newRights }: ShareNotification): ShareNews['kind'] {
  if (newRights === null) return 'ended';
  return isAccess(newRights) ? 'changed' : 'suspended';
}

function isAccess(rights: AddressBookRights | null): boolean {
  return rights?.mayRead === true;
}

function roleIn(rights: AddressBookRights | null): Role {
  return rights ? roleOf(rights) : 'none';
}

/** The invitations that wait, newest first. */
export function waitingInvitations<I extends ShareInvitation>(invitations: readonly I[]): readonly I[] {
  return invitations.filter(({ status }) => status === 'waiting').sort((a, b) => (a.sharedAt < b.sharedAt ? 1 : -1));
}
