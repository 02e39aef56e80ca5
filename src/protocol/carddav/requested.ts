import { childOf, elementsOf } from '../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../lib/xml/xmlElement.ts';
import { DavError } from './errors.ts';
import { dav } from './names.ts';

/** Which properties a client asks for (RFC 4918 §14.20). */
export type Requested =
  | { readonly kind: 'names' }
  | { readonly kind: 'all'; readonly include: readonly XmlElement[] }
  | { readonly kind: 'some'; readonly wanted: readonly XmlElement[] };

const mostProperties = 500;

/** Reads `propname`, `allprop` (with `include`) or `prop` from a question; nothing at all is `allprop`. */
export function readRequested(question: XmlElement | null): Requested {
  if (question === null) return { kind: 'all', include: [] };
  if (childOf(question, dav('propname'))) return { kind: 'names' };
  const some = childOf(question, dav('prop'));
  const include = childOf(question, dav('include'));
  const elements = elementsOf(some ?? include ?? { ...question, children: [] });
  if (elements.length > mostProperties) throw new DavError(400);
  const wanted = [...new Map(elements.map((element) => [element.name, element])).values()];
  return some ? { kind: 'some', wanted } : { kind: 'all', include: wanted };
}
