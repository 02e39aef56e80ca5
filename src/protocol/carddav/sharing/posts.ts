import type { Context } from '../../../core/context.ts';
import { answerInvitation } from '../../../core/invitation/answerInvitation.ts';
import { standardMail } from '../../../core/share/types.ts';
import { findOffered } from '../../../core/sharing/access.ts';
import { findSegment } from '../../../core/addressbook/homeBooks.ts';
import { AppError } from '../../../errors.ts';
import type { HttpReply } from '../../../lib/http/http.ts';
import { empty } from '../../../lib/http/reply.ts';
import { childOf, childrenOf, elementsOf, textOf } from '../../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../../lib/xml/xmlElement.ts';
import { DavError } from '../errors.ts';
import { calendarserver, dav, href, webdavPush, xml, xmlDocument } from '../names.ts';
import { paths } from '../paths.ts';
import { pushRegister } from '../push/register.ts';
import type { Resource } from '../resources.ts';
import { changeSharees } from './sharees.ts';
import type { ShareeChange } from './sharees.ts';

/** What is POSTed as XML, by the name of its root. */
type Post = (context: Context, resource: Resource, question: XmlElement) => Promise<HttpReply>;

const invalidRequest = () => new DavError(403, xml(calendarserver('valid-request')));

/** `CS:share` on a folder (caldav-sharing §5.3.2): gives and takes access. */
const csShare: Post = async (context, resource, question) => {
  if (resource.kind !== 'book') throw invalidRequest();
  const changes = elementsOf(question).flatMap((element): ShareeChange[] => {
    const isSet = element.name === calendarserver('set');
    if (!isSet && element.name !== calendarserver('remove')) return [];
    const target = childOf(element, dav('href'));
    if (!target) throw invalidRequest();
    if (!isSet) return [{ href: textOf(target).trim(), access: null }];
    const isWriter = childOf(element, calendarserver('read-write')) !== undefined;
    if (!isWriter && !childOf(element, calendarserver('read'))) throw invalidRequest();
    return [{ href: textOf(target).trim(), access: isWriter ? 'read-write' : 'read' }];
  });
  if (changes.length === 0) throw invalidRequest();
  return changeSharees(context, resource, changes);
};

/** `D:share-resource` on a folder (draft-pot-webdav-resource-sharing): the same in the words of WebDAV. */
const shareResource: Post = async (context, resource, question) => {
  if (resource.kind !== 'book') throw new DavError(403);
  const changes = childrenOf(question, dav('sharee')).map((sharee): ShareeChange => {
    const target = childOf(sharee, dav('href'));
    const access = childOf(sharee, dav('share-access'));
    const wanted = access && elementsOf(access)[0]?.name;
    const known = Object.entries(accesses).find(([name]) => dav(name) === wanted);
    if (!target || !known) throw new DavError(400);
    return { href: textOf(target).trim(), access: known[1] };
  });
  if (changes.length === 0) throw new DavError(400);
  return changeSharees(context, resource, changes);
};

const accesses = { read: 'read', 'read-write': 'read-write', 'no-access': null } as const;

/** `CS:invite-reply` on one's own home (caldav-sharing §5.4.1). */
const csInviteReply: Post = async (context, resource, question) => {
  if (resource.kind !== 'home') throw invalidRequest();
  const uid = childOf(question, calendarserver('in-reply-to'));
  const host = childOf(question, calendarserver('hosturl'));
  const url = host && childOf(host, dav('href'));
  const status = answerIn(question, calendarserver);
  if (!uid || !url || !status) throw invalidRequest();
  const bookId = textOf(uid).trim();
  const path = URL.parse(textOf(url).trim(), context.settings.publicUrl)?.pathname;
  if (path !== (await hostPath(context, bookId))) throw invalidShare();
  const summary = childOf(question, calendarserver('summary'));
  return reply(context, bookId, status, summary ? textOf(summary).trim() : '');
};

/** `D:invite-reply` on a notification (the draft again). */
const inviteReply: Post = async (context, resource, question) => {
  if (resource.kind !== 'notification' || resource.notice.kind !== 'invite') throw new DavError(403);
  const status = answerIn(question, dav);
  if (!status) throw new DavError(400);
  return reply(context, resource.notice.bookId, status, '');
};

function answerIn(question: XmlElement, named: (local: string) => string): 'accepted' | 'declined' | null {
  if (childOf(question, named('invite-accepted'))) return 'accepted';
  return childOf(question, named('invite-declined')) ? 'declined' : null;
}

const invalidShare = () => new DavError(403, xml(calendarserver('invalid-share')));

async function reply(
  context: Context,
  bookId: string,
  status: 'accepted' | 'declined',
  name: string,
): Promise<HttpReply> {
  const isNamed = status === 'accepted' && name !== '';
  try {
    await answerInvitation(context, bookId, { status, ...(isNamed ? { name } : {}) }, standardMail);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // A title that one's folders cannot have, or have already: then a name is found.
    if (isNamed && error.kind === 'invalid') return reply(context, bookId, status, '');
    throw invalidShare();
  }
  if (status === 'declined') return empty(204);
  const me = context.actor.principalId;
  const path = paths.book(me, (await findSegment(context, bookId)) ?? bookId);
  return {
    status: 200,
    headers: { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'no-store' },
    body: xmlDocument(calendarserver('shared-as'), href(path)),
  };
}

/** Where the owner of a folder that is shared with the person has it; undefined: nothing is shared. */
async function hostPath(context: Context, bookId: string): Promise<string | undefined> {
  const seen = await findOffered(context.db, context, bookId);
  if (!seen || seen.invitation === null) return undefined;
  const owner = seen.book.account_id;
  return paths.book(owner, (await findSegment(context, bookId, owner)) ?? bookId);
}

/** What may be POSTed as XML, and what answers it. */
export const posts: Readonly<Record<string, Post>> = {
  [calendarserver('share')]: csShare,
  [calendarserver('invite-reply')]: csInviteReply,
  [dav('share-resource')]: shareResource,
  [dav('invite-reply')]: inviteReply,
  [webdavPush('push-register')]: pushRegister,
};
