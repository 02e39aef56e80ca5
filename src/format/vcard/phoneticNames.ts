import { makeLine, makeParam, paramValue } from './line.ts';
import { escapeText, readStructured, unescapeText, writeStructured } from './text.ts';
import type { VCardLine } from './types.ts';
import { isNamed, type SourcedLine } from './upgradeMany.ts';

// In the order of the components of N that they sound.
const properties = ['X-PHONETIC-LAST-NAME', 'X-PHONETIC-FIRST-NAME', 'X-PHONETIC-MIDDLE-NAME'];

// RFC 9554 §4.6 wants the script named where the phonetic system is unknown.
const scripts: readonly [letters: RegExp, script: string][] = [
  [/\p{Script=Hiragana}/u, 'Hira'],
  [/\p{Script=Katakana}/u, 'Kana'],
  [/\p{Script=Bopomofo}/u, 'Bopo'],
  [/\p{Script=Hangul}/u, 'Hang'],
  [/\p{Script=Han}/u, 'Hani'],
  [/\p{Script=Cyrillic}/u, 'Cyrl'],
  [/\p{Script=Greek}/u, 'Grek'],
  [/\p{Script=Latin}/u, 'Latn'],
];
const undetermined = 'Zyyy';

/** Makes one N with PHONETIC of the lines in which Apple, Google and Android write how a name sounds. */
export function liftPhoneticNames(lines: readonly SourcedLine[]): SourcedLine[] {
  const spoken = properties.map((property) => lines.filter(isNamed(property)));
  if (spoken.every((found) => found.length === 0)) return [...lines];
  const names = lines.filter(isNamed('N'));
  if (names.length !== 1 || spoken.some((found) => found.length > 1)) return [...lines];
  const name = names[0]!;
  const values = readStructured(name.line.value);
  // A sound belongs to a component: one that is empty has none (RFC 9554 §4.6).
  const used = spoken.map(([one], at) => (one && one.line.value !== '' && values[at]?.[0] ? one : undefined));
  const texts = used.map((one) => (one ? unescapeText(one.line.value) : ''));
  const sources = used.flatMap((one) => one?.sources ?? []);
  if (sources.length === 0) return [...lines];
  const script = scripts.find(([letters]) => letters.test(texts.join('')))?.[1] ?? undetermined;
  const params = [makeParam('PHONETIC', 'script'), makeParam('SCRIPT', script)];
  const line = makeLine('N', writeStructured([...texts.map((text) => [text]), [], []]), params);
  return lines.flatMap((entry) => (entry === name ? [entry, { line, sources }] : used.includes(entry) ? [] : [entry]));
}

/** The lines in which 3.0 programs look for the sounds of a name; none when they cannot say it. */
export function downgradePhoneticName(line: VCardLine): VCardLine[] {
  const values = readStructured(line.value);
  const isSayable =
    paramValue(line, 'PHONETIC')?.toLowerCase() === 'script' &&
    paramValue(line, 'LANGUAGE') === undefined &&
    values.every((component, at) => component.length < 2 && (at < properties.length || !component[0]));
  if (!isSayable) return [];
  return properties.flatMap((property, at) => (values[at]?.[0] ? [makeLine(property, escapeText(values[at][0]))] : []));
}
