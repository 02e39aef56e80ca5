/** An address as a person typed or pasted it, with the name that stood before it. */
export interface TypedAddress {
  readonly name: string | null;
  readonly email: string;
}

/** True when a text holds what separates addresses: typing or pasting it makes chips. */
export function hasSeparator(text: string): boolean {
  return /[,;\n\r\t]/.test(text);
}

/** The addresses of a text: separated by comma, semicolon, tab or line, or by blanks; each once. */
export function parseAddresses(text: string): readonly TypedAddress[] {
  const parts = splitOutside(text, /[;\n\r\t]/)
    .flatMap(splitAtCommas)
    .flatMap(splitAtBlanks);
  const addresses = parts.map(readAddress).filter(({ email }) => email !== '');
  return addresses.filter(
    ({ email }, index) => index === addresses.findIndex((other) => sameAddress(other.email, email)),
  );
}

/** Case means nothing in addresses as people have them. */
export function sameAddress(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** Splits at a separator that stands neither in quotation marks nor in angle brackets. */
function splitOutside(text: string, separator: RegExp): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let closing = '';
  for (const character of text) {
    if (closing) {
      if (character === closing) closing = '';
    } else if (separator.test(character)) {
      parts.push(part);
      part = '';
      continue;
    } else if (character === '"') closing = '"';
    else if (character === '<') closing = '>';
    part += character;
  }
  return [...parts, part];
}

/** « Lovelace, Ada <ada@…> » has a comma of its own: what lacks an address belongs to the bracketed one behind it. */
function splitAtCommas(text: string): readonly string[] {
  const parts: string[] = [];
  let name = '';
  for (const piece of splitOutside(text, /,/)) {
    const hasAddress = piece.includes('@');
    if (hasAddress && name && !piece.includes('<')) {
      parts.push(name);
      name = '';
    }
    const whole = name ? `${name},${piece}` : piece;
    if (hasAddress) parts.push(whole);
    name = hasAddress ? '' : whole;
  }
  return name.includes('@') ? [...parts, name] : [...parts, ...name.split(',')];
}

function splitAtBlanks(text: string): readonly string[] {
  const words = text.trim().split(/\s+/);
  const areAllAddresses = words.length > 1 && words.every((word) => word.indexOf('@') > 0 && !/[<>"]/.test(word));
  return areAllAddresses ? words : [text];
}

function readAddress(text: string): TypedAddress {
  const trimmed = text.trim();
  const bracketed = /^(.*)<([^<>]*)>$/su.exec(trimmed);
  const email = (bracketed?.[2] ?? trimmed).trim().replace(/^mailto:/i, '');
  const name = bracketed?.[1]
    ?.trim()
    .replace(/^"(.*)"$/s, '$1')
    .trim();
  return { name: name ? name : null, email };
}
