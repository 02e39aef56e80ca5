import type { HttpReply } from '../../../lib/http/http.ts';
import { empty } from '../../../lib/http/reply.ts';

/** What the whole door can do (RFC 4918 §10.1): no locks, so no class 2. */
const classes = [
  '1',
  '3',
  'access-control',
  'addressbook',
  'extended-mkcol',
  'calendarserver-principal-search',
  'calendarserver-principal-property-search',
  'calendarserver-sharing',
  'resource-sharing',
  'webdav-push',
].join(', ');

/** OPTIONS (RFC 9110 §9.3.7). */
export function options(allowed: readonly string[]): HttpReply {
  return empty(200, { DAV: classes, Allow: allowed.join(', ') });
}
