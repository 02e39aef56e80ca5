import { written } from './figures.ts';
import type { Figures } from './figures.ts';

/** One line of the benchmark at one size. */
export type Row = {
  readonly workload: string;
  readonly what: string;
  readonly size: number;
  readonly ours: Figures;
  /** The same octets from the bare server; null: there is nothing to compare with. */
  readonly bare: Figures | null;
  readonly octets: number | null;
};

/** Everything that was measured, to be printed at the end. */
export type Report = {
  add(row: Row): void;
  note(workload: string, line: string): void;
  print(): void;
};

/** A report without a line. */
export function createReport(): Report {
  const rows: Row[] = [];
  const notes: [string, string][] = [];
  return {
    add: (row) => void rows.push(row),
    note: (workload, line) => void notes.push([workload, line]),
    print() {
      for (const workload of new Set([...rows.map((row) => row.workload), ...notes.map(([name]) => name)])) {
        console.log(`\n## ${workload}\n`);
        const ofIt = rows.filter((row) => row.workload === workload);
        if (ofIt.length > 0) console.log(tableOf(ofIt));
        const lines = notes.filter(([name]) => name === workload).map(([, line]) => line);
        if (lines.length > 0) console.log(`${ofIt.length > 0 ? '\n' : ''}${lines.join('\n')}`);
      }
    },
  };
}

/**
 * Times as `median / p95 (processor time)`. The growth from the smallest size to the largest, and how many times as much
 * as the bare server: of the processor time where it is known, else of the median.
 */
function tableOf(rows: readonly Row[]): string {
  const sizes = [...new Set(rows.map(({ size }) => size))].sort((a, b) => a - b);
  const lines = [...Map.groupBy(rows, ({ what }) => what)].map(([what, ofIt]) => {
    const bySize = sizes.map((size) => ofIt.find((row) => row.size === size));
    const there = bySize.filter((row) => row !== undefined);
    const [first, last] = [there[0]!, there.at(-1)!];
    return [
      what,
      ...bySize.map((row) => (row ? cellOf(row.ours) : '')),
      ...(sizes.length > 1 ? [there.length < 2 ? '' : ratioOf(last.ours, first.ours)] : []),
      last.octets === null ? '' : sizeOf(last.octets),
      last.bare ? cellOf(last.bare) : '',
      last.bare ? ratioOf(last.ours, last.bare) : '',
    ];
  });
  const heads = [
    'median / p95 (processor), ms',
    ...sizes.map((size) => (size === 0 ? 'ours' : size.toLocaleString('en'))),
    ...(sizes.length > 1 ? ['growth'] : []),
    'answer',
    'bare',
    'times bare',
  ];
  return markdown(heads, lines);
}

function cellOf({ median, p95, cpu }: Figures): string {
  return `${written(median)} / ${written(p95)}${cpu === undefined ? '' : ` (${written(cpu)})`}`;
}

function ratioOf(one: Figures, other: Figures): string {
  return ((one.cpu ?? one.median) / (other.cpu ?? other.median)).toFixed(1);
}

/** A table of Markdown whose columns also stand under each other. */
function markdown(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) => Math.max(head.length, ...lines.map((line) => line[column]!.length)));
  const written_ = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [written_(heads), rule, ...lines.map(written_)].join('\n');
}

function sizeOf(octets: number): string {
  if (octets < 10_000) return `${octets} B`;
  return octets < 1_000_000 ? `${Math.round(octets / 1000)} kB` : `${(octets / 1_000_000).toFixed(1)} MB`;
}
