import type { Context } from '../../../core/context.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { DavError } from '../errors.ts';
import type { Resource } from '../resources.ts';
import { addMember } from './put.ts';

/** POST to an address book: a new card (RFC 5995 §3.2.2). */
export async function post(context: Context, resource: Resource, request: HttpRequest): Promise<HttpReply> {
  if (resource.kind !== 'book') throw new DavError(405);
  return addMember(context, resource, request);
}
