import { shownText } from './importItem.ts';
import type { ImportEntry } from './importItem.ts';

type Open = { readonly line: number; readonly start: number; depth: number };

/**
 * The cards of a vCard file, each with its own text, without reading what they say: that is done when it is its turn.
 * Text outside of cards is reported once for every stretch of it.
 */
export function* vcardEntries(given: string): Generator<ImportEntry> {
  const text = given.includes('\n') ? given : given.replaceAll('\r', '\n');
  let open: Open | undefined;
  let isOutside = false;
  let before = '';
  let number = 0;
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start < text.length;) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed + 1;
    const line = end - start < 200 ? text.slice(start, end).trim() : '';
    number += 1;
    if (/^BEGIN\s*:\s*VCARD$/iu.test(line)) {
      // vCard 2.1 §2.4.2: the card of an agent stands inside.
      if (open && /AGENT[^:]*:$/iu.test(before)) open.depth += 1;
      else {
        if (open) yield unended(text, open, start);
        open = { line: number, start, depth: 1 };
      }
      isOutside = false;
    } else if (open && /^END\s*:\s*VCARD$/iu.test(line)) {
      open.depth -= 1;
      if (open.depth === 0) {
        const vcard = text.slice(open.start, end);
        yield { line: open.line, text: shownText(vcard), problems: [], vcard };
        open = undefined;
      }
    } else if (!open && !isOutside && text.slice(start, end).trim() !== '') {
      isOutside = true;
      const shown = shownText(text.slice(start, Math.min(end, start + 400)));
      yield { problem: { line: number, reason: 'outside', isLost: true, text: shown } };
    }
    before = line;
    start = end;
  }
  if (open) yield unended(text, open, text.length);
}

function unended(text: string, { line, start }: Open, end: number): ImportEntry {
  const shown = shownText(text.slice(start, Math.min(end, start + 400)));
  return { problem: { line, reason: 'vcard', isLost: true, detail: 'END:VCARD', text: shown } };
}
