import { colors } from '../../core/addressbook/colors.ts';

/** A folder's colour as clients write it; null: it has none. */
export function colorText(color: string | null): string | null {
  if (color === null) return null;
  const known = Object.entries(colors).find(([name]) => name === color);
  return `${(known?.[1] ?? color).toUpperCase()}FF`;
}

/** What a client writes, with or without an opacity, as a folder keeps it: by name where it has one. */
export function readColorText(text: string): string {
  const [, hex] = /^\s*(#[0-9a-f]{6})(?:[0-9a-f]{2})?\s*$/iu.exec(text) ?? [];
  if (hex === undefined) return text.trim();
  const known = Object.entries(colors).find(([, value]) => value === hex.toLowerCase());
  return known?.[0] ?? hex.toLowerCase();
}
