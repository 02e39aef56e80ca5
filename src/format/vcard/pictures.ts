import { downgradeLine } from './downgrade.ts';
import { rewriteLine, withoutParams } from './line.ts';
import { upgradeLines } from './upgrade.ts';
import type { VCard, VCardLine } from './types.ts';

const names: ReadonlySet<string> = new Set(['PHOTO', 'LOGO']);

/** Whether a line holds a picture, or says where one is. */
export function isPicture(line: VCardLine): boolean {
  return names.has(line.name.toUpperCase());
}

/** The data: URI of a picture that a line holds in whatever version; undefined: it holds none. */
export function pictureUri(line: VCardLine, version: VCard['version']): string | undefined {
  const modern = modernLine(line, version);
  return modern.value.slice(0, 5).toLowerCase() === 'data:' ? modern.value : undefined;
}

/** The line with another picture. What Apple's programs note of a crop is measured in the old one, and goes. */
export function withPicture(line: VCardLine, version: VCard['version'], uri: string): VCardLine {
  const params = withoutParams(line.params, 'X-ABCROP-RECTANGLE');
  // The old picture need not be read for this.
  const modern = modernLine(rewriteLine(line, { params, value: 'data:,' }), version);
  return pictureLine(rewriteLine(modern, { value: uri }), version);
}

/** A line with a picture as another version writes it. */
export function convertPicture(line: VCardLine, from: VCard['version'], to: VCard['version']): VCardLine {
  return from === to ? line : pictureLine(modernLine(line, from), to);
}

function pictureLine(modern: VCardLine, version: VCard['version']): VCardLine {
  return version === '4.0' ? modern : downgradeLine(modern)[0]!;
}

function modernLine(line: VCardLine, version: VCard['version']): VCardLine {
  return upgradeLines({ version, lines: [line] })[0]!.line;
}
