import type { Context } from '../../../core/context.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { parseXml } from '../../../lib/xml/parseXml.ts';
import { childOf, childrenOf, elementsOf, textOf } from '../../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../../lib/xml/xmlElement.ts';
import { DavError } from '../errors.ts';
import { wholeMultistatus } from '../multistatus.ts';
import { dav, declarations, xml } from '../names.ts';
import { readPreferences } from '../preferences.ts';
import { propertiesOf } from '../properties/table.ts';
import { resourceResponse, statusResponse } from '../propstat.ts';
import type { Resource } from '../resources.ts';
import { findResource } from '../tree.ts';

const mostDepth = 5;
const mostResponses = 1000;

/** What may stand in the answer: a name without a prefix (Namespaces in XML §3), in a namespace that ours can be told with. */
const nameForm = /^[\p{L}_][\p{L}\p{M}\p{N}_.·-]*$/u;

type Asked = { readonly name: string; readonly inside: readonly Asked[] };

/** `D:expand-property` (RFC 3253 §3.8): hrefs in properties are replaced by what is asked of their resources. */
export async function expandProperty(
  context: Context,
  resource: Resource,
  question: XmlElement,
  request: HttpRequest,
): Promise<HttpReply> {
  const { minimal, headers } = readPreferences(request);
  const budget = { left: mostResponses };
  return wholeMultistatus(
    await respond(context, resource, { asked: readAsked(question, 0), minimal, budget }),
    headers,
  );
}

type Expansion = {
  readonly asked: readonly Asked[];
  readonly minimal: boolean;
  /** Together: groups of groups could ask for more than anybody reads. */
  readonly budget: { left: number };
};

async function respond(context: Context, resource: Resource, { asked, minimal, budget }: Expansion): Promise<string> {
  const expanded = new Map<string, string>();
  for (const { name, inside } of asked) {
    if (inside.length === 0) continue;
    const value = await propertiesOf(resource.kind)
      .get(name)
      ?.read(resource as never, context);
    if (typeof value !== 'string') continue;
    let responses = '';
    for (const path of hrefsIn(value)) {
      if (budget.left-- <= 0) throw new DavError(507, xml(dav('number-of-matches-within-limits')));
      const there = await findResource(context, path);
      responses += there
        ? await respond(context, there, { asked: inside, minimal, budget })
        : statusResponse(path, '404 Not Found');
    }
    expanded.set(name, responses);
  }
  const wanted = asked.map(({ name }) => ({ name, attributes: {}, children: [], language: null }));
  return resourceResponse(context, resource, { requested: { kind: 'some', wanted }, minimal }, (name) =>
    expanded.get(name),
  );
}

function readAsked(element: XmlElement, depth: number): Asked[] {
  if (depth > mostDepth) throw new DavError(400);
  return childrenOf(element, dav('property')).map((child) => {
    const { name, namespace = 'DAV:' } = child.attributes;
    if (name === undefined || !nameForm.test(name) || /[{}]/.test(namespace)) throw new DavError(400);
    return { name: namespace === '' ? name : `{${namespace}}${name}`, inside: readAsked(child, depth + 1) };
  });
}

function hrefsIn(value: string): string[] {
  const root = parseXml(new TextEncoder().encode(xml(dav('prop'), value, declarations)));
  const paths = elementsOf(root).flatMap((child) => (child.name === dav('href') ? [textOf(child)] : nested(child)));
  return paths.filter((path) => path.startsWith('/'));
}

function nested(element: XmlElement): string[] {
  const href = childOf(element, dav('href'));
  return href ? [textOf(href)] : [];
}
