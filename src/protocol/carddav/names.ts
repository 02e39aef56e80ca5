import { escapeXml } from '../../lib/xml/escapeXml.ts';
import { splitName } from '../../lib/xml/xmlElement.ts';

/** The namespaces that answers use, by prefix: each answer declares them all once, at its root. */
const prefixes = {
  D: 'DAV:',
  C: 'urn:ietf:params:xml:ns:carddav',
  CS: 'http://calendarserver.org/ns/',
  ME: 'http://me.com/_namespace/',
  A: 'http://apple.com/ns/ical/',
  P: 'https://bitfire.at/webdav-push',
} as const;

const prefixOf: ReadonlyMap<string, string> = new Map(Object.entries(prefixes).map(([prefix, uri]) => [uri, prefix]));

/** The declarations for the root of an answer. */
export const declarations = Object.entries(prefixes)
  .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
  .join('');

/** A name of `DAV:` in Clark's notation. */
export const dav = (local: string): string => `{${prefixes.D}}${local}`;
/** A name of RFC 6352. */
export const carddav = (local: string): string => `{${prefixes.C}}${local}`;
/** A name of Apple's calendar server. */
export const calendarserver = (local: string): string => `{${prefixes.CS}}${local}`;

/** A name of WebDAV-Push. */
export const webdavPush = (local: string): string => `{${prefixes.P}}${local}`;

/** Apple's colour of a collection, and the one of address book programs for the web. */
export const colorNames: readonly string[] = [
  `{${prefixes.A}}calendar-color`,
  '{http://inf-it.com/ns/ab/}addressbook-color',
];

type Tag = { readonly name: string; readonly declared: string };

const tags = new Map<string, Tag>();
/** Clients may ask for any name: only so many are remembered. */
const mostTags = 1000;

function tagOf(name: string): Tag {
  const known = tags.get(name);
  if (known) return known;
  const [namespace, local] = splitName(name);
  const prefix = prefixOf.get(namespace);
  const tag =
    prefix === undefined
      ? { name: local, declared: ` xmlns="${escapeXml(namespace)}"` }
      : { name: `${prefix}:${local}`, declared: '' };
  if (tags.size < mostTags) tags.set(name, tag);
  return tag;
}

/** An element as text; `content` is XML already. Names of other namespaces bring their declaration along. */
export function xml(name: string, content = '', attributes = ''): string {
  const tag = tagOf(name);
  const start = `<${tag.name}${tag.declared}${attributes}`;
  return content === '' ? `${start}/>` : `${start}>${content}</${tag.name}>`;
}

/** A whole document. */
export function xmlDocument(name: string, content: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${xml(name, content, declarations)}\n`;
}

/** `DAV:href` with a path that is percent-encoded already. */
export function href(path: string): string {
  return `<D:href>${escapeXml(path)}</D:href>`;
}
