import type { Context } from '../../../core/context.ts';
import { dav, webdavPush, xml } from '../names.ts';
import { topicOf } from '../push/pushMessage.ts';
import { property } from './define.ts';

const depth = (value: string) => xml(dav('depth'), value);

/** WebDAV-Push, « Push Properties »: where devices are told through, and of what. */
export const webdavPushProperties = [
  property(webdavPush('transports'), ['home', 'book'], (_, context) => {
    const { vapidPublicKey } = context.settings;
    if (vapidPublicKey === undefined) return undefined;
    return xml(webdavPush('web-push'), xml(webdavPush('vapid-public-key'), vapidPublicKey, ' type="p256ecdsa"'));
  }),
  property(webdavPush('topic'), ['book'], ({ book }, context) => topic(context, book.seen.book.id)),
  property(webdavPush('topic'), ['home'], (_, context) => topic(context, '')),
  property(webdavPush('supported-triggers'), ['book'], (_, context) =>
    ifPushing(context, xml(webdavPush('content-update'), depth('1')) + xml(webdavPush('property-update'), depth('0'))),
  ),
  property(webdavPush('supported-triggers'), ['home'], (_, context) =>
    ifPushing(context, xml(webdavPush('content-update'), depth('1'))),
  ),
];

function topic(context: Context, bookId: string): string | undefined {
  return ifPushing(context, topicOf(context, context.actor.principalId, bookId));
}

function ifPushing({ settings }: Context, content: string): string | undefined {
  return settings.vapidPublicKey === undefined ? undefined : content;
}
