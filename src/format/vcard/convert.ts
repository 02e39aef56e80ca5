import { downgradeLine } from './downgrade.ts';
import { makeLine, makeParam, paramValue, rewriteLine, valueType, withoutParams } from './line.ts';
import { settleLine } from './serialize.ts';
import { escapeText, readStructured, splitUnescaped, unescapeText } from './text.ts';
import { upgradeLines } from './upgrade.ts';
import type { VCard, VCardLine } from './types.ts';

/** The same card in another version, for a client that asks for it; untouched when it has that version. */
export function convertVCard(card: VCard, version: '3.0' | '4.0'): VCard {
  if (card.version === version) return card;
  const modern = upgradeLines(card)
    .map(({ line }) => line)
    .filter((line) => line.name.toUpperCase() !== 'VERSION');
  const lines = version === '4.0' ? modern : modern.flatMap(olderLines);
  const named = withFormattedName(
    version === '4.0' ? tiePhonetics(lines.filter((line) => !isDerivedName(line))) : withName(lines),
  );
  return {
    version,
    lines: [makeLine('VERSION', version), ...named.map((line) => settleLine(rewriteLine(line, {}), version))],
  };
}

const isNamed = (name: string) => (line: VCardLine) => line.name.toUpperCase() === name;
const isDerivedName = (line: VCardLine) => isNamed('N')(line) && paramValue(line, 'DERIVED')?.toLowerCase() === 'true';

/** RFC 9554 §4.6: a name and the line that says how it sounds have one ALTID. */
function tiePhonetics(lines: readonly VCardLine[]): VCardLine[] {
  const names = lines.filter(isNamed('N'));
  if (!names.some((line) => paramValue(line, 'PHONETIC')) || names.some((line) => paramValue(line, 'ALTID')))
    return [...lines];
  return lines.map((line) =>
    isNamed('N')(line) ? rewriteLine(line, { params: [makeParam('ALTID', '1'), ...line.params] }) : line,
  );
}

/** What 3.0 programs are given for a 4.0 line. */
export function olderLines(line: VCardLine): VCardLine[] {
  return forOldClients(line).flatMap(downgradeLine);
}

/** What 3.0 programs would show to people or fail on: tel: URIs, and components they do not know. */
function forOldClients(line: VCardLine): VCardLine[] {
  const name = line.name.toUpperCase();
  if (name === 'TEL' && valueType(line) === 'uri') {
    const number = /^tel:([^;]+)$/i.exec(line.value)?.[1];
    return [
      number ? rewriteLine(line, { params: withoutParams(line.params, 'VALUE'), value: escapeText(number) }) : line,
    ];
  }
  // RFC 9554 §2 has writers repeat the newer components in the older ones.
  if (name === 'ADR') return [rewriteLine(line, { value: splitUnescaped(line.value, ';').slice(0, 7).join(';') })];
  if (name === 'N') return [rewriteLine(line, { value: splitUnescaped(line.value, ';').slice(0, 5).join(';') })];
  return [line];
}

/** 3.0 needs N (RFC 2426 §3.1.2); one made from FN says that it is derived. */
export function withName(lines: readonly VCardLine[]): VCardLine[] {
  if (lines.some(isNamed('N'))) return [...lines];
  const full = lines.find(isNamed('FN'));
  const isPerson = full && paramValue(full, 'DERIVED')?.toLowerCase() !== 'true';
  const name = makeLine('N', `;${isPerson ? escapeText(unescapeText(full.value)) : ''};;;`, [
    makeParam('DERIVED', 'TRUE'),
  ]);
  return [...lines.filter(isNamed('VERSION')), name, ...lines.filter((line) => !isNamed('VERSION')(line))];
}

/** Both versions need FN; the parts of N, the organisation or the first address can stand for it. */
export function withFormattedName(lines: readonly VCardLine[]): VCardLine[] {
  if (lines.some(isNamed('FN'))) return [...lines];
  const name = lines.find(isNamed('N'));
  const [family = [], given = [], additional = [], prefix = [], suffix = []] = name ? readStructured(name.value) : [];
  const parts = [...prefix, ...given, ...additional, ...family, ...suffix].filter((part) => part !== '');
  const other = ['ORG', 'NICKNAME', 'EMAIL', 'TEL']
    .map((property) => lines.find(isNamed(property)))
    .find((line) => line && line.value !== '');
  const text =
    parts.join(' ') ||
    (other
      ? readStructured(other.value)
          .flat()
          .find((part) => part !== '')
      : '') ||
    '';
  return [makeLine('FN', escapeText(text), [makeParam('DERIVED', 'TRUE')]), ...lines];
}
