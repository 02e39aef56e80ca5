import { homeViewer, readHome } from '../../core/addressbook/homeState.ts';
import type { Context } from '../../core/context.ts';
import type { HttpRequest } from '../../lib/http/http.ts';
import { httpDate, readHttpDate } from '../../lib/utcDate.ts';
import { DavError } from './errors.ts';
import type { BookResource, Resource } from './resources.ts';
import { syncToken, writeHomeToken } from './syncToken.ts';

type Current = { readonly etag: string; readonly updated: string } | undefined;

/** What GET demands of the card that is there: `If-Match` of whatever form of it. Throws 412. */
export function requireMatch({ headers }: HttpRequest, current: Pick<NonNullable<Current>, 'etag'> | undefined): void {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && !isListed(ifMatch, current, 'strong')) throw new DavError(412);
}

/**
 * What a request demands of the card that is there now: `If-Match`, `If-None-Match`, `If-Unmodified-Since` (RFC 9110
 * §13.1) and the sync tokens and tags of `If` (RFC 4918 §10.4, RFC 6578 §5). Throws 412; a list of tags may hold those of
 * converted forms, too.
 */
export function readConditions(request: HttpRequest, { book }: BookResource): (current: Current) => void {
  const { headers } = request;
  const ifNoneMatch = headers['if-none-match'];
  const lists = readLists(headers['if']);
  return (current) => {
    const token = syncToken(book.seen.book);
    if (lists && !lists.some((list) => holds(list, token, current))) throw new DavError(412);
    requireMatch(request, current);
    if (headers['if-match'] === undefined && current && isModified(headers['if-unmodified-since'], current))
      throw new DavError(412);
    if (ifNoneMatch !== undefined && isListed(ifNoneMatch, current)) throw new DavError(412);
  };
}

/**
 * What a request demands of a collection before it is changed, or of one that is to be made in the home (undefined): it may
 * have a sync token, but has no tags. Throws 412. What is POSTed to a folder is another resource: of that only `If` speaks.
 */
export async function requireCollection(
  context: Context,
  { method, headers }: HttpRequest,
  resource: Resource | undefined,
): Promise<void> {
  const lists = readLists(headers['if']);
  if (lists) {
    const token = await tokenOf(context, resource);
    if (!lists.some((list) => holds(list, token, undefined))) throw new DavError(412);
  }
  if (method === 'POST') return;
  const isThere = (list: string) => resource !== undefined && list.trim() === '*';
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  if (ifMatch !== undefined && !isThere(ifMatch)) throw new DavError(412);
  if (ifNoneMatch !== undefined && isThere(ifNoneMatch)) throw new DavError(412);
}

async function tokenOf(context: Context, resource: Resource | undefined): Promise<string | null> {
  if (resource?.kind === 'book') return syncToken(resource.book.seen.book);
  if (resource && resource.kind !== 'home') return null;
  return writeHomeToken(homeViewer(context), (await readHome(context)).seq);
}

/** RFC 9110 §13.1.4, to the second, as dates are told; what is no date demands nothing. */
function isModified(condition: string | undefined, { updated }: NonNullable<Current>): boolean {
  const since = readHttpDate(condition?.trim() ?? '');
  return since !== null && Date.parse(httpDate(updated)) > since.getTime();
}

/**
 * Whether a list of entity tags names what is kept, whatever the form it was sent in. Compared strongly, as RFC 9110
 * §13.1.1 demands of `If-Match`, weak tags name nothing.
 */
export function isListed(
  list: string | undefined,
  current: Pick<NonNullable<Current>, 'etag'> | undefined,
  comparison: 'strong' | 'weak' = 'weak',
): boolean {
  if (list === undefined || !current) return false;
  if (list.trim() === '*') return true;
  const isMeant = (weakness: string | undefined) => comparison === 'weak' || weakness === undefined;
  return [...list.matchAll(/(W\/)?"([^"]*)"/gu)].some(
    ([, weakness, tag]) => isMeant(weakness) && tag!.split('~')[0] === current.etag,
  );
}

/** The lists of `If: (<token> ["tag"])`, with or without the address that they are about; null: nothing is demanded. */
function readLists(condition: string | string[] | undefined): string[] | null {
  if (condition === undefined) return null;
  const lists = [...String(condition).matchAll(/\(((?:[^()"]|"[^"]*")*)\)/gu)].map(([, inner]) => inner!);
  if (lists.length === 0) throw new DavError(400);
  return lists;
}

/** All conditions of a list; tokens of locks are never ours, so that only `Not` makes them hold. */
function holds(list: string, ours: string | null, current: Current): boolean {
  return [...list.matchAll(/(Not\s+)?(?:<([^<>]*)>|\[([^[\]]*)\])/giu)].every(([, not, token, tag]) => {
    const isSo = tag === undefined ? token === ours : isListed(tag, current);
    return isSo === (not === undefined);
  });
}
