import type { Context } from '../../../core/context.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { loadDeadProperties } from '../deadProperties.ts';
import { DavError } from '../errors.ts';
import { listedCards } from '../cardTemplate.ts';
import { membersOf } from '../members.ts';
import { multistatus, wholeMultistatus } from '../multistatus.ts';
import { dav, xml } from '../names.ts';
import { readPreferences } from '../preferences.ts';
import { resourceResponse } from '../propstat.ts';
import { readRequested } from '../requested.ts';
import type { Resource } from '../resources.ts';
import { readXmlBody } from '../readXmlBody.ts';

/**
 * PROPFIND (RFC 4918 §9.1). Depth infinity is refused, as §9.1 allows; no Depth at all, which would mean infinity, is
 * read as 1: clients that leave it out want that.
 */
export async function propfind(context: Context, resource: Resource, request: HttpRequest): Promise<HttpReply> {
  const depth = String(request.headers['depth'] ?? '1')
    .trim()
    .toLowerCase();
  if (depth === 'infinity') throw new DavError(403, xml(dav('propfind-finite-depth')));
  if (depth !== '0' && depth !== '1') throw new DavError(400);
  const requested = readRequested(await readXmlBody(request, { rootName: dav('propfind') }));
  const { minimal, noRoot, headers } = readPreferences(request);
  const form = { requested, minimal, dead: await loadDeadProperties(context, requested) };
  if (depth === '0') return wholeMultistatus(await resourceResponse(context, resource, form), headers);
  return multistatus(responses(), headers);

  async function* responses(): AsyncGenerator<string> {
    if (!noRoot) yield await resourceResponse(context, resource, form);
    if (resource.kind === 'book') return yield* listedCards(context, resource, form);
    for await (const page of membersOf(context, resource)) {
      for (const member of page) yield await resourceResponse(context, member, form);
    }
  }
}
