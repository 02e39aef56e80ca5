/**
 * The benchmark: `npm run bench -- [workload …] [--sizes=1000,10000,100000] [--profile=folder]`. It fills a folder of its
 * own, starts the server on it, asks it over HTTP on loopback side by side with a bare `node:http` server, prints tables
 * and removes what it made.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ask, jmapAsk } from './kit/http.ts';
import { createReport } from './kit/report.ts';
import type { Report } from './kit/report.ts';
import { seedCards, seedOwner, seedPeople } from './kit/seed.ts';
import type { Owner, People } from './kit/seed.ts';
import { startBare, startCoterie } from './kit/servers.ts';
import type { Server } from './kit/servers.ts';
import { createStage } from './kit/stage.ts';
import type { Workload } from './kit/stage.ts';
import { seedTeam } from './kit/team.ts';
import { blobs } from './workloads/blobs.ts';
import { changes } from './workloads/changes.ts';
import { completion } from './workloads/completion.ts';
import { conversion } from './workloads/conversion.ts';
import { crowd } from './workloads/crowd.ts';
import { door } from './workloads/door.ts';
import { duplicates } from './workloads/duplicates.ts';
import { fanOut } from './workloads/fanOut.ts';
import { get } from './workloads/get.ts';
import { importing } from './workloads/importing.ts';
import { query } from './workloads/query.ts';
import { set } from './workloads/set.ts';
import { windows } from './workloads/windows.ts';

const workloads: readonly Workload[] = [
  conversion,
  door,
  get,
  query,
  windows,
  changes,
  set,
  completion,
  blobs,
  fanOut,
  crowd,
  importing,
  duplicates,
];
/** So many people share a folder where one is needed. */
const teamSize = 1_000;
const warmRounds = 400;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sizes: { type: 'string', default: '1000,10000,100000' }, profile: { type: 'string' } },
});
const sizes = values.sizes.split(',').map(Number);
const unknown = positionals.filter((name) => !workloads.some((workload) => workload.name === name));
if (unknown.length > 0 || sizes.some((size) => !Number.isInteger(size) || size < 1000 || size > 100_000)) {
  console.error(`Workloads: ${workloads.map(({ name }) => name).join(', ')}. Sizes: from 1000 to 100000.`);
  process.exit(2);
}
const wanted = workloads.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const report = createReport();
const started = performance.now();
const folder = await mkdtemp(join(tmpdir(), 'coterie-bench-'));
try {
  await runAll(folder, report);
} finally {
  await rm(folder, { recursive: true, force: true });
  // Also what was measured before something went wrong.
  printAll();
}

function printAll(): void {
  const machine = `${cpus().length} cores (${cpus()[0]!.model}), ${Math.round(totalmem() / 2 ** 30)} GB`;
  const spent = Math.round((performance.now() - started) / 1000);
  console.log(
    `${machine}, Node ${process.version}, ${process.platform}; load ${loadavg()[0]!.toFixed(1)}; ${spent} s in all`,
  );
  report.print();
}

async function runAll(data: string, into: Report): Promise<void> {
  const bare = await startBare();
  let people: People | null = null;
  let first: Owner | undefined;
  try {
    for (const size of sizes.toSorted((a, b) => a - b)) {
      const isLast = size === Math.max(...sizes);
      const todo = wanted.filter(({ when }) => when === 'each size' || isLast);
      if (todo.length === 0) continue;
      say(`${size}: filling the database`);
      people = await seedPeople(data, size, people);
      const owner = await seedOwner(data, `Camille de ${size}`);
      await seedCards(data, owner, size, first);
      first ??= owner;
      const needsTeam = isLast && todo.some(({ name }) => [fanOut.name, crowd.name].includes(name));
      const team = needsTeam ? await seedTeam(data, owner, people, teamSize) : null;
      const coterie = await startCoterie(data, {}, values.profile);
      try {
        await warmUp(coterie, owner);
        for (const workload of todo) {
          say(`${size}: ${workload.name}`);
          await workload.run(createStage({ workload: workload.name, size, coterie, bare, owner, team, report: into }));
          noteMemory(into, size, workload.name, coterie);
        }
      } finally {
        await coterie.stop();
      }
    }
  } finally {
    await bare.stop();
  }
}

/** What is new to a process is slow in it: nobody's request is the first. */
async function warmUp({ url }: Server, { id: accountId, cookie }: Owner): Promise<void> {
  for (let round = 0; round < warmRounds; round++) {
    const query = ['ContactCard/query', { accountId, limit: 2 }, 'q'] as const;
    await ask(url, jmapAsk(url, cookie, [['AddressBook/get', { accountId }, 'g'], query]));
  }
}

function noteMemory(into: Report, size: number, name: string, server: Server): void {
  const memory = server.memory();
  if (memory) into.note('memory', `- ${size}, after ${name}: ${memory.now} MB, at most ${memory.most} MB.`);
}

/** On the other output, so that the tables can be kept. */
function say(line: string): void {
  console.error(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);
}
