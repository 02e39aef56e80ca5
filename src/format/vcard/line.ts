import { cleanText } from './text.ts';
import type { VCardLine, VCardParam } from './types.ts';

/** Makes a line of our own writing: no raw text, nothing that would break a content line. */
export function makeLine(
  name: string,
  value: string,
  params: readonly VCardParam[] = [],
  group: string | null = null,
): VCardLine {
  return { group, name, params, value: cleanText(value).replaceAll('\n', '\\n') };
}

/** Makes a parameter. */
export function makeParam(name: string, ...values: readonly string[]): VCardParam {
  return { name, values };
}

/** All values of a parameter, however often it is repeated. */
export function paramValues(line: VCardLine, name: string): string[] {
  const values: string[] = [];
  for (const param of line.params) if (isNamed(param, name)) values.push(...param.values);
  return values;
}

/** The first value of a parameter. */
export function paramValue(line: VCardLine, name: string): string | undefined {
  for (const param of line.params) if (isNamed(param, name) && param.values.length > 0) return param.values[0];
  return undefined;
}

// Asked for every line of every card many times: most names differ in length already.
function isNamed(param: VCardParam, name: string): boolean {
  return param.name.length === name.length && param.name.toUpperCase() === name;
}

/** The text of the LABEL parameter. A line break in it is ^n (RFC 6868), or \n as RFC 6350 §6.3.1 and most programs have it. */
export function labelOf(line: VCardLine): string | undefined {
  return paramValue(line, 'LABEL')?.replace(/\\n/gi, '\n');
}

/** The TYPE values in lower case; TYPE="voice,home" is two of them (RFC 6350 §6.4.1). */
export function typesOf(line: VCardLine): string[] {
  const values = paramValues(line, 'TYPE');
  if (values.length === 0) return values;
  return values
    .flatMap((value) => value.split(','))
    .map((type) => type.trim().toLowerCase())
    .filter(Boolean);
}

/** The value type a line declares, in lower case. */
export function valueType(line: VCardLine): string | undefined {
  return paramValue(line, 'VALUE')?.toLowerCase();
}

/** A line of the same property with other parts; it loses its raw text. */
export function rewriteLine(
  line: VCardLine,
  parts: { name?: string; value?: string; params?: readonly VCardParam[]; group?: string | null },
): VCardLine {
  return {
    group: parts.group === undefined ? line.group : parts.group,
    name: parts.name ?? line.name,
    params: parts.params ?? line.params,
    value: parts.value ?? line.value,
  };
}

/** The parameters without those named (upper case). */
export function withoutParams(params: readonly VCardParam[], ...names: readonly string[]): VCardParam[] {
  return params.filter((param) => !names.includes(param.name.toUpperCase()));
}
