import type { Context } from '../../../core/context.ts';
import { findPrincipals } from '../../../core/principal/findPrincipals.ts';
import { searchPrincipals } from '../../../core/principal/searchPrincipals.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { childOf, childrenOf, elementsOf, textOf } from '../../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../../lib/xml/xmlElement.ts';
import { accessList } from '../accessList.ts';
import { DavError, needPrivilege } from '../errors.ts';
import { wholeMultistatus } from '../multistatus.ts';
import { calendarserver, dav, xml, xmlDocument } from '../names.ts';
import { paths } from '../paths.ts';
import { readPreferences } from '../preferences.ts';
import { resourceResponse, truncatedResponse } from '../propstat.ts';
import { readRequested } from '../requested.ts';
import type { DavPrincipal, Resource } from '../resources.ts';

const mostFound = 100;

/** RFC 3744 §9.2 to §9.5: these questions have Depth 0, or none. */
export function requireDepthZero({ headers }: HttpRequest): void {
  if (String(headers['depth'] ?? '0').trim() !== '0') throw new DavError(400);
}

/** What people and groups may be searched by; each is found by the beginnings of words. */
const searchable: Readonly<Record<string, string>> = {
  [dav('displayname')]: 'Name',
  [calendarserver('email-address-set')]: 'Address',
};

/**
 * `D:principal-property-search` (RFC 3744 §9.4) in the directory, by name and address. Nobody lists all people: an empty
 * search finds nobody, and at most a hundred are told, with 507 for the address that was asked where there are more.
 */
export async function principalPropertySearch(
  context: Context,
  resource: Resource,
  question: XmlElement,
  request: HttpRequest,
): Promise<HttpReply> {
  requireDepthZero(request);
  const searches = childrenOf(question, dav('property-search'));
  if (searches.length === 0) throw new DavError(400);
  const texts = searches.map((search) => {
    const known = elementsOf(childOf(search, dav('prop')) ?? search).some(({ name }) =>
      Object.hasOwn(searchable, name),
    );
    const match = childOf(search, dav('match'));
    return known && match ? textOf(match).trim() : null;
  });
  const isAny = question.attributes['test'] === 'anyof';
  const usable = texts.filter((text) => text !== null && text !== '') as string[];
  const impossible = usable.length === 0 || (!isAny && usable.length < texts.length);
  const found = await search(context, impossible ? [] : isAny ? usable : [usable.join(' ')]);
  return principalsReply(context, { resource, question, request }, found);
}

/** `CS:calendarserver-principal-search`: every word, in any order; what Apple's programs complete with. */
export async function principalSearch(
  context: Context,
  resource: Resource,
  question: XmlElement,
  request: HttpRequest,
): Promise<HttpReply> {
  const tokens = childrenOf(question, calendarserver('search-token')).map((token) => textOf(token).trim());
  const text = tokens.filter(Boolean).join(' ');
  const found = await search(context, text === '' ? [] : [text]);
  return principalsReply(context, { resource, question, request }, found);
}

/** `D:principal-search-property-set` (RFC 3744 §9.5). */
export async function principalSearchPropertySet(
  _context: Context,
  _resource: Resource,
  _question: XmlElement,
  request: HttpRequest,
): Promise<HttpReply> {
  requireDepthZero(request);
  const sets = Object.entries(searchable).map(([name, words]) =>
    xml(
      dav('principal-search-property'),
      xml(dav('prop'), xml(name)) + xml(dav('description'), words, ' xml:lang="en"'),
    ),
  );
  return {
    status: 200,
    headers: { 'Content-Type': 'application/xml; charset=utf-8' },
    body: xmlDocument(dav('principal-search-property-set'), sets.join('')),
  };
}

/** `D:acl-principal-prop-set` (RFC 3744 §9.2): of the principals that an access control list names. */
export async function aclPrincipalPropSet(
  context: Context,
  resource: Resource,
  question: XmlElement,
  request: HttpRequest,
): Promise<HttpReply> {
  requireDepthZero(request);
  const entries = await accessList(context, resource);
  if (!entries) throw needPrivilege(resource.path, 'read-acl');
  const ids = new Set(entries.flatMap(({ principalId }) => principalId ?? []));
  const principals = await findPrincipals(context, [...ids]);
  return principalsReply(context, { resource, question, request }, { principals, isCut: false });
}

/** Whom a search found, and whether there are more than are told. */
type Found = { readonly principals: readonly DavPrincipal[]; readonly isCut: boolean };

async function search(context: Context, texts: readonly string[]): Promise<Found> {
  const found = new Map<string, DavPrincipal>();
  for (const text of texts) {
    const { principals } = await searchPrincipals(context, { text, position: 0, limit: mostFound + 1 });
    for (const principal of principals) found.set(principal.id, principal);
  }
  return { principals: [...found.values()].slice(0, mostFound), isCut: found.size > mostFound };
}

async function principalsReply(
  context: Context,
  asked: { readonly resource: Resource; readonly question: XmlElement; readonly request: HttpRequest },
  { principals, isCut }: Found,
): Promise<HttpReply> {
  const { minimal, headers } = readPreferences(asked.request);
  const form = { requested: readRequested(asked.question), minimal };
  const responses: string[] = [];
  for (const principal of principals)
    responses.push(await resourceResponse(context, principalResource(principal), form));
  if (isCut) responses.push(truncatedResponse(asked.resource.path));
  return wholeMultistatus(responses.join(''), headers);
}

/** The resource of a person or a group. */
export function principalResource(principal: DavPrincipal): Resource {
  return { kind: 'principal', path: paths.principal(principal.id), principal };
}
