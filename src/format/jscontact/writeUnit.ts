import { makeLine, makeParam } from '../vcard/line.ts';
import { escapeText } from '../vcard/text.ts';
import type { VCardLine } from '../vcard/types.ts';
import { applyPatch, isObject, sameJson } from './json.ts';
import { defaultKey, isId } from './keys.ts';
import { fromVCardParams, groupOf } from './leftovers.ts';
import { rowsAt } from './mapping.ts';
import type { Row } from './codecs/row.ts';
import type { Json, JsonObject, VCardParams } from './types.ts';
import type { WantedUnit } from './units.ts';

/** What writing a unit needs to know about the rest of the card. */
export type WriteContext = {
  /** The group of the lines that the unit had. */
  readonly oldGroup: string | null;
  /** A group name that no line has. */
  readonly newGroup: () => string;
  readonly newAltid: () => string;
  /** The group that ties titles to an organisation, made when it is first asked for. */
  readonly organizationGroup: (id: string) => string | null;
  /** Whether titles name this organisation. */
  readonly hasTitles: (id: string) => boolean;
  /** Whether the key must be written even where the content gives it. */
  readonly namesKey: boolean;
};

/** The vCard 4.0 lines for a unit (RFC 9555 §3.1); none if vCard cannot express it. */
export function writeUnit(unit: WantedUnit, context: WriteContext): VCardLine[] {
  const key = unit.parts.at(-1)!;
  const written = rowsAt(unit.path)
    .map((row) => ({ row, lines: row.write(unit.value, key) }))
    .filter(({ lines }) => lines.length > 0);
  if (written.length === 0) return [];
  const first = written[0]!;
  const value: JsonObject = isObject(unit.value) ? unit.value : {};
  const params = isObject(value['vCardParams']) ? (value['vCardParams'] as VCardParams) : undefined;
  const isEntry = first.row.shape === 'entry';
  const group = groupFor(unit, value, groupOf(params), context);
  const lines = written.flatMap(({ row, lines: main }) => withAlternatives(row, main, unit, context));
  const extra = params && (isEntry || first.row.property === 'RELATED') ? fromVCardParams(params, first.row) : [];
  const needsKey =
    isEntry && isId(key) && (context.namesKey || key !== defaultKey(first.lines[0]!.name, first.lines[0]!.value));
  const result = lines.map((line, index): VCardLine => ({
    ...line,
    group,
    params: [
      ...(needsKey && !hasLanguage(line) && !hasPhonetic(line) ? [makeParam('PROP-ID', key)] : []),
      ...line.params,
      ...(index === 0 ? extra : []),
    ],
  }));
  const label = value['label'];
  if (!first.row.labelled || typeof label !== 'string' || label === '') return result;
  return [...result, makeLine('X-ABLabel', escapeText(label), [], group)];
}

const hasLanguage = (line: VCardLine): boolean => line.params.some((param) => param.name === 'LANGUAGE');
const hasPhonetic = (line: VCardLine): boolean => line.params.some((param) => param.name === 'PHONETIC');

function groupFor(unit: WantedUnit, value: JsonObject, asked: string | null, context: WriteContext): string | null {
  if (unit.path === 'organizations' && context.hasTitles(unit.parts.at(-1)!))
    return context.organizationGroup(unit.parts.at(-1)!);
  if (unit.path === 'titles' && typeof value['organizationId'] === 'string')
    return context.organizationGroup(value['organizationId']);
  const needsOne = typeof value['label'] === 'string' && value['label'] !== '' && rowsAt(unit.path)[0]!.labelled;
  return asked ?? context.oldGroup ?? (needsOne ? context.newGroup() : null);
}

/** Adds the lines for other languages and ties alternatives together with ALTID (RFC 9555 §2.3.1). */
function withAlternatives(row: Row, main: readonly VCardLine[], unit: WantedUnit, context: WriteContext): VCardLine[] {
  const others =
    row.localizable && isObject(unit.value)
      ? [...unit.localized].flatMap(([language, patch]) => inLanguage(row, main, unit, language, patch))
      : [];
  const all = [...main, ...others];
  if (all.length < 2) return all;
  const altid = makeParam('ALTID', context.newAltid());
  return all.map((line) => ({ ...line, params: [altid, ...line.params] }));
}

function inLanguage(
  row: Row,
  main: readonly VCardLine[],
  unit: WantedUnit,
  language: string,
  patch: Readonly<Record<string, Json>>,
): VCardLine[] {
  const localized = applyPatch(unit.value as JsonObject, patch);
  if (!localized) return [];
  return row
    .write(localized, unit.parts.at(-1)!)
    .filter((line, index) => !sameLine(line, main[index]))
    .map((line) => ({ ...line, params: [makeParam('LANGUAGE', language), ...line.params] }));
}

function sameLine(line: VCardLine, other: VCardLine | undefined): boolean {
  return (
    other !== undefined &&
    line.name === other.name &&
    line.value === other.value &&
    sameJson(line.params as unknown as Json, other.params as unknown as Json)
  );
}
