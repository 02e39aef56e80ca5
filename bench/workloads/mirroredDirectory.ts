import { setTimeout as pause } from 'node:timers/promises';
import { readMirrorState } from '../../src/core/directory/mirrorState.ts';
import { base, service } from '../../test/kit/ldap/slapd.ts';
import { openBenchWorld } from '../kit/benchWorld.ts';
import { figuresOf, timed } from '../kit/figures.ts';
import { ask, jmapAsk, jmapResults } from '../kit/http.ts';
import { ldapPassword, loadSlapd, uidOf } from '../kit/loadSlapd.ts';
import type { Part } from '../kit/part.ts';
import { seedOwner, signedIn } from '../kit/seed.ts';
import { startCoterie } from '../kit/servers.ts';
import type { Server } from '../kit/servers.ts';
import { typeAllAtOnce } from '../kit/typing.ts';
import { signInAll } from './signIns.ts';

const typists = 50;
const milliseconds = 8_000;
const signers = 200;

/** A directory in slapd: the first reading of all of it, completion while fifty people type, and sign-in by bind. */
export async function mirroredDirectory({ folder, size, report }: Part): Promise<void> {
  const note = (line: string) => report.note('slapd', `- ${line}`);
  const owner = await seedOwner(folder, 'Camille Essai');
  const start = performance.now();
  const slapd = await loadSlapd(size);
  note(`${size} people into slapd by slapadd: ${seconds(start)}.`);
  const settings = {
    COTERIE_LDAP_URL: slapd.url,
    COTERIE_LDAP_BASE: base,
    COTERIE_LDAP_BIND_DN: service.dn,
    COTERIE_LDAP_BIND_PASSWORD: service.password,
  };
  const logins = Array.from({ length: signers }, (_, index) => ({ name: uidOf(index), password: ldapPassword }));
  let server = await startCoterie(folder, settings);
  try {
    await readAll(folder, server, owner.cookie, { ...report, note: (_, line) => note(line) });
    await complete({ folder, size, report }, server);
    await signInAll({ report, server, size }, 'bind to slapd, the very first time', logins);
    await server.stop();
    server = await startCoterie(folder, settings);
    await signInAll({ report, server, size }, 'bind to slapd, not remembered', logins);
    await signInAll(
      { report, server, size },
      'bind to slapd, remembered',
      Array.from({ length: 5 }, () => logins).flat(),
    );
  } finally {
    await server.stop();
    await slapd.close();
  }
}

/** Until the mirror has agreed with the directory once; meanwhile somebody goes on working. */
async function readAll(folder: string, server: Server, cookie: string, report: Part['report']): Promise<void> {
  await using bench = await openBenchWorld(folder);
  const start = performance.now();
  const asked = jmapAsk(server.url, cookie, [['Core/echo', {}, 'e']]);
  const times: number[] = [];
  while ((await readMirrorState(bench.world.db)).syncedAt === null) {
    times.push(await timed(async () => jmapResults(await ask(server.url, asked))));
    await pause(50);
  }
  const cpu = (await server.cpu()) / 1000;
  const memory = server.memory();
  const { median, p95 } = figuresOf(times);
  const { written } = {
    written: `${median.toFixed(1)} / ${p95.toFixed(1)} ms, at most ${Math.max(...times).toFixed(0)} ms`,
  };
  report.note(
    '',
    `First reading into the mirror: ${seconds(start)} (${cpu.toFixed(1)} s of processor time), at most ${memory?.most} MB.`,
  );
  report.note('', `Others are answered meanwhile (Core/echo): ${written}.`);
}

async function complete({ folder, size, report }: Part, server: Server): Promise<void> {
  await using bench = await openBenchWorld(folder);
  const { db } = bench.world;
  const rows = await db.all(
    db.build.selectFrom('principal').select('id').where('source', '=', 'directory').limit(typists),
  );
  const typing: { id: string; cookie: string }[] = [];
  for (const { id } of rows) typing.push({ id, cookie: await signedIn(bench.world, id) });
  const before = await server.cpu();
  const times = await typeAllAtOnce(server.url, typing, milliseconds);
  const cpu = ((await server.cpu()) - before) / times.length;
  const what = `${typists} people type, directory in slapd`;
  report.add({ workload: 'completion', what, size, ours: { ...figuresOf(times), cpu }, bare: null, octets: null });
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
