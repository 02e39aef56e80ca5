// Zimbra's colours by their numbers; ours bear the same names.
const names = [null, 'blue', 'cyan', 'green', 'purple', 'red', 'yellow', 'pink', 'gray', 'orange'] as const;
const isRgb = 0x1000000;

/** The colour of a number: one of ten, or with a bit above its 24 for a colour of one's own. Null: none. */
export function colorOf(number: number): string | null {
  if (!Number.isInteger(number) || number < 0) return null;
  if (number >= isRgb) return `#${(number % isRgb).toString(16).padStart(6, '0')}`;
  return names[number] ?? null;
}

/** The colour that SOAP says: `rgb` for one's own, else `color`. */
export function colorSaid(rgb: unknown, color: unknown): string | null {
  if (typeof rgb === 'string' && /^#[0-9a-f]{6}$/iu.test(rgb)) return rgb.toLowerCase();
  return color === undefined ? null : colorOf(Number(color));
}
