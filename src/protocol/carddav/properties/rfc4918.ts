import type { Context } from '../../../core/context.ts';
import { hasShares } from '../../../core/share/hasShares.ts';
import { httpDate, utcDate } from '../../../lib/utcDate.ts';
import { escapeXml } from '../../../lib/xml/escapeXml.ts';
import { calendarserver, carddav, dav, xml } from '../names.ts';
import { noticeTag } from '../notices.ts';
import { oneTitle } from '../oneBook.ts';
import type { Resource } from '../resources.ts';
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
    async (resource, { db }) =>
      types[resource.kind].map((type) => xml(dav(type))).join('') + (await furtherTypes(resource, db)),
    { inAllprop: true },
  ),
  property(dav('displayname'), collections, displayName, {
    inAllprop: true,
  }),
  property(dav('displayname'), ['oneHome'], () => 'Coterie', { inAllprop: true }),
  property(dav('displayname'), ['oneBook'], (_, context) => escapeXml(oneTitle(context)), { inAllprop: true }),
  property(dav('creationdate'), ['book'], ({ book }) => escapeXml(utcDate(book.seen.book.created_at)), {
    inAllprop: true,
  }),
  property(dav('getetag'), ['card'], ({ card }) => escapeXml(`"${card.etag}"`), { inAllprop: true }),
  property(dav('getcontenttype'), ['card'], () => 'text/vcard; charset=utf-8', { inAllprop: true }),
  property(dav('getcontentlength'), ['card'], ({ card }) => String(card.size), { inAllprop: true }),
  property(dav('getlastmodified'), ['card'], ({ card }) => httpDate(card.updated), { inAllprop: true }),
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

/** An address book says so (RFC 6352 §5.2), and whether it is shared (caldav-sharing §5.2.1); so do others. */
async function furtherTypes(resource: Resource, reader: Context['db']): Promise<string> {
  if (resource.kind === 'notifications') return xml(calendarserver('notification'));
  if (resource.kind === 'directory') return xml(carddav('directory'));
  if (resource.kind === 'oneBook') return xml(carddav('addressbook'));
  if (resource.kind !== 'book') return '';
  const { book, invitation } = resource.book.seen;
  const isGiven = invitation === null && (await hasShares(reader, book.id));
  const shared = invitation === null ? (isGiven ? ['shared-owner'] : []) : ['shared'];
  return [carddav('addressbook'), ...shared.map(calendarserver)].map((name) => xml(name)).join('');
}
