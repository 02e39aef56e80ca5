import { withFormattedName, withName } from './convert.ts';
import { makeLine } from './line.ts';
import { parseVCard } from './parse.ts';
import { serializeVCard } from './serialize.ts';
import { splitUnescaped } from './text.ts';
import { VCardError } from './types.ts';
import type { VCard, VCardLine } from './types.ts';

/** The text of one card as it will be kept, and what it says; `isRead`: as it was read from this very text. */
export type ReadyCard = { readonly card: VCard; readonly text: string; readonly isRead: boolean };

/**
 * Reads the one card that a client sends and makes whole what programs are known to leave out: VERSION, UID, the N of
 * 3.0, FN, and control characters that no reader of XML could be given. A card that has everything keeps its octets.
 * `strict`: what would have to be made whole is refused. Throws a VCardError.
 */
export function repairVCard(
  given: string,
  { strict, newUid }: { readonly strict: boolean; readonly newUid: () => string },
): ReadyCard {
  const clean = given.replace(unwritable, '');
  const card = parseVCard(clean);
  // Cards of 2.1 are not kept: whoever asks for them refuses them by their version.
  if (card.version === '2.1') return { card, text: clean, isRead: true };
  const lines = complete(card, newUid);
  const isWhole = clean === given && lines === card.lines;
  if (strict && !(isWhole && isRegular(card))) throw new VCardError(1, 'the card is not as its version wants it.');
  if (lines === card.lines) return { card, text: clean, isRead: true };
  const repaired = { ...card, lines };
  return { card: repaired, text: serializeVCard(repaired), isRead: false };
}

// RFC 6350 §3.3 and XML 1.0 §2.2: what neither a vCard nor the answer to a report can hold.
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/gu;

const named = (name: string) => (line: VCardLine) =>
  line.name.length === name.length && line.name.toUpperCase() === name;

/** The same lines where nothing is missing. */
function complete(card: VCard, newUid: () => string): readonly VCardLine[] {
  let { lines } = card;
  const has = (name: string) => lines.some(named(name));
  if (!has('VERSION')) lines = [makeLine('VERSION', card.version), ...lines];
  if (!lines.some((line) => named('UID')(line) && line.value.trim() !== ''))
    lines = [...lines.filter((line) => !named('UID')(line)), makeLine('UID', newUid())];
  if (card.version === '3.0' && !has('N') && !has('FN')) throw new VCardError(1, 'a card needs a name: N or FN.');
  if (!has('FN')) lines = withFormattedName(lines);
  if (card.version === '3.0' && !has('N')) lines = withName(lines);
  return versionFirst(lines);
}

/** RFC 6350 §6.7.9. Only lines that were added can have come before it. */
function versionFirst(lines: readonly VCardLine[]): readonly VCardLine[] {
  const [first] = lines;
  if (!first || first.raw !== undefined || named('VERSION')(first)) return lines;
  return [...lines.filter(named('VERSION')), ...lines.filter((line) => !named('VERSION')(line))];
}

/** RFC 2426 §3.1.2: five parts of a name. */
function isRegular({ version, lines }: VCard): boolean {
  const name = lines.find(named('N'));
  const parts = name ? splitUnescaped(name.value, ';').length : 5;
  return version === '4.0' ? parts === 5 || parts === 7 : parts === 5;
}
