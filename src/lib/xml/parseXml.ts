import { SaxesParser } from 'saxes';
import type { SaxesTagNS } from 'saxes';
import type { XmlElement } from './xmlElement.ts';

/** What somebody sent is not the XML that we read. */
export class XmlError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'XmlError';
  }
}

const mostDepth = 50;
const mostElements = 200_000;
const mostAttributes = 50;

type Open = {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: (XmlElement | string)[];
  readonly language: string | null;
};

/**
 * Reads a document into its elements: strictly, with namespaces, without a document type (so without entities of its
 * own), and no deeper or larger than any client's. Throws `XmlError`.
 */
export function parseXml(octets: Uint8Array): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const open: Open[] = [];
  let root: XmlElement | undefined;
  let count = 0;
  const addText = (text: string) => open.at(-1)?.children.push(text);

  parser.on('doctype', () => {
    throw new XmlError('A document type is not allowed');
  });
  parser.on('error', (error) => {
    throw new XmlError(error.message);
  });
  parser.on('attribute', () => {
    if (++count > mostElements) throw new XmlError('The document is too large');
  });
  parser.on('opentag', (tag) => {
    if (open.length >= mostDepth) throw new XmlError(`The elements are nested more than ${mostDepth} deep`);
    if (++count > mostElements) throw new XmlError('The document is too large');
    open.push(opened(tag, open.at(-1)?.language ?? null));
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop()!;
    const above = open.at(-1);
    if (above) above.children.push(element);
    else root = element;
  });

  parser.write(decode(octets)).close();
  if (!root) throw new XmlError('The document is empty');
  return root;
}

function opened(tag: SaxesTagNS, outer: string | null): Open {
  const all = Object.values(tag.attributes);
  if (all.length > mostAttributes) throw new XmlError(`An element has more than ${mostAttributes} attributes`);
  const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
  let language = outer;
  for (const { uri, local, prefix, value } of all) {
    if (prefix === 'xmlns' || (prefix === '' && local === 'xmlns')) continue;
    if (prefix === 'xml' && local === 'lang') language = value;
    else attributes[uri === '' ? local : `{${uri}}${local}`] = value;
  }
  return { name: tag.uri === '' ? tag.local : `{${tag.uri}}${tag.local}`, attributes, children: [], language };
}

/** UTF-8 or UTF-16 by its mark (XML 1.0 §4.3.3), strictly. */
function decode(octets: Uint8Array): string {
  const [first, second] = octets;
  const encoding =
    (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)
      ? 'utf-16be'
      : (first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)
        ? 'utf-16le'
        : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(octets);
    return withoutEncoding(text);
  } catch {
    throw new XmlError('The document is neither UTF-8 nor UTF-16');
  }
}

/** Honest declarations have fifty characters. */
const longestDeclaration = 300;

/**
 * What the declaration calls the encoding no longer matters once it is text. It is looked for in the first few characters
 * alone: in a text of nothing but blanks the search would begin anew at each of them.
 */
function withoutEncoding(text: string): string {
  const start = text.slice(0, longestDeclaration);
  return start.replace(/^(<\?xml[^>]*?)\s+encoding=("[^"]*"|'[^']*')/u, '$1') + text.slice(longestDeclaration);
}
