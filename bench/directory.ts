/**
 * The benchmark of the directory and of mail: `npm run bench:directory -- [--size=100000] [--only=local,slapd,mail]`. Needs
 * slapd of the system's packages. It makes what it needs in folders of its own, and removes it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { directoryMail } from './workloads/directoryMail.ts';
import { localDirectory } from './workloads/localDirectory.ts';
import { mirroredDirectory } from './workloads/mirroredDirectory.ts';
import type { Part } from './kit/part.ts';
import { createReport } from './kit/report.ts';

const parts = { local: localDirectory, slapd: mirroredDirectory, mail: directoryMail };
const { values } = parseArgs({ options: { size: { type: 'string', default: '100000' }, only: { type: 'string' } } });
const size = Number(values.size);
const chosen = values.only?.split(',') ?? Object.keys(parts);
if (!Number.isInteger(size) || size < 1_000 || size > 100_000 || chosen.some((name) => !Object.hasOwn(parts, name))) {
  console.error(`--size is from 1000 to 100000, --only some of ${Object.keys(parts).join(',')}.`);
  process.exit(2);
}
const report = createReport();
const started = performance.now();
try {
  for (const [name, part] of Object.entries(parts)) if (chosen.includes(name)) await runPart(name, part);
} finally {
  // Also what was measured before something went wrong.
  const spent = Math.round((performance.now() - started) / 1000);
  const machine = `${cpus().length} cores (${cpus()[0]!.model})`;
  console.log(`${machine}, Node ${process.version}; load ${loadavg()[0]!.toFixed(1)}; ${spent} s in all`);
  report.print();
}

async function runPart(name: string, part: (given: Part) => Promise<void>): Promise<void> {
  console.error(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${name}`);
  const folder = await mkdtemp(join(tmpdir(), 'coterie-bench-'));
  try {
    await part({ folder, size, report });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
