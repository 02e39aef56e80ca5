import type { HttpRequest } from '../../lib/http/http.ts';
import { octetsOf, readOctetText } from '../../lib/octetText.ts';
import type { OctetText } from '../../lib/octetText.ts';
import { parseXml } from '../../lib/xml/parseXml.ts';
import type { XmlElement } from '../../lib/xml/xmlElement.ts';
import { DavError } from './errors.ts';
import { readManyHrefs } from './manyHrefs.ts';

const mostOctets = 10_000_000;

/** What programs ask is the same again and again: short questions that were read lately are remembered. */
const known = new Map<string, XmlElement>();
const mostKnown = 100;
const longestKnown = 2_000;

/** The XML that a request brings, null when it brings nothing. What its Content-Type says does not matter. */
export async function readXmlBody(request: HttpRequest, rootName?: string): Promise<XmlElement | null> {
  const octets = await request.body(mostOctets);
  if (octets.every((octet) => octet === 0x20 || (octet >= 9 && octet <= 13))) return null;
  // As octets: two texts may not differ in what cannot be read.
  const text = readOctetText(octets);
  const root = text.length > longestKnown ? (readManyHrefs(text, readKnown) ?? parseXml(octets)) : readKnown(text);
  if (rootName !== undefined && root.name !== rootName) throw new DavError(400);
  return root;
}

function readKnown(text: OctetText): XmlElement {
  const found = known.get(text);
  if (found) return found;
  const root = parseXml(octetsOf(text));
  if (text.length > longestKnown) return root;
  if (known.size >= mostKnown) known.delete(known.keys().next().value!);
  known.set(text, root);
  return root;
}
