import type { HttpRequest } from '../../lib/http/http.ts';
import { octetsOf, readOctetText } from '../../lib/octetText.ts';
import type { OctetText } from '../../lib/octetText.ts';
import { parseXml } from '../../lib/xml/parseXml.ts';
import type { XmlElement } from '../../lib/xml/xmlElement.ts';
import { DavError } from './errors.ts';
import { readManyHrefs } from './manyHrefs.ts';

/** What a question has at most, in octets; and more addresses of cards are never needed than there may be cards. */
const mostOctets = 10_000_000;
const mostHrefs = 100_000;
/** An address of ours in its element, with room for a longer path in front and the spaces of who indents. */
const octetsOfHref = 200;
/** However many cards an account may have, nobody makes us keep more in memory at once. */
const mostOctetsEver = 100_000_000;

/** What is asked for in a body. */
type Expected = {
  readonly rootName?: string;
  /** So many cards may be asked for by their addresses: a program may ask for all that it has at once. */
  readonly cards?: number;
};

/** What programs ask is the same again and again: short questions that were read lately are remembered. */
const known = new Map<string, XmlElement>();
const mostKnown = 100;
const longestKnown = 2_000;

/** The XML that a request brings, null when it brings nothing. What its Content-Type says does not matter. */
export async function readXmlBody(
  request: HttpRequest,
  { rootName, cards = 0 }: Expected = {},
): Promise<XmlElement | null> {
  const room = Math.min(Math.max(mostOctets, cards * octetsOfHref), mostOctetsEver);
  const octets = await request.body(room);
  if (octets.every((octet) => octet === 0x20 || (octet >= 9 && octet <= 13))) return null;
  // As octets: two texts may not differ in what cannot be read.
  const text = readOctetText(octets);
  const root =
    text.length > longestKnown
      ? (readManyHrefs(text, readKnown, Math.max(mostHrefs, cards)) ?? parseXml(octets))
      : readKnown(text);
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
