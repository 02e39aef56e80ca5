import type { HttpRequest } from '../../lib/http/http.ts';
import { DavError } from './errors.ts';
import { syncToken } from './syncToken.ts';
import type { BookResource } from './resources.ts';

type Current = { readonly etag: string } | undefined;

/** What GET demands of the card that is there: `If-Match` of whatever form of it. Throws 412. */
export function requireMatch({ headers }: HttpRequest, current: Current): void {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && !isListed(ifMatch, current)) throw new DavError(412);
}

/**
 * What a request demands of the card that is there now: `If-Match`, `If-None-Match` (RFC 9110 §13.1) and the sync tokens
 * and tags of `If` (RFC 4918 §10.4, RFC 6578 §5). Throws 412; a list of tags may hold those of converted forms, too.
 */
export function readConditions(request: HttpRequest, book: BookResource): (current: Current) => void {
  const ifNoneMatch = request.headers['if-none-match'];
  const lists = readLists(request.headers['if']);
  return (current) => {
    if (lists && !lists.some((list) => holds(list, book, current))) throw new DavError(412);
    requireMatch(request, current);
    if (ifNoneMatch !== undefined && isListed(ifNoneMatch, current)) throw new DavError(412);
  };
}

/** Whether a list of entity tags names what is there: strongly for what is kept, whatever the form it was sent in. */
export function isListed(list: string | undefined, current: Current): boolean {
  if (list === undefined || !current) return false;
  if (list.trim() === '*') return true;
  return [...list.matchAll(/(?:W\/)?"([^"]*)"/gu)].some(([, tag]) => tag!.split('~')[0] === current.etag);
}

/** The lists of `If: (<token> ["tag"])`, with or without the address that they are about; null: nothing is demanded. */
function readLists(condition: string | string[] | undefined): string[] | null {
  if (condition === undefined) return null;
  const lists = [...String(condition).matchAll(/\(((?:[^()"]|"[^"]*")*)\)/gu)].map(([, inner]) => inner!);
  if (lists.length === 0) throw new DavError(400);
  return lists;
}

/** All conditions of a list; tokens of locks are never ours, so that only `Not` makes them hold. */
function holds(list: string, { book }: BookResource, current: Current): boolean {
  return [...list.matchAll(/(Not\s+)?(?:<([^<>]*)>|\[([^\]]*)\])/giu)].every(([, not, token, tag]) => {
    const isSo = tag === undefined ? token === syncToken(book.seen.book) : isListed(tag, current);
    return isSo === (not === undefined);
  });
}
