import { makeParam, paramValue, rewriteLine, typesOf } from './line.ts';
import { unescapeText } from './text.ts';
import type { VCardLine } from './types.ts';

/** A line in its 4.0 form and the indexes of the lines of the card that say it. */
export type SourcedLine = { readonly line: VCardLine; readonly sources: readonly number[] };

/** Whether a line is of a property. */
export const isNamed =
  (name: string) =>
  ({ line }: SourcedLine): boolean =>
    line.name.length === name.length && line.name.toUpperCase() === name;

/** The LABEL property became the LABEL parameter of the address of the same TYPE (RFC 6350 §6.3.1). */
export function absorbLabels(lines: readonly SourcedLine[]): SourcedLine[] {
  const result: (SourcedLine | undefined)[] = [...lines];
  const open = new Map<string, number[]>();
  const early: number[] = [];
  const absorb = (labelAt: number, target: number): void => {
    const [label, address] = [lines[labelAt]!, result[target]!];
    const params = [...address.line.params, makeParam('LABEL', unescapeText(label.line.value))];
    result[target] = { line: rewriteLine(address.line, { params }), sources: [...address.sources, ...label.sources] };
    result[labelAt] = undefined;
  };
  lines.forEach((entry, at) => {
    const types = typesOf(entry.line).toSorted().join();
    if (isNamed('ADR')(entry) && paramValue(entry.line, 'LABEL') === undefined)
      open.set(types, [...(open.get(types) ?? []).slice(-100), at]);
    if (!isNamed('LABEL')(entry)) return;
    // A LABEL follows its ADR in most programs; where types repeat, the nearest address before it is meant.
    const target = open.get(types)?.pop();
    if (target === undefined) early.push(at);
    else absorb(at, target);
  });
  for (const at of early) {
    const target = open.get(typesOf(lines[at]!.line).toSorted().join())?.shift();
    if (target !== undefined) absorb(at, target);
  }
  return result.filter((entry) => entry !== undefined);
}

/** SORT-STRING became the SORT-AS parameter of N (RFC 6350 §5.9). */
export function absorbSortString(lines: readonly SourcedLine[]): SourcedLine[] {
  const sort = lines.find(isNamed('SORT-STRING'));
  const name = lines.find(isNamed('N'));
  const sortAs = sort && unescapeText(sort.line.value);
  if (!sort || !name || !sortAs || sortAs.includes(',') || paramValue(name.line, 'SORT-AS') !== undefined)
    return [...lines];
  const line = rewriteLine(name.line, { params: [...name.line.params, makeParam('SORT-AS', sortAs)] });
  return lines
    .filter((entry) => entry !== sort)
    .map((entry) => (entry === name ? { line, sources: [...name.sources, ...sort.sources] } : entry));
}
