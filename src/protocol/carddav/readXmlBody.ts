import type { HttpRequest } from '../../lib/http/http.ts';
import { parseXml } from '../../lib/xml/parseXml.ts';
import type { XmlElement } from '../../lib/xml/xmlElement.ts';
import { DavError } from './errors.ts';

const mostOctets = 10_000_000;

/** The XML that a request brings, null when it brings nothing. What its Content-Type says does not matter. */
export async function readXmlBody(request: HttpRequest, rootName?: string): Promise<XmlElement | null> {
  const octets = await request.body(mostOctets);
  if (octets.every((octet) => octet === 0x20 || (octet >= 9 && octet <= 13))) return null;
  const root = parseXml(octets);
  if (rootName !== undefined && root.name !== rootName) throw new DavError(400);
  return root;
}
