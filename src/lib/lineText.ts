import { foldText } from './fold.ts';

/** Lines that nobody searches: pictures and keys, what every text has or changes each time, and texts of lines of their own. */
const silent = new Set(['BEGIN', 'END', 'VERSION', 'PRODID', 'REV', 'UID', 'PHOTO', 'LOGO', 'SOUND', 'KEY', 'AGENT']);

/** Whether the values of a property can be searched in `lineText`. */
export const isInLineText = (name: string): boolean => !silent.has(name.toUpperCase());

/** The properties by which devices mostly look for somebody; their values are short. */
const brief = new Set(['FN', 'N', 'NICKNAME', 'ORG', 'EMAIL', 'TEL']);

/** Whether the values of a property can also be searched in `briefText`. */
export const isInBriefText = (name: string): boolean => brief.has(name.toUpperCase());

/**
 * The values of content lines (RFC 6350 §3.3), unfolded, unescaped and case-folded for searching: if a value contains
 * something, this contains its folded form.
 */
export function lineText(text: string): string {
  return lineTexts(text).whole;
}

/** Like `lineText`, for a few properties. */
export function briefText(text: string): string {
  return lineTexts(text).brief;
}

/** Both at once. */
export function lineTexts(text: string): { readonly whole: string; readonly brief: string } {
  const [whole, brief]: [string[], string[]] = [[], []];
  for (const line of linesOf(text)) {
    const start = /^(?:[\w-]+\.)?([\w-]+)(?![\w-])((?:[^":]|"[^"]*")*):/.exec(line);
    const value = start ? line.slice(start[0].length) : line;
    if (!start || isInLineText(start[1]!)) whole.push(value);
    if (!start || isInBriefText(start[1]!)) brief.push(value);
  }
  return { whole: folded(whole), brief: folded(brief) };
}

// From the first of several CR: a run of them without LF is looked through once, not anew from each.
const endOfLine = /(?<!\r)\r*\n/;

/** Unfolded, whatever old programs end lines with: CR LF, LF, CR CR LF, or CR where no LF is. */
function linesOf(text: string): readonly string[] {
  const fed = text.includes('\n') ? text : text.replaceAll('\r', '\n');
  const lines = fed.replace(/(?<!\r)\r*\n[ \t]/g, '').split(endOfLine);
  if (!/QUOTED-PRINTABLE/i.test(fed)) return lines;
  // There a line goes on behind « = », too; elsewhere that ends a picture, so that both ways are kept.
  return [...lines, ...fed.replace(/=\r*\n/g, '').split(endOfLine)];
}

function folded(values: readonly string[]): string {
  return foldText(values.join('\n').replaceAll('\\', ''));
}

/**
 * A text that `lineText` contains whenever a value contains the given text under any of the collations of CardDAV; null
 * if there is none, because outside of Latin letters accents and case have rules of their own.
 */
export function lineNeedle(text: string): string | null {
  if (!/^[\u0020-\u005b\u005d-\u007e\u00a0-\u024f]+$/u.test(text)) return null;
  const needle = foldText(text);
  return needle.trim() === '' ? null : needle;
}
