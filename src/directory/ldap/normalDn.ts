import { normalize } from '../../lib/unicode/normalize.ts';

/**
 * One spelling for each distinguished name (RFC 4514): servers write the same one with other case, spaces and escapes
 * in an entry and in the groups that name it. Null: this is none.
 */
export function normalDn(text: string): string | null {
  const parts: string[] = [];
  for (const part of splitAt(text, /[,;]/u)) {
    const pairs = splitAt(part, /\+/u).map(normalPair);
    if (pairs.includes(null)) return null;
    parts.push(pairs.toSorted().join('+'));
  }
  return parts.join(',');
}

/** Cuts at a separator that is neither escaped nor between quotes. */
function splitAt(text: string, separator: RegExp): string[] {
  const parts = [''];
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index]!;
    if (char === '\\') {
      parts[parts.length - 1] += char + (text[index + 1] ?? '');
      index += 1;
    } else if (char === '"') {
      isQuoted = !isQuoted;
      parts[parts.length - 1] += char;
    } else if (!isQuoted && separator.test(char)) {
      parts.push('');
    } else {
      parts[parts.length - 1] += char;
    }
  }
  return parts;
}

function normalPair(pair: string): string | null {
  const match = /^\s*(?:oid\.)?([a-z][a-z\d-]*|\d+(?:\.\d+)*)\s*=\s*(.*)$/isu.exec(pair);
  if (!match) return null;
  const value = normalize(unescaped(withoutEnd(match[2]!)), 'NFC')
    .toLowerCase()
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return `${match[1]!.toLowerCase()}=${value.replaceAll(/[\\,+;="<>#]/gu, '\\$&')}`;
}

/** Spaces at the end do not count, unless the last one is escaped. */
function withoutEnd(value: string): string {
  const cut = value.trimEnd();
  return /(?:^|[^\\])(?:\\\\)*\\$/u.test(cut) ? `${cut} ` : cut;
}

/** `\2C`, `\,` and quotes undone; octets in hex are UTF-8. */
function unescaped(value: string): string {
  const inner = /^"(.*)"$/su.exec(value)?.[1] ?? value;
  return inner.replaceAll(/((?:\\[\da-f]{2})+)|\\(.)/gisu, (_, hex: string | undefined, char: string) =>
    hex === undefined ? char : Buffer.from(hex.replaceAll('\\', ''), 'hex').toString('utf8'),
  );
}
