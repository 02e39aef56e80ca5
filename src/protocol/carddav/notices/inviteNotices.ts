import { findSegment } from '../../../core/addressbook/homeBooks.ts';
import type { Context } from '../../../core/context.ts';
import { findShareNotifications } from '../../../core/notification/shareNotifications.ts';
import type { ShareNotificationView } from '../../../core/notification/shareNotifications.ts';
import { findPrincipals } from '../../../core/principal/findPrincipals.ts';
import { findOffered } from '../../../core/sharing/access.ts';
import { escapeXml } from '../../../lib/xml/escapeXml.ts';
import { calendarserver, dav, href, xml } from '../names.ts';
import { paths } from '../paths.ts';

/** What a person is told of a folder that others share: the newest ShareNotification of it, as calendarserver has it. */
export type InviteNotice = {
  readonly kind: 'invite';
  readonly id: string;
  readonly bookId: string;
  readonly ownerId: string;
  readonly created: string;
  readonly title: string;
  readonly status: 'noresponse' | 'accepted' | 'declined' | 'deleted';
  readonly mayWrite: boolean;
};

/** What the person has not dismissed, one of each folder, newest first. */
export async function listInviteNotices(context: Context): Promise<InviteNotice[]> {
  const notices: InviteNotice[] = [];
  const known = new Set<string>();
  for (const notification of await findShareNotifications(context, null)) {
    if (known.has(notification.objectId)) continue;
    known.add(notification.objectId);
    notices.push(await noticeOf(context, notification));
  }
  return notices;
}

async function noticeOf(
  context: Context,
  { id, created, objectId, objectAccountId, name }: ShareNotificationView,
): Promise<InviteNotice> {
  const seen = await findOffered(context.db, context, objectId);
  const status = ({ waiting: 'noresponse', accepted: 'accepted', declined: 'declined' } as const)[
    seen?.invitation ?? 'waiting'
  ];
  return {
    kind: 'invite',
    id,
    bookId: objectId,
    ownerId: objectAccountId,
    created,
    title: name,
    status: seen ? status : ('deleted' as const),
    mayWrite: seen?.offered.mayWrite ?? false,
  };
}

/** What is told inside `CS:notification`, or in the words of the draft. */
export async function inviteContent(context: Context, notice: InviteNotice, isDraft: boolean): Promise<string> {
  const named = isDraft ? dav : calendarserver;
  const { bookId, ownerId, title, status, mayWrite } = notice;
  const [owner] = await findPrincipals(context, [ownerId]);
  const host = paths.book(ownerId, (await findSegment(context, bookId, ownerId)) ?? bookId);
  const access = xml(named(mayWrite ? 'read-write' : 'read'));
  const organizer = href(paths.principal(ownerId)) + nameOf(owner?.name, isDraft);
  const about = [
    isDraft ? '' : xml(calendarserver('uid'), bookId),
    href(paths.principal(context.actor.principalId)),
    xml(named(`invite-${status}`)),
    xml(named(isDraft ? 'share-access' : 'access'), access),
    isDraft
      ? xml(dav('sharer-resource-uri'), href(host))
      : xml(calendarserver('hosturl'), href(host)) + xml(calendarserver('organizer'), organizer),
    isDraft ? xml(dav('principal'), organizer) : '',
    isDraft
      ? xml(dav('prop'), xml(dav('displayname'), escapeXml(title)))
      : xml(calendarserver('summary'), escapeXml(title)),
  ].join('');
  const type = isDraft ? dav('share-invite-notification') : calendarserver('invite-notification');
  return xml(type, about, isDraft ? '' : ' shared-type="addressbook"');
}

function nameOf(name: string | undefined, isDraft: boolean): string {
  if (name === undefined || isDraft) return '';
  return xml(calendarserver('common-name'), escapeXml(name));
}
