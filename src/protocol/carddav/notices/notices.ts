import type { Context } from '../../../core/context.ts';
import { dismissAnswer } from '../../../core/invitation/answers.ts';
import { dismissShareNotification, findShareNotifications } from '../../../core/notification/shareNotifications.ts';
import { isWhole } from '../../../core/scope.ts';
import { calendarserver, dav, xml, xmlDocument } from '../names.ts';
import { inviteContent, listInviteNotices } from './inviteNotices.ts';
import type { InviteNotice } from './inviteNotices.ts';
import { listReplyNotices, replyContent } from './replyNotices.ts';
import type { ReplyNotice } from './replyNotices.ts';

/** What stands in a person's notification collection. */
export type Notice = InviteNotice | ReplyNotice;

/** What the person is told of folders that others share with them, and of answers to what they share themselves. */
export async function listNotices(context: Context): Promise<Notice[]> {
  if (!isWhole(context.actor)) return [];
  return [...(await listInviteNotices(context)), ...(await listReplyNotices(context))];
}

const types = { invite: 'invite-notification', reply: 'invite-reply' } as const;

/** `CS:notificationtype` (caldav-sharing §4.2.1). */
export function noticeType({ kind }: Notice): string {
  return xml(calendarserver(types[kind]), '', ' shared-type="addressbook"');
}

/** The notification as a document: in the words of calendarserver, or of the resource-sharing draft. */
export async function noticeDocument(context: Context, notice: Notice, isDraft: boolean): Promise<string> {
  const named = isDraft ? dav : calendarserver;
  const content =
    notice.kind === 'invite'
      ? await inviteContent(context, notice, isDraft)
      : await replyContent(context, notice, isDraft);
  return xmlDocument(named('notification'), xml(named('dtstamp'), notice.created.replace(/[-:]/gu, '')) + content);
}

/** Moves with everything that the document says. */
export function noticeTag(notice: Notice): string {
  const { id, status, created } = notice;
  if (notice.kind === 'reply') return `"${id}-${status}-${Date.parse(created)}"`;
  return `"${id}-${status}-${notice.mayWrite ? 'w' : 'r'}"`;
}

/** The person has read it. Of one folder only the newest invitation is shown: those before it go with it. */
export async function dismissNotice(context: Context, notice: Notice): Promise<void> {
  if (notice.kind === 'reply') return dismissAnswer(context, notice.bookId, notice.principalId);
  for (const { id, objectId } of await findShareNotifications(context, null))
    if (objectId === notice.bookId) await dismissShareNotification(context, id);
}
