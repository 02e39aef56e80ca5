import type { Context } from '../../../core/context.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { empty } from '../../../lib/http/reply.ts';
import { requireMatch } from '../conditions.ts';
import { DavError } from '../errors.ts';
import { carryOut, readInstructions } from '../instructions.ts';
import { wholeMultistatus } from '../multistatus.ts';
import { dav, href } from '../names.ts';
import { readPreferences } from '../preferences.ts';
import { readXmlBody } from '../readXmlBody.ts';
import type { Resource } from '../resources.ts';

/** PROPPATCH (RFC 4918 §9.2): all of it or nothing. */
export async function proppatch(context: Context, resource: Resource, request: HttpRequest): Promise<HttpReply> {
  const update = await readXmlBody(request, { rootName: dav('propertyupdate') });
  if (!update) throw new DavError(400);
  if (resource.kind === 'card') requireMatch(request, resource.card);
  const { done, propstats } = await carryOut(context, resource, readInstructions(update));
  const { minimal, headers } = readPreferences(request);
  if (done && minimal) return empty(200, headers);
  return wholeMultistatus(`<D:response>${href(resource.path)}${propstats}</D:response>\n`, headers);
}
