/** The tokens of a JSON Pointer (RFC 6901 §3, §4), null when it is not one. */
export function parsePointer(pointer: string): string[] | null {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return null;
  const tokens = pointer.slice(1).split('/');
  return tokens.every((token) => !/~(?![01])/u.test(token)) ? tokens.map(unescapeToken) : null;
}

// ~1 first, so that ~01 becomes ~1 and not a slash (RFC 6901 §4).
function unescapeToken(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}
