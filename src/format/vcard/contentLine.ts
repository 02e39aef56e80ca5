import { VCardError, type VCardLine, type VCardParam, type VCardVersion } from './types.ts';

const maxParams = 100;

// RFC 6868 belongs to 4.0. These came later still and are written with carets wherever they stand.
const caretParams = new Set([
  'JSCOMPS',
  'JSPTR',
  'LABEL',
  'SORT-AS',
  'AUTHOR-NAME',
  'USERNAME',
  'SERVICE-TYPE',
  'PROP-ID',
]);

const bareEncodings = new Set(['QUOTED-PRINTABLE', 'BASE64', '7BIT', '8BIT', 'B']);

/** Whether a parameter's values are written with the carets of RFC 6868. */
export function hasCarets(version: VCardVersion, name: string): boolean {
  return version === '4.0' || caretParams.has(name.toUpperCase());
}

/** Reads one unfolded content line (RFC 6350 §3.3, with the bare parameters of 2.1). */
export function readContentLine(text: string, number: number, version: VCardVersion): Omit<VCardLine, 'raw'> {
  let position = text.search(/[;:]/);
  if (position < 0) throw new VCardError(number, 'a property needs a colon before its value.');
  const { group, name } = splitName(text.slice(0, position).trim(), number);
  const params: VCardParam[] = [];
  while (text[position] === ';') {
    const param = readParam(text, position + 1, number, version);
    if (param.param) params.push(param.param);
    if (params.length > maxParams) throw new VCardError(number, `a property has more than ${maxParams} parameters.`);
    position = param.next;
  }
  if (text[position] !== ':') throw new VCardError(number, 'a property needs a colon before its value.');
  return { group, name, params, value: text.slice(position + 1) };
}

function splitName(text: string, number: number): { group: string | null; name: string } {
  const dot = text.indexOf('.');
  const name = text.slice(dot + 1);
  if (name === '' || /\s/.test(text)) throw new VCardError(number, 'a property name is missing or has spaces in it.');
  return { group: dot > 0 ? text.slice(0, dot) : null, name };
}

function readParam(
  text: string,
  start: number,
  number: number,
  version: VCardVersion,
): { param?: VCardParam; next: number } {
  let position = start;
  while (position < text.length && !'=;:'.includes(text[position]!)) position += 1;
  const name = text.slice(start, position).trim();
  if (text[position] !== '=') {
    if (name === '') return { next: position };
    // TEL;HOME;VOICE: in 2.1 the name of TYPE and ENCODING may be left out.
    return {
      param: { name: bareEncodings.has(name.toUpperCase()) ? 'ENCODING' : 'TYPE', values: [name] },
      next: position,
    };
  }
  const values: string[] = [];
  do {
    const from = position + 1;
    if (text[from] === '"') {
      const close = text.indexOf('"', from + 1);
      if (close < 0) throw new VCardError(number, 'a quoted parameter value has no closing quote.');
      position = close + 1;
      // Text between the closing quote and the next separator is nobody's: tolerated, dropped.
      while (position < text.length && !',;:'.includes(text[position]!)) position += 1;
      values.push(text.slice(from + 1, close));
    } else {
      position = from;
      while (position < text.length && !',;:'.includes(text[position]!)) position += 1;
      values.push(text.slice(from, position));
    }
  } while (text[position] === ',');
  return { param: { name, values: hasCarets(version, name) ? values.map(decodeCarets) : values }, next: position };
}

function decodeCarets(value: string): string {
  if (!value.includes('^')) return value;
  return value.replace(/\^([n'^])/g, (_, mark: string) => (mark === 'n' ? '\n' : mark === "'" ? '"' : '^'));
}
