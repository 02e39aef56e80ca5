import type { Growth } from './growth.ts';
import type { Measured } from './measure.ts';
import type { Memory } from './memory.ts';
import type { Line } from './workloads.ts';

/** What one server did. */
export type Column = {
  readonly name: string;
  readonly lines: readonly Line[];
  readonly memory: Memory;
  /** How many cards it had. */
  readonly size: number;
};

/** All of it in Markdown: operations a second, then milliseconds and errors; ours stands first. */
export function table(columns: readonly Column[]): string {
  const names = [...new Set(columns.flatMap(({ lines }) => lines.map(({ name }) => name)))];
  const find = (column: Column, name: string) => column.lines.find((line) => line.name === name)?.measured ?? null;
  const head = (title: string, more: readonly string[] = []) => {
    const titles = [title, ...columns.map(({ name }) => name), ...more];
    return [row(titles), row(['---', ...titles.slice(1).map(() => '---:')])];
  };
  const ratio = (name: string) => {
    const [ours, ...others] = columns.map((column) => find(column, name)?.rate ?? 0);
    const best = Math.max(...others, 0);
    return best === 0 ? '' : `${(ours! / best).toFixed(1)}×`;
  };
  const rates = names.map((name) =>
    row([name, ...columns.map((column) => perSecond(find(column, name))), ratio(name)]),
  );
  const times = names.map((name) => row([name, ...columns.map((column) => milliseconds(find(column, name)))]));
  const costs = names.map((name) => {
    const [ours, ...others] = columns.map((column) => find(column, name)?.cpu ?? Infinity);
    const best = Math.min(...others, Infinity);
    const cells = columns.map((column) => find(column, name)?.cpu.toFixed(2) ?? '—');
    return row([name, ...cells, best === Infinity ? '' : `${(best / ours!).toFixed(1)}×`]);
  });
  const memory = (when: keyof Memory, what: string) =>
    row([`memory ${what}, MB`, ...columns.map((column) => String(column.memory[when])), '']);
  return [
    ...head('operations a second', ['ours to the best peer']),
    ...rates,
    memory('atEnd', 'at the end'),
    memory('atRest', 'at rest'),
    '',
    ...head('processor time of one, ms', ['the best peer to ours']),
    ...costs,
    '',
    ...head('p50 / p95, ms (errors)'),
    ...times,
  ].join('\n');
}

/** How ours grows, in Markdown. */
export function growthTable(growths: readonly Growth[]): string {
  const names = ['GET', 'delta sync', 'query', 'full sync'] as const;
  return [
    row(['cards', ...names.flatMap((name) => [`${name}, p50 ms`, 'processor ms']), 'memory, MB', 'at rest']),
    row(['---:', ...names.flatMap(() => ['---:', '---:']), '---:', '---:']),
    ...growths.map(({ size, lines, memory }) =>
      row([
        size.toLocaleString('en'),
        ...names.flatMap((name) => [lines[name].p50.toFixed(1), lines[name].cpu.toFixed(2)]),
        String(memory.atEnd),
        String(memory.atRest),
      ]),
    ),
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function perSecond(measured: Measured | null): string {
  if (!measured) return '—';
  return measured.rate >= 100 ? Math.round(measured.rate).toLocaleString('en') : measured.rate.toFixed(1);
}

function milliseconds(measured: Measured | null): string {
  if (!measured) return '—';
  const errors = measured.errors > 0 ? ` (${measured.errors} of ${measured.count})` : '';
  return `${measured.p50.toFixed(1)} / ${measured.p95.toFixed(1)}${errors}`;
}
