import { makeLine, makeParam, valueType } from '../vcard/line.ts';
import { escapeText, readStructured, unescapeText, writeStructured } from '../vcard/text.ts';
import type { VCardLine, VCardParam } from '../vcard/types.ts';
import { rows } from './mapping.ts';
import type { Row } from './codecs/row.ts';
import type { JCardProp, Json, VCardParams } from './types.ts';

// RFC 9555 §2.15: what JSContact has no word for, in jCard form (RFC 7095 §3.3).

const structured = new Set(['n', 'adr', 'org', 'gender', 'clientpidmap']);
const texts = new Set([
  ...rows
    .map((row) => row.property.toLowerCase())
    .filter(
      (name) =>
        !/^(uid|bday|deathdate|anniversary|geo|url|photo|logo|sound|key|rev|created|source|member|related|impp)$/.test(
          name,
        ),
    ),
  'xml',
  'gender',
  'clientpidmap',
  'x-ablabel',
]);

/** Parameters that say how a line is written, not what it says. */
const formal: ReadonlySet<string> = new Set([
  'VALUE',
  'TYPE',
  'LANGUAGE',
  'ALTID',
  'PROP-ID',
  'CHARSET',
  'ENCODING',
  'DERIVED',
  'GROUP',
  'PREF',
]);

/** The jCard form of a line. */
export function toJCardProp(line: VCardLine): JCardProp {
  const name = line.name.toLowerCase();
  const type = valueType(line) ?? (texts.has(name) ? 'text' : 'unknown');
  const params = {
    ...paramsWithout(line.params, new Set(['VALUE'])),
    ...(line.group === null ? {} : { group: line.group }),
  };
  if (type === 'text' && structured.has(name) && line.value.includes(';')) {
    return [name, params, type, readStructured(line.value).map((part) => (part.length === 1 ? part[0]! : part))];
  }
  return [name, params, type, type === 'text' ? unescapeText(line.value) : line.value];
}

/** The line of a jCard property; undefined when it cannot be one. */
export function fromJCardProp(property: Json): VCardLine | undefined {
  if (!Array.isArray(property) || property.length < 4) return undefined;
  const [name, params, type, ...values] = property as Json[];
  if (typeof name !== 'string' || !/^[A-Za-z0-9_-]{1,100}$/.test(name) || typeof type !== 'string') return undefined;
  const { group, ...others } = (params ?? {}) as VCardParams;
  const written = values.map((value) => writeValue(value, type)).join(',');
  const isDefault = type === 'unknown' || (type === 'text' && texts.has(name.toLowerCase()));
  const lineParams = [...toParams(others, new Set(['VALUE'])), ...(isDefault ? [] : [makeParam('VALUE', type)])];
  return makeLine(name.toUpperCase(), written, lineParams, typeof group === 'string' && isGroup(group) ? group : null);
}

function writeValue(value: Json, type: string): string {
  if (Array.isArray(value))
    return writeStructured(value.map((part: Json) => (Array.isArray(part) ? part.map(asText) : [asText(part)])));
  return type === 'text' ? escapeText(asText(value)) : asText(value);
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The parameters of a line that its row does not understand. */
export function vCardParams(line: VCardLine, row: Row): VCardParams {
  return line.params.length === 0 ? {} : paramsWithout(line.params, understood(row));
}

/** The parameters that a vCardParams object asks for, without those that other properties write. */
export function fromVCardParams(params: VCardParams, row: Row | undefined): VCardParam[] {
  return toParams(params, row ? understood(row) : formal);
}

const understoodBy = new Map<Row, ReadonlySet<string>>();

function understood(row: Row): ReadonlySet<string> {
  const known = understoodBy.get(row) ?? new Set([...formal, ...row.params]);
  understoodBy.set(row, known);
  return known;
}

/** The vCard group a vCardParams object asks for. */
export function groupOf(params: VCardParams | undefined): string | null {
  const group = params?.['group'];
  return typeof group === 'string' && isGroup(group) ? group : null;
}

function isGroup(text: string): boolean {
  return /^[A-Za-z0-9-]{1,100}$/.test(text);
}

function paramsWithout(params: readonly VCardParam[], without: ReadonlySet<string>): VCardParams {
  const found = new Map<string, string[]>();
  for (const param of params) {
    if (without.has(param.name.toUpperCase())) continue;
    const values = param.values.filter((value) => value !== '');
    if (values.length > 0)
      found.set(param.name.toLowerCase(), [...(found.get(param.name.toLowerCase()) ?? []), ...values]);
  }
  return Object.fromEntries([...found].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]));
}

function toParams(params: VCardParams, without: ReadonlySet<string>): VCardParam[] {
  return Object.entries(params).flatMap(([name, value]) => {
    if (!/^[A-Za-z0-9_-]{1,100}$/.test(name) || without.has(name.toUpperCase())) return [];
    const values = (Array.isArray(value) ? value : [value]).filter(
      (one): one is string => typeof one === 'string' && one !== '',
    );
    return values.length > 0 ? [makeParam(name.toUpperCase(), ...values)] : [];
  });
}
