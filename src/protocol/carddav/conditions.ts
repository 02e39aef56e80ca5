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
 * What a request demands of the card that is there now: `If-Match`, `If-None-Match` (RFC 9110 §13.1) and, for the
 * folder, the sync tokens of `If` (RFC 6578 §5). Throws 412; a list of tags may hold those of converted forms, too.
 */
export function readConditions(request: HttpRequest, book: BookResource): (current: Current) => void {
  const ifNoneMatch = request.headers['if-none-match'];
  requireTokens(request.headers['if'], book);
  return (current) => {
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

/** `If: (<token>)` and `If: </book/> (<token>)`; conditions on locks and others are not ours and fail (RFC 4918 §10.4). */
function requireTokens(condition: string | string[] | undefined, { book }: BookResource): void {
  if (condition === undefined) return;
  const text = String(condition);
  const lists = [...text.matchAll(/\(([^()]*)\)/gu)].map(([, inner]) => inner!);
  if (lists.length === 0) throw new DavError(400);
  const holds = (list: string) =>
    [...list.matchAll(/(Not\s+)?<([^<>]*)>/giu)].every(([, not, token]) => {
      const isCurrent = token === syncToken(book.seen.book);
      return not === undefined ? isCurrent : !isCurrent;
    });
  if (!lists.some(holds)) throw new DavError(412);
}
