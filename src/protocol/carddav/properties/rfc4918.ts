import type { Context } from '../../../core/context.ts';
import { hasShares } from '../../../core/share/hasShares.ts';
import { httpDate, utcDate } from '../../../lib/utcDate.ts';
import { escapeXml } from '../../../lib/xml/escapeXml.ts';
import { calendarserver, carddav, dav, xml } from '../names.ts';
import { noticeTag } from '../notices/notices.ts';
import { oneTitle } from '../oneBook.ts';
import type { BookResource, Resource } from '../resources.ts';
import { cardTag, lengthOf } from '../shown/shownCards.ts';
import { everywhere, property } from './define.ts';

const types: Readonly<Record<Resource['kind'], readonly string[]>> = {
  root: ['collection'],
  principals: ['collection'],
  principal: ['collection', 'principal'],
  homes: ['collection'],
  home: ['collection'],
  book: ['collection'],
  card: [],
  notifications: ['collection'],
  notification: [],
  directory: ['collection'],
  entry: [],
  oneHome: ['collection'],
  oneBook: ['collection'],
};

const titles = {
  root: 'Coterie',
  principals: 'Principals',
  homes: 'Address books',
  notifications: 'Notifications',
  directory: 'Directory',
} as const;

const collections = ['root', 'principals', 'homes', 'home', 'principal', 'book', 'notifications', 'directory'] as const;

/** WebDAV itself: RFC 4918 §15. */
export const rfc4918 = [
  property(
    dav('resourcetype'),
    everywhere,
    // Cards are many: they are told without waiting for anything.
    (resource, { db }) => {
      const plain = types[resource.kind].map((type) => xml(dav(type))).join('');
      return resource.kind === 'book' ? bookTypes(resource, db).then((more) => plain + more) : plain + markOf(resource);
    },
    { inAllprop: true },
  ),
  property(dav('displayname'), collections, displayName, {
    inAllprop: true,
  }),
  property(dav('displayname'), ['oneHome'], () => 'Coterie', { inAllprop: true }),
  property(dav('displayname'), ['oneBook'], async (_, context) => escapeXml(await oneTitle(context)), {
    inAllprop: true,
  }),
  property(dav('creationdate'), ['book'], ({ book }) => escapeXml(utcDate(book.seen.book.created_at)), {
    inAllprop: true,
  }),
  // Of the tag nothing has to be escaped but the quotes around it.
  property(dav('getetag'), ['card'], ({ card }, context) => cardTag(context, card).replaceAll('"', '&quot;'), {
    inAllprop: true,
    ofCard: ['etag', 'size'],
  }),
  property(dav('getcontenttype'), ['card'], () => 'text/vcard; charset=utf-8', { inAllprop: true }),
  property(dav('getcontentlength'), ['card'], ({ card }, context) => lengthOf(context, card), {
    inAllprop: true,
    ofCard: ['size'],
  }),
  property(dav('getlastmodified'), ['card'], ({ card }) => httpDate(card.updated), {
    inAllprop: true,
    ofCard: ['updated'],
  }),
  property(dav('getetag'), ['notification'], ({ notice }) => escapeXml(noticeTag(notice)), { inAllprop: true }),
  property(dav('getcontenttype'), ['notification'], () => 'application/xml; charset=utf-8', { inAllprop: true }),
  property(dav('getetag'), ['entry'], ({ entry }) => escapeXml(`"${entry.etag}"`), { inAllprop: true }),
  property(dav('getcontenttype'), ['entry'], () => 'text/vcard; charset=utf-8', { inAllprop: true }),
  property(dav('supportedlock'), everywhere, () => '', { inAllprop: true }),
];

function displayName(resource: Extract<Resource, { kind: (typeof collections)[number] }>): string {
  if (resource.kind === 'book') return escapeXml(resource.book.name);
  if (resource.kind === 'principal') return escapeXml(resource.principal.name);
  return resource.kind === 'home' ? 'Coterie' : titles[resource.kind];
}

/** What collections of CardDAV and its relatives say that they are. */
function markOf({ kind }: Resource): string {
  if (kind === 'notifications') return xml(calendarserver('notification'));
  if (kind === 'directory') return xml(carddav('directory'));
  return kind === 'oneBook' ? xml(carddav('addressbook')) : '';
}

/** An address book says so (RFC 6352 §5.2), and whether it is shared (caldav-sharing §5.2.1). */
async function bookTypes({ book: { seen } }: BookResource, reader: Context['db']): Promise<string> {
  const isGiven = seen.invitation === null && (await hasShares(reader, seen.book.id));
  const shared = seen.invitation === null ? (isGiven ? ['shared-owner'] : []) : ['shared'];
  return [carddav('addressbook'), ...shared.map(calendarserver)].map((name) => xml(name)).join('');
}
