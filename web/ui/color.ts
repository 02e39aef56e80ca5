import type { CSSProperties } from 'react';

/** The ten standard colours in the order of the drop-down; « Aucune » is null. */
export const colorNames = ['blue', 'cyan', 'green', 'purple', 'red', 'yellow', 'pink', 'gray', 'orange'] as const;

/** The name of a standard colour. */
export type ColorName = (typeof colorNames)[number];

/** True for one of the standard names. */
export function isColorName(color: string | null): color is ColorName {
  return colorNames.some((name) => name === color);
}

/** "#rrggbb" in small letters, from what a person typed; undefined if it is no colour. */
export function parseHexColor(text: string): string | undefined {
  const digits = text.trim().replace(/^#/, '').toLowerCase();
  if (/^[0-9a-f]{6}$/.test(digits)) return `#${digits}`;
  if (/^[0-9a-f]{3}$/.test(digits)) return `#${[...digits].map((digit) => digit + digit).join('')}`;
  return undefined;
}

/** Attributes that give an element --folder, --folder-ink and --folder-wash of a colour (a name, "#rrggbb" or null). */
export function colorAttributes(color: string | null): { 'data-folder-color': string; style: CSSProperties } {
  const value = isColorName(color) ? `var(--folder-${color})` : (color && parseHexColor(color)) || 'var(--folder-none)';
  return { 'data-folder-color': color ?? 'none', style: { '--folder': value } as CSSProperties };
}
