import { invalid } from '../../errors.ts';

/** The colours that people know, by name; any other is written `#rrggbb`. */
export const colors = {
  blue: '#5b9bf2',
  cyan: '#43eded',
  green: '#6acb9e',
  purple: '#ba86e5',
  red: '#f66666',
  yellow: '#f8fa33',
  pink: '#fe98d3',
  gray: '#bebebe',
  orange: '#fdbc55',
} as const;

/** A colour as it is kept: a name, `#rrggbb` in small letters, or null for none. */
export function readColor(color: string | null): string | null {
  if (color === null || Object.hasOwn(colors, color)) return color;
  if (/^#[0-9a-f]{6}$/i.test(color)) return color.toLowerCase();
  throw invalid('color', 'A colour is one of the known names or #rrggbb', { reason: 'colorInvalid' });
}
