/**
 * The benchmark of several programs: `npm run bench:nodes -- [--cards=2000] [--people=8] [--seconds=3] [--only=one,three]`. One
 * program on SQLite, one on PostgreSQL and three on PostgreSQL, among which the clients' connections are divided in turn, are
 * asked the same things about the same data, one after the other, over HTTP on loopback. It makes what it needs in a folder of its own,
 * prints a table in Markdown and removes what it made.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measure } from './carddav/measure.ts';
import type { Measured } from './carddav/measure.ts';
import { seedOrganisation } from './nodes/organisation.ts';
import type { Member } from './nodes/organisation.ts';
import { openSetups, setups } from './nodes/setups.ts';
import type { Setup } from './nodes/setups.ts';
import { nodesWorkloads } from './nodes/workloads.ts';

const { values } = parseArgs({
  options: {
    cards: { type: 'string', default: '2000' },
    people: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
  },
});
const [cards, people, seconds] = [Number(values.cards), Number(values.people), Number(values.seconds)];
const chosen = setups.filter(({ name }) => name.includes(values.only));
if (!(cards >= 500 && cards <= 50_000) || !(people >= 1 && people <= 32) || !(seconds > 0) || chosen.length === 0) {
  console.error(
    '--cards is from 500 to 50000, --people from 1 to 32, --only a part of one of the names of the columns.',
  );
  process.exit(2);
}
// What was started ends with the benchmark, also when that is told to end.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

/** A cell of the table; `database`: what one operation cost it. */
type Cell = Measured & { readonly database: number };
type Column = { readonly name: string; readonly cells: ReadonlyMap<string, Cell> };

const started = performance.now();
const folder = await mkdtemp(join(tmpdir(), 'coterie-bench-'));
const columns: Column[] = [];
try {
  say(`${people} people with ${cards} contacts each`);
  const source = await mkdtemp(join(folder, 'source-'));
  const members = await seedOrganisation(source, people, cards);
  const places = await openSetups(folder, source);
  try {
    for (const one of chosen) {
      const setup = await places.start(one);
      try {
        columns.push({ name: setup.name, cells: await examine(setup, members) });
      } finally {
        await setup.stop();
      }
    }
  } finally {
    await places.stop();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
  // Also what was measured before something went wrong.
  print();
}

async function examine(setup: Setup, members: readonly Member[]): Promise<Column['cells']> {
  const cells = new Map<string, Cell>();
  for (const { name, connections, turn } of nodesWorkloads(members)) {
    say(`${setup.name}: ${name}`);
    const hosts = Array.from({ length: connections }, (_, index) => ({
      host: '127.0.0.1',
      port: setup.ports[index % setup.ports.length]!,
      authorization: members[index % members.length]!.authorization,
    }));
    // The first look and the last are those before and behind all that counts.
    const looks: number[] = [];
    const cpu = () => {
      const { programs, database } = setup.used();
      looks.push(database);
      return programs;
    };
    const measured = await measure({ host: hosts[0]!, hosts, cpu }, turn, { connections, seconds, warm: 200 });
    cells.set(name, { ...measured, database: (looks.at(-1)! - looks[0]!) / measured.count });
  }
  return cells;
}

function print(): void {
  const machine = `${cpus().length} cores (${cpus()[0]!.model}), ${Math.round(totalmem() / 2 ** 30)} GB`;
  const spent = Math.round((performance.now() - started) / 1000);
  console.log(`${machine}, Node ${process.version}; load ${loadavg()[0]!.toFixed(1)}; ${spent} s in all\n`);
  const names = [...new Set(columns.flatMap(({ cells }) => [...cells.keys()]))];
  const row = (words: readonly string[]) => `| ${words.join(' | ')} |`;
  console.log(row(['a second; p50 / p95 ms (processor ms: programs + database)', ...columns.map(({ name }) => name)]));
  console.log(row(['---', ...columns.map(() => '---:')]));
  for (const name of names) console.log(row([name, ...columns.map(({ cells }) => said(cells.get(name)))]));
}

function said(cell: Cell | undefined): string {
  if (!cell) return '—';
  const { rate, p50, p95, cpu, database, errors, count } = cell;
  const wrong = errors === 0 ? '' : `, ${errors} errors of ${count}`;
  const spent = `${cpu.toFixed(1)} + ${database.toFixed(1)}`;
  return `${rate < 10 ? rate.toFixed(1) : Math.round(rate)}; ${p50.toFixed(1)} / ${p95.toFixed(1)} (${spent})${wrong}`;
}

/** On the other output, so that the table can be kept. */
function say(line: string): void {
  console.error(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);
}
