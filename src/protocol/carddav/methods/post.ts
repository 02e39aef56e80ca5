import type { Context } from '../../../core/context.ts';
import { BodyTooLarge } from '../../../lib/http/http.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { DavError } from '../errors.ts';
import { readXmlBody } from '../readXmlBody.ts';
import type { Resource } from '../resources.ts';
import { posts } from '../sharing/posts.ts';
import { addMember } from './put.ts';

const mostOctets = 10_000_000;

/** POST: to an address book a new card (RFC 5995 §3.2.2), else a question in XML. */
export async function post(context: Context, resource: Resource, request: HttpRequest): Promise<HttpReply> {
  const octets = await request.body(Math.max(mostOctets, context.settings.maxCardSize));
  const body = async (limit: number) => {
    if (octets.length > limit) throw new BodyTooLarge(limit);
    return octets;
  };
  const again = { ...request, body };
  // By what it is, whatever its Content-Type says: clients send cards as XML.
  if (resource.kind === 'book' && !/^\s*</u.test(Buffer.from(octets.subarray(0, 200)).toString()))
    return addMember(context, resource, again);
  const question = await readXmlBody(again);
  if (!question) throw new DavError(400);
  const answer = posts[question.name];
  if (!answer) throw new DavError(403);
  return answer(context, resource, question);
}
