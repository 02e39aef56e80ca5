import type { VCardLine } from '../types.ts';
import { paramsKey, useKey, valueKey } from './sameLine.ts';
import type { Entry } from './shownLines.ts';

/** What became of a line that was shown: it came back or was changed (with the place of the line), or it is gone (-1). */
export type Match = { readonly kind: 'same' | 'changed' | 'gone'; readonly at: number };

/** Finds the lines that were shown among those that were sent: each at most once, the most alike first. */
export function matchLines(entries: readonly Entry[], sent: readonly VCardLine[]): readonly Match[] {
  const matches: (Match | undefined)[] = entries.map(() => undefined);
  const free = new Set(sent.keys());
  const pass = (kind: 'same' | 'changed', keyOf: (line: VCardLine) => string) => {
    const byKey = new Map<string, number[]>();
    // The last one first: they are taken off the end.
    for (const at of [...free].toReversed()) {
      const key = keyOf(sent[at]!);
      const known = byKey.get(key);
      if (known) known.push(at);
      else byKey.set(key, [at]);
    }
    for (const [index, { line, units }] of entries.entries()) {
      if (matches[index] || (kind === 'changed' && units.length === 0)) continue;
      const at = byKey.get(keyOf(line))?.pop();
      if (at === undefined) continue;
      free.delete(at);
      matches[index] = { kind, at };
    }
  };
  pass('same', (line) => `${line.group} ${paramsKey(line.params)} ${valueKey(line)}`);
  pass('same', (line) => `${paramsKey(line.params)} ${valueKey(line)}`);
  pass('same', (line) => `${line.group} ${valueKey(line)}`);
  pass('same', valueKey);
  pass('changed', useKey);
  pass('changed', ({ name }) => name.toUpperCase());
  return matches.map((match) => match ?? { kind: 'gone', at: -1 });
}
