/**
 * Makes text safe for a header or a label: one line, without control characters (header injection) and without
 * characters that reverse the direction of what follows (by which a name reads as another).
 */
export function oneLine(text: string, maxLength = 200): string {
  const line = text
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  const characters = [...line];
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : line;
}
