import { parseXml } from '../../src/lib/xml/parseXml.ts';
import { childOf, childrenOf, elementsOf, textOf } from '../../src/lib/xml/xmlElement.ts';
import type { XmlElement } from '../../src/lib/xml/xmlElement.ts';
import type { Person } from './person.ts';

/** One `DAV:response`: what was found, by property name, and what was said not to be there. */
export type DavResponse = {
  readonly href: string;
  readonly status: string | null;
  readonly found: ReadonlyMap<string, XmlElement>;
  /** Properties with a status other than 200, with that status. */
  readonly refused: ReadonlyMap<string, string>;
  /** The names inside `DAV:error`. */
  readonly errors: readonly string[];
};

/** What came back. */
export type DavReply = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly root: XmlElement | null;
  readonly responses: readonly DavResponse[];
};

/** A DAV request as a program makes it, with HTTP Basic. */
export async function dav(
  person: Person,
  method: string,
  path: string,
  { body, headers = {} }: { body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> } = {},
): Promise<DavReply> {
  const type =
    typeof body === 'string' ? { 'Content-Type': body.startsWith('BEGIN') ? 'text/vcard' : 'application/xml' } : {};
  const reply = await person.basic(path, {
    method,
    redirect: 'manual',
    headers: { ...type, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await reply.text();
  const isXml = reply.headers.get('content-type')?.includes('xml') ?? false;
  const root = isXml && text !== '' ? parseXml(new TextEncoder().encode(text)) : null;
  const responses = root ? childrenOf(root, D('response')).map(readResponse) : [];
  return { status: reply.status, headers: reply.headers, text, root, responses };
}

/** PROPFIND for properties named in Clark's notation; without names: allprop. */
export function propfind(
  person: Person,
  path: string,
  depth: 0 | 1,
  names: readonly string[] = [],
  headers: Record<string, string> = {},
): Promise<DavReply> {
  const inner =
    names.length === 0 ? '<D:allprop/>' : `<D:prop>${names.map((name) => emptyElement(name)).join('')}</D:prop>`;
  return dav(person, 'PROPFIND', path, {
    body: `<?xml version="1.0"?><D:propfind xmlns:D="DAV:">${inner}</D:propfind>`,
    headers: { Depth: String(depth), ...headers },
  });
}

/** The address book that a person writes to by default. */
export async function contactsOf(person: Person): Promise<string> {
  const listed = await propfind(person, homeOf(person), 1, [D('resourcetype')]);
  return listed.responses.find((response) => namesIn(response, D('resourcetype')).includes(C('addressbook')))!.href;
}

/** Where a person's address books are. */
export const homeOf = (person: Person): string => `/dav/addressbooks/${person.id}/`;

/** The address books of a person's home, by what they are called. */
export async function booksOf(person: Person): Promise<Map<string, DavResponse>> {
  const names = [D('displayname'), D('resourcetype'), D('owner'), D('current-user-privilege-set')];
  const listed = await propfind(person, homeOf(person), 1, names);
  const books = listed.responses.filter((response) => namesIn(response, D('resourcetype')).includes(C('addressbook')));
  return new Map(books.map((book) => [textOf(book.found.get(D('displayname'))!), book]));
}

/** A card of 3.0 that has what every card needs. */
export function plainCard(uid: string, ...lines: readonly string[]): string {
  return ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, `FN:${uid}`, `N:${uid};;;;`, ...lines, 'END:VCARD', ''].join(
    '\r\n',
  );
}

/** Puts a card; fails unless it was taken. */
export async function put(
  person: Person,
  path: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<DavReply> {
  const reply = await dav(person, 'PUT', path, { body, headers });
  if (reply.status !== 201 && reply.status !== 204) throw new Error(`PUT ${path}: ${reply.status} ${reply.text}`);
  return reply;
}

/** The conditions of a refusal: the elements inside `DAV:error`. */
export function conditionsOf(reply: DavReply): string[] {
  return reply.root?.name === D('error') ? elementsOf(reply.root).map(({ name }) => name) : [];
}

/** REPORT with what stands inside a root element; the prefixes D, C and CS are known. */
export function report(
  person: Person,
  path: string,
  root: string,
  inner: string,
  headers: Record<string, string> = {},
): Promise<DavReply> {
  return dav(person, 'REPORT', path, { body: document(root, inner), headers });
}

/** A document with the prefixes D, C and CS. */
export function document(root: string, inner: string): string {
  const spaces = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav" xmlns:CS="http://calendarserver.org/ns/"';
  return `<?xml version="1.0" encoding="utf-8"?>\n<${root} ${spaces}>${inner}</${root}>`;
}

/** `D:sync-collection` from a token. */
export function sync(
  person: Person,
  path: string,
  token: string,
  {
    limit,
    headers = {},
    prop = '<D:getetag/>',
  }: { limit?: number; headers?: Record<string, string>; prop?: string } = {},
): Promise<DavReply> {
  const cut = limit === undefined ? '' : `<D:limit><D:nresults>${limit}</D:nresults></D:limit>`;
  const asked = `<D:sync-token>${token}</D:sync-token><D:sync-level>1</D:sync-level>${cut}<D:prop>${prop}</D:prop>`;
  return report(person, path, 'D:sync-collection', asked, headers);
}

/** The token at the end of a sync. */
export const tokenOf = (reply: DavReply): string => textOf(childOf(reply.root!, D('sync-token'))!);

/** What a sync says, by the last part of each address: `there`, or a status. */
export function said(reply: DavReply): Record<string, string> {
  const nameOf = (href: string) => href.split('/').findLast((part) => part !== '') ?? '/';
  return Object.fromEntries(reply.responses.map(({ href, status }) => [nameOf(href), status?.slice(9, 12) ?? 'there']));
}

/** A name in the namespace of WebDAV. */
export const D = (name: string): string => `{DAV:}${name}`;
/** A name in the namespace of CardDAV. */
export const C = (name: string): string => `{urn:ietf:params:xml:ns:carddav}${name}`;
/** A name in the namespace of calendarserver.org. */
export const CS = (name: string): string => `{http://calendarserver.org/ns/}${name}`;

/** The path inside the `DAV:href` of a property. */
export function hrefIn(response: DavResponse | undefined, name: string): string | undefined {
  const element = response?.found.get(name);
  const href = element && childOf(element, D('href'));
  return href && textOf(href);
}

/** The names of the elements inside a property, one level down or two (`privilege`, `report`). */
export function namesIn(response: DavResponse | undefined, name: string): string[] {
  const element = response?.found.get(name);
  if (!element) return [];
  const deepest = (child: XmlElement): string[] => {
    const inner = elementsOf(child);
    return inner.length === 0 ? [child.name] : inner.flatMap(deepest);
  };
  return elementsOf(element).flatMap(deepest);
}

/** An empty element of this name. */
function emptyElement(name: string): string {
  const end = name.indexOf('}');
  return `<x:${name.slice(end + 1)} xmlns:x="${name.slice(1, end)}"/>`;
}

function readResponse(element: XmlElement): DavResponse {
  const found = new Map<string, XmlElement>();
  const refused = new Map<string, string>();
  for (const propstat of childrenOf(element, D('propstat'))) {
    const status = textOf(childOf(propstat, D('status'))!);
    for (const property of elementsOf(childOf(propstat, D('prop'))!)) {
      if (status === 'HTTP/1.1 200 OK') found.set(property.name, property);
      else refused.set(property.name, status);
    }
  }
  const status = childOf(element, D('status'));
  const error = childOf(element, D('error'));
  return {
    href: textOf(childOf(element, D('href'))!),
    status: status ? textOf(status) : null,
    found,
    refused,
    errors: error ? elementsOf(error).map(({ name }) => name) : [],
  };
}
