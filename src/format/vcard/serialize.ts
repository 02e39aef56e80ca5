import { hasCarets } from './contentLine.ts';
import { cleanText } from './text.ts';
import type { VCard, VCardLine, VCardParam, VCardVersion } from './types.ts';

/** Writes a card: untouched lines as they were read, the others folded at 75 bytes (RFC 6350 §3.2). */
export function serializeVCard(card: VCard): string {
  const lines = card.lines.map((line) =>
    line.raw === undefined ? foldLine(writeLine(line, card.version)) : line.raw.replace(/(?<!\r)\r*\n/g, '\r\n'),
  );
  return ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');
}

/** A line as parsing it again will give it: without what its version cannot write. */
export function settleLine(line: VCardLine, version: VCardVersion): VCardLine {
  if (line.raw !== undefined) return line;
  const settle = (param: VCardParam) =>
    hasCarets(version, param.name) ? cleanText : (value: string) => dropQuotes(cleanText(value));
  return {
    ...line,
    value: cleanText(line.value).replaceAll('\n', '\\n'),
    params: line.params.map((param) => ({ name: param.name, values: param.values.map(settle(param)) })),
  };
}

function writeLine(line: VCardLine, version: VCardVersion): string {
  const group = line.group === null ? '' : `${line.group}.`;
  const params = line.params.map((param) => `;${param.name}=${writeParamValues(param, version)}`).join('');
  return `${group}${line.name}${params}:${cleanText(line.value).replaceAll('\n', '\\n')}`;
}

// RFC 9555 §3.3 wants these quoted always.
const alwaysQuoted = new Set(['JSCOMPS', 'JSPTR']);

function writeParamValues(param: VCardParam, version: VCardVersion): string {
  const encode = hasCarets(version, param.name) ? encodeCarets : dropQuotes;
  return param.values
    .map((value) => {
      const encoded = encode(cleanText(value));
      return /[,;:]/.test(encoded) || alwaysQuoted.has(param.name.toUpperCase()) ? `"${encoded}"` : encoded;
    })
    .join(',');
}

/** RFC 6868 §3.1. */
function encodeCarets(value: string): string {
  return value.replaceAll('^', '^^').replaceAll('\n', '^n').replaceAll('"', "^'");
}

/** 3.0 has no way to write a quote or a newline in a parameter. */
function dropQuotes(value: string): string {
  return value.replaceAll('"', "'").replaceAll('\n', ' ');
}

function foldLine(line: string): string {
  if (line.length <= 25) return line;
  const pieces: string[] = [];
  let start = 0;
  let octets = 0;
  for (let index = 0; index < line.length;) {
    const code = line.codePointAt(index)!;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (octets + size > 75) {
      pieces.push(line.slice(start, index));
      start = index;
      octets = 1;
    }
    octets += size;
    index += code < 0x10000 ? 1 : 2;
  }
  pieces.push(line.slice(start));
  return pieces.join('\r\n ');
}
