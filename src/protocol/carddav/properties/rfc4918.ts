import { httpDate, utcDate } from '../../../lib/utcDate.ts';
import { escapeXml } from '../../../lib/xml/escapeXml.ts';
import { calendarserver, carddav, dav, xml } from '../names.ts';
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
};

const titles = {
  root: 'Coterie',
  principals: 'Principals',
  homes: 'Address books',
} as const;

/** WebDAV itself: RFC 4918 §15. */
export const rfc4918 = [
  property(
    dav('resourcetype'),
    everywhere,
    (resource) => types[resource.kind].map((type) => xml(dav(type))).join('') + furtherTypes(resource),
    { inAllprop: true },
  ),
  property(dav('displayname'), ['root', 'principals', 'homes', 'home', 'principal', 'book'], displayName, {
    inAllprop: true,
  }),
  property(dav('creationdate'), ['book'], ({ book }) => escapeXml(utcDate(book.seen.book.created_at)), {
    inAllprop: true,
  }),
  property(dav('getetag'), ['card'], ({ card }) => escapeXml(`"${card.etag}"`), { inAllprop: true }),
  property(dav('getcontenttype'), ['card'], () => 'text/vcard; charset=utf-8', { inAllprop: true }),
  property(dav('getcontentlength'), ['card'], ({ card }) => String(card.size), { inAllprop: true }),
  property(dav('getlastmodified'), ['card'], ({ card }) => httpDate(card.updated), { inAllprop: true }),
  property(dav('supportedlock'), everywhere, () => '', { inAllprop: true }),
];

function displayName(resource: Resource): string | undefined {
  if (resource.kind === 'book') return escapeXml(resource.book.name);
  if (resource.kind === 'principal') return escapeXml(resource.principal.name);
  if (resource.kind === 'home') return 'Coterie';
  return resource.kind === 'card' ? undefined : titles[resource.kind];
}

/** An address book says so (RFC 6352 §5.2), and whether it is shared (caldav-sharing §5.2). */
function furtherTypes(resource: Resource): string {
  if (resource.kind !== 'book') return '';
  const isOthers = resource.book.seen.invitation !== null;
  return xml(carddav('addressbook')) + (isOthers ? xml(calendarserver('shared')) : '');
}
