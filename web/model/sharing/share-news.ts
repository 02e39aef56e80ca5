import type { AddressBookRights, Id, Role, ShareInvitation, ShareNotification } from '../../../client/src/types.ts';
import { roleOf } from '../rights.ts';

/** What a change of rights means to the person it happened to. */
export interface ShareNews {
  readonly notification: ShareNotification;
  /** This and the earlier ones about the same folder, which it has made out of date. */
  readonly ids: readonly Id[];
  readonly kind: 'changed' | 'ended' | 'suspended';
  readonly before: Role;
  readonly after: Role;
}

/**
 * The notifications worth a word, newest first, one for a folder: what happened to it last, beside what the person
 * could do before they looked away. That a share is new is told by its invitation.
 */
export function shareNews(notifications: readonly ShareNotification[]): readonly ShareNews[] {
  const newestFirst = notifications
    .filter(({ objectType }) => objectType === 'AddressBook')
    .toSorted((a, b) => (a.created < b.created || (a.created === b.created && a.id < b.id) ? 1 : -1));
  const byFolder = Map.groupBy(newestFirst, ({ objectAccountId, objectId }) => `${objectAccountId} ${objectId}`);
  return [...byFolder.values()].flatMap((about) => newsOf(about));
}

function newsOf(about: readonly ShareNotification[]): readonly ShareNews[] {
  const notification = about[0];
  if (!notification || !isAccess(notification.oldRights)) return [];
  // Since the share began anew: what was before that is another story.
  const start = about.findIndex(({ oldRights }) => !isAccess(oldRights));
  const story = start < 0 ? about : about.slice(0, start);
  const before = roleIn(story.at(-1)?.oldRights ?? null);
  const after = roleIn(notification.newRights);
  const kind = kindOf(notification);
  if (kind === 'changed' && before === after) return [];
  return [{ notification, ids: about.map(({ id }) => id), kind, before, after }];
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
