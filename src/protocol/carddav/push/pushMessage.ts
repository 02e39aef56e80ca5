import { createHmac } from 'node:crypto';
import type { World } from '../../../core/context.ts';
import type { DavNews } from '../../../core/davPush/startDavPush.ts';
import { dav, webdavPush, xml, xmlDocument } from '../names.ts';
import { syncToken } from '../syncToken.ts';

/**
 * The topic of an address book in somebody's home (bookId '': of the home): nobody learns from it what it stands for, and
 * two accounts on one telephone never have the same.
 */
export function topicOf({ settings }: World, personId: string, bookId: string): string {
  const hash = createHmac('sha256', settings.linkKey).update(`push topic ${personId} ${bookId}`);
  return hash.digest('base64url').slice(0, 22);
}

/** The message about what is news (WebDAV-Push, « Push Message »). */
export function writePushMessage(world: World, { personId, bookId, book, isContent, isProperties }: DavNews): string {
  const token = book ? xml(dav('sync-token'), syncToken(book.seen.book)) : '';
  return xmlDocument(
    webdavPush('push-message'),
    [
      xml(webdavPush('topic'), topicOf(world, personId, bookId)),
      isContent ? xml(webdavPush('content-update'), token) : '',
      isProperties ? xml(webdavPush('property-update')) : '',
    ].join(''),
  );
}
