import { olderLines, withFormattedName, withName } from '../convert.ts';
import { rewriteLine } from '../line.ts';
import { settleLine } from '../serialize.ts';
import type { VCard, VCardLine } from '../types.ts';
import { upgradeLines } from '../upgrade.ts';
import { isNewProperty } from './sameLine.ts';

/** One thing that a card of 4.0 says: the line that says it, and the lines of its text. */
export type Unit = {
  readonly modern: VCardLine;
  readonly lines: readonly VCardLine[];
  /** 3.0 has no word for it. */
  readonly isNew: boolean;
};

/** What a 3.0 program saw, in the words of 4.0, and the units that it comes from; of none: it was made up for 3.0. */
export type Entry = { readonly line: VCardLine; readonly units: readonly number[] };

const isVersion = ({ name }: VCardLine) => name.toUpperCase() === 'VERSION';

/** Everything that a card of 4.0 says, and what of it a program sees that asks for 3.0. */
export function shownLines(card: VCard): { readonly units: readonly Unit[]; readonly entries: readonly Entry[] } {
  const sourced = upgradeLines(card).filter(({ line }) => !isVersion(line));
  const told = new Set(sourced.flatMap(({ sources }) => sources));
  const silent = card.lines.filter((line, at) => !told.has(at) && !isVersion(line));
  const said = [
    ...sourced.map(({ line, sources }) => ({ modern: line, lines: sources.map((at) => card.lines[at]!) })),
    ...silent.map((line) => ({ modern: line, lines: [line] })),
  ];
  const owners = new Map<VCardLine, number>();
  const units: Unit[] = [];
  for (const [unit, { modern, lines }] of said.entries()) {
    // Lines of its own, so that they are known again.
    const older = olderLines(modern).map((line) => ({ ...line }));
    for (const line of older) owners.set(line, unit);
    units.push({ modern, lines, isNew: older.every(isNewProperty) });
  }
  const older = [...owners.keys()];
  const whole = withFormattedName(withName(older));
  const seen = whole.map((line) => settleLine(rewriteLine(line, {}), '3.0'));
  const entries = upgradeLines({ version: '3.0', lines: seen }).map(({ line, sources }): Entry => {
    const known = sources.map((at) => owners.get(whole[at]!)).filter((unit) => unit !== undefined);
    return { line, units: [...new Set(known)] };
  });
  return { units, entries };
}

/** What a program sends in 3.0, in the words of 4.0. */
export function sentLines(card: VCard): VCardLine[] {
  return upgradeLines(card)
    .map(({ line }) => settleLine(rewriteLine(line, {}), '4.0'))
    .filter((line) => !isVersion(line));
}
