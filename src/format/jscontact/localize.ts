import { paramValue } from '../vcard/line.ts';
import type { SourcedLine } from '../vcard/upgradeMany.ts';
import type { Arranged } from './alternatives.ts';
import { isObject, sameJson, toPointer } from './json.ts';
import type { Unit } from './unit.ts';
import type { Json, JsonObject } from './types.ts';

type Patches = Map<string, Record<string, Json>>;

/** Reads lines in other languages as patches of the card, and PHONETIC lines as sounds of its components (RFC 9555 §2.3.11, §2.3.15). */
export function readAlternatives(
  places: ReadonlyMap<Arranged, Unit>,
  arranged: readonly Arranged[],
): { localizations: JsonObject; unread: SourcedLine[] } {
  const patches: Patches = new Map();
  const unread: SourcedLine[] = [];
  let language: string | undefined;
  for (const one of arranged) {
    const unit = places.get(one);
    if (!unit) {
      unread.push(...one.localized.map(({ line }) => line), ...one.phonetic);
      continue;
    }
    const mainLanguage = paramValue(one.main.line, 'LANGUAGE');
    for (const other of one.localized) {
      if (readLocalized(unit, one, other.language, other.line, patches)) language ??= mainLanguage;
      else unread.push(other.line);
    }
    for (const line of one.phonetic) {
      if (readPhonetic(unit, one, line, patches))
        language ??= paramValue(line.line, 'LANGUAGE') === undefined ? undefined : mainLanguage;
      else unread.push(line);
    }
  }
  return {
    localizations: { ...(language === undefined ? {} : { language }), patches: Object.fromEntries(patches) },
    unread,
  };
}

function patchOf(patches: Patches, language: string): Record<string, Json> {
  const known = patches.get(language) ?? {};
  patches.set(language, known);
  return known;
}

function readLocalized(
  unit: Unit,
  { row, main }: Arranged,
  language: string,
  { line, sources }: SourcedLine,
  patches: Patches,
): boolean {
  const [original, other] = [row.read(main.line)?.[0], row.read(line)?.[0]];
  if (!isObject(original) || !isObject(other)) return false;
  const changed = Object.entries(other).filter(([property, value]) => !sameJson(original[property], value));
  if (changed.length === 0) return false;
  const patch = patchOf(patches, language);
  for (const [property, value] of changed) patch[toPointer([...unit.parts, property])] = value;
  unit.sources.push(...sources);
  return true;
}

function readPhonetic(unit: Unit, { row, main }: Arranged, { line, sources }: SourcedLine, patches: Patches): boolean {
  const components = (unit.value as JsonObject)['components'] as readonly JsonObject[] | undefined;
  if (!components || !row.readPhonetic) return false;
  const { properties, phonetics } = row.readPhonetic(line, main.line);
  if (!phonetics.some((phonetic) => phonetic !== undefined)) return false;
  const language = paramValue(line, 'LANGUAGE');
  if (language === undefined || language.toLowerCase() === paramValue(main.line, 'LANGUAGE')?.toLowerCase()) {
    if (components.some((component) => 'phonetic' in component)) return false;
    const sounding = components.map((component, index) =>
      phonetics[index] === undefined ? component : { ...component, phonetic: phonetics[index]! },
    );
    unit.value = { ...(unit.value as JsonObject), ...properties, components: sounding };
  } else {
    const patch = patchOf(patches, language);
    for (const [property, value] of Object.entries(properties)) patch[toPointer([...unit.parts, property])] = value;
    phonetics.forEach((phonetic, index) => {
      if (phonetic !== undefined) patch[toPointer([...unit.parts, 'components', String(index), 'phonetic'])] = phonetic;
    });
  }
  unit.sources.push(...sources);
  return true;
}
