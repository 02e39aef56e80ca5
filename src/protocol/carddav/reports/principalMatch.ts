import type { Context } from '../../../core/context.ts';
import { findPrincipals } from '../../../core/principal/findPrincipals.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { childOf, elementsOf } from '../../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../../lib/xml/xmlElement.ts';
import { listedCards, sampleOf } from '../cardTemplate.ts';
import { DavError } from '../errors.ts';
import { membersOf } from '../members.ts';
import { multistatus } from '../multistatus.ts';
import { dav, href } from '../names.ts';
import { paths } from '../paths.ts';
import { readPreferences } from '../preferences.ts';
import { propertiesOf } from '../properties/table.ts';
import { resourceResponse } from '../propstat.ts';
import type { AnswerForm } from '../propstat.ts';
import { readRequested } from '../requested.ts';
import type { Resource, ResourceKind } from '../resources.ts';
import { principalResource, requireDepthZero } from './principals.ts';

/** What has principals in it, at any depth. */
const withPrincipals: readonly ResourceKind[] = ['root', 'principals'];

/**
 * `D:principal-match` (RFC 3744 §9.3): of what is in a collection, at any depth, what is oneself (`self`), or has a
 * property that names oneself, such as `owner`.
 */
export async function principalMatch(
  context: Context,
  resource: Resource,
  question: XmlElement,
  request: HttpRequest,
): Promise<HttpReply> {
  requireDepthZero(request);
  const { minimal, headers } = readPreferences(request);
  const form: AnswerForm = { requested: readRequested(question), minimal };
  if (childOf(question, dav('self'))) return multistatus(self(context, resource, form), headers);
  const property = childOf(question, dav('principal-property'));
  const name = property && elementsOf(property)[0]?.name;
  if (name === undefined) throw new DavError(400);
  return multistatus(naming(context, resource, { name, form }), headers);
}

async function* self(context: Context, resource: Resource, form: AnswerForm): AsyncGenerator<string> {
  if (!withPrincipals.includes(resource.kind)) return;
  const [me] = await findPrincipals(context, [context.actor.principalId]);
  if (me) yield await resourceResponse(context, principalResource(me), form);
}

/** A property that is looked at, and how those are told in which it names the person. */
type Wanted = { readonly name: string; readonly form: AnswerForm };

async function* naming(context: Context, resource: Resource, wanted: Wanted): AsyncGenerator<string> {
  if (resource.kind === 'book') {
    // Whose a card is, and who may do what with it, its folder says for all of them.
    if (await namesMe(context, sampleOf(resource), wanted.name)) yield* listedCards(context, resource, wanted.form);
    return;
  }
  for await (const page of membersOf(context, resource)) {
    for (const member of page) {
      if (await namesMe(context, member, wanted.name)) yield await resourceResponse(context, member, wanted.form);
      yield* naming(context, member, wanted);
    }
  }
}

async function namesMe(context: Context, resource: Resource, name: string): Promise<boolean> {
  const property = propertiesOf(resource.kind).get(name);
  const value = await property?.read(resource as never, context);
  return typeof value === 'string' && value.includes(href(paths.principal(context.actor.principalId)));
}
