import { makeLine, makeParam, paramValue } from '../../vcard/line.ts';
import { readStructured, writeStructured } from '../../vcard/text.ts';
import type { VCardLine } from '../../vcard/types.ts';
import type { PlacedComponent, Slot } from './components.ts';
import type { PhoneticReading } from './row.ts';
import type { JsonObject } from '../types.ts';

/** What a PHONETIC line says about components whose places are known (RFC 9555 §2.3.15). */
export function readPhoneticOf(line: VCardLine, slots: readonly (Slot | undefined)[]): PhoneticReading {
  const values = readStructured(line.value);
  const system = paramValue(line, 'PHONETIC')?.toLowerCase();
  const script = paramValue(line, 'SCRIPT');
  return {
    properties: {
      ...(system && system !== 'script' ? { phoneticSystem: system } : {}),
      ...(script ? { phoneticScript: script } : {}),
    },
    phonetics: slots.map((slot) => (slot ? values[slot.at]?.[slot.index] || undefined : undefined)),
  };
}

/** The second line that says how the components of a first one sound. */
export function phoneticLine(
  main: VCardLine,
  object: JsonObject,
  placed: readonly (PlacedComponent | undefined)[],
  size: number,
): VCardLine[] {
  if (!placed.some((component) => component?.phonetic)) return [];
  const values: string[][] = Array.from({ length: size }, () => []);
  for (const component of placed) if (component) values[component.at]![component.index] = component.phonetic ?? '';
  const { phoneticSystem, phoneticScript } = object;
  const params = [
    makeParam('PHONETIC', typeof phoneticSystem === 'string' ? phoneticSystem : 'script'),
    ...(typeof phoneticScript === 'string' ? [makeParam('SCRIPT', phoneticScript)] : []),
  ];
  return [makeLine(main.name, writeStructured(values), params)];
}
