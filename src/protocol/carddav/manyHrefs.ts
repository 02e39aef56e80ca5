import { elementsOf } from '../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../lib/xml/xmlElement.ts';

type Run = { readonly hrefs: readonly string[]; readonly rest: string };

/**
 * Reads a question that ends with many addresses (`addressbook-multiget`): what is around them is read as XML, strictly,
 * with one of them left; the others are the same element again and again, and to read each would take half as long as to
 * answer. null: it is not as plain as that, or there are more than `most`. `text` and what `read` is given: octets, one letter for each.
 */
export function readManyHrefs(text: string, read: (rest: string) => XmlElement, most: number): XmlElement | null {
  const run = findRun(text, most);
  if (!run) return null;
  const root = read(run.rest);
  const sample = elementsOf(root).at(-1);
  // The one that was left is empty, and the last in the root itself.
  if (sample?.children.length !== 0 || !sample.name.endsWith('}href')) return null;
  const elements = run.hrefs.map((href) => ({ ...sample, children: [href] }));
  return { ...root, children: [...root.children.filter((child) => child !== sample), ...elements] };
}

function findRun(text: string, most: number): Run | null {
  // In a comment or a CDATA section it would not be what it looks like.
  if (text.includes('<!')) return null;
  const first = /<((?:[\w.-]+:)?href)>/.exec(text);
  if (!first) return null;
  const [open, name] = first;
  const close = `</${name}>`;
  const tail = text.lastIndexOf('</');
  const hrefs: string[] = [];
  let at = first.index;
  while (at < tail && hrefs.length < most) {
    if (!text.startsWith(open, at)) return null;
    const end = text.indexOf('<', at + open.length);
    const href = text.slice(at + open.length, end);
    if (!text.startsWith(close, end) || !/^[ -%'-;=?-~]*$/.test(href)) return null;
    hrefs.push(href);
    at = end + close.length;
    while (isSpace(text.charCodeAt(at))) at += 1;
  }
  if (at !== tail) return null;
  return { hrefs, rest: text.slice(0, first.index) + open + close + text.slice(tail) };
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
