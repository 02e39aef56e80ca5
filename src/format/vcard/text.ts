// Value escaping of RFC 6350 §3.4, which RFC 2426 §5 shares.

// Control characters have no place in a vCard value (RFC 6350 §3.3, VALUE-CHAR); TAB does.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Takes out what no vCard value can hold: control characters and halves of surrogate pairs. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(controls, '').toWellFormed();
}

/** Escapes a text for a place where commas and semicolons separate. */
export function escapeText(text: string): string {
  return cleanText(text)
    .replace(/[\\,;]/g, '\\$&')
    .replaceAll('\n', '\\n');
}

/** Undoes `escapeText`; an escape nobody defined keeps its backslash. */
export function unescapeText(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\([\\,;:nN])/g, (_, escaped: string) => (escaped === 'n' || escaped === 'N' ? '\n' : escaped));
}

/** Cuts at each separator that no backslash escapes; the parts stay escaped. */
export function splitUnescaped(value: string, separator: ',' | ';'): string[] {
  if (!value.includes('\\')) return value.split(separator);
  const parts: string[] = [];
  let start = 0;
  for (let index = 0; index < value.length; index += 1) {
    if (value[index] === '\\') index += 1;
    else if (value[index] === separator) {
      parts.push(value.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(value.slice(start));
  return parts;
}

/** The values of a comma-separated list, unescaped. */
export function readList(value: string): string[] {
  return splitUnescaped(value, ',').map(unescapeText);
}

/** Writes a comma-separated list. */
export function writeList(values: readonly string[]): string {
  return values.map(escapeText).join(',');
}

/** The components of a structured value, each a list of values. */
export function readStructured(value: string): string[][] {
  return splitUnescaped(value, ';').map(readList);
}

/** Writes a structured value whose components are lists. */
export function writeStructured(components: readonly (readonly string[])[]): string {
  return components.map(writeList).join(';');
}

/** Whether a text starts like a URI (RFC 3986 §3.1). */
export function isUri(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:[^\s\\]*$/.test(text);
}
