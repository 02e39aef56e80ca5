import { findSegment } from '../../../core/addressbook/homeBooks.ts';
import type { Context } from '../../../core/context.ts';
import { listAnswers } from '../../../core/invitation/answers.ts';
import { escapeXml } from '../../../lib/xml/escapeXml.ts';
import { utcDate } from '../../../lib/utcDate.ts';
import { calendarserver, dav, href, xml } from '../names.ts';
import { paths } from '../paths.ts';

/** What the owner of a folder is told of an answer to their invitation. */
export type ReplyNotice = {
  readonly kind: 'reply';
  readonly id: string;
  readonly bookId: string;
  readonly principalId: string;
  readonly name: string;
  readonly created: string;
  readonly title: string;
  readonly status: 'accepted' | 'declined';
};

/** The answers of others that the person has not dismissed, newest first. */
export async function listReplyNotices(context: Context): Promise<ReplyNotice[]> {
  return (await listAnswers(context)).map(({ bookId, bookName, principalId, name, status, decidedAt }) => ({
    kind: 'reply',
    id: `reply-${bookId}-${principalId}`,
    bookId,
    principalId,
    name,
    created: utcDate(decidedAt),
    title: bookName,
    status,
  }));
}

/** `CS:invite-reply` (caldav-sharing §4.3.2), or `D:share-reply-notification` of the draft. */
export async function replyContent(context: Context, notice: ReplyNotice, isDraft: boolean): Promise<string> {
  const { bookId, principalId, name, title, status } = notice;
  const me = context.actor.principalId;
  const host = paths.book(me, (await findSegment(context, bookId, me)) ?? bookId);
  const who = href(paths.principal(principalId));
  if (isDraft) {
    const about = xml(dav('sharer-resource-uri'), href(host)) + who + xml(dav(`invite-${status}`));
    return xml(dav('share-reply-notification'), about);
  }
  const about = [
    who,
    xml(calendarserver(`invite-${status}`)),
    xml(calendarserver('hosturl'), href(host)),
    xml(calendarserver('in-reply-to'), bookId),
    xml(calendarserver('summary'), escapeXml(title)),
    xml(calendarserver('common-name'), escapeXml(name)),
  ].join('');
  return xml(calendarserver('invite-reply'), about, ' shared-type="addressbook"');
}
