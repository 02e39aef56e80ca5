/**
 * The benchmark of CardDAV: `npm run bench:carddav -- [--peers=cyrus,sabre] [--cards=10000]
 * [--growth=1000,100000] [--sabre4=folder] [--profile=folder]`. Every server that is installed is started in a temporary folder, one after the other, filled and asked the same things over
 * HTTP on loopback; prints tables in Markdown and removes what it made.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchCard } from './carddav/cards.ts';
import { askingOver } from './carddav/measure.ts';
import { memoryOf } from './carddav/memory.ts';
import { sync, tokenIn } from './carddav/requests.ts';
import { measureGrowth } from './carddav/growth.ts';
import { growthTable, table } from './carddav/table.ts';
import type { Column } from './carddav/table.ts';
import { openWire } from './carddav/wire.ts';
import { importCards, readAt, theRest } from './carddav/workloads.ts';
import type { Line } from './carddav/workloads.ts';
import { startCoterie } from './peers/coterie.ts';
import type { Peer, StartPeer } from './peers/peer.ts';
import { peersWith } from './peers/table.ts';

const { values } = parseArgs({
  options: {
    peers: { type: 'string' },
    cards: { type: 'string', default: '10000' },
    growth: { type: 'string', default: '1000,10000,50000,100000' },
    profile: { type: 'string' },
    sabre4: { type: 'string' },
  },
});
const cards = Number(values.cards);
const peers = peersWith(values.sabre4 === undefined ? undefined : resolve(values.sabre4));
const wanted = values.peers === undefined ? Object.keys(peers) : values.peers.split(',').filter((name) => name !== '');
const unknown = wanted.filter((name) => !(name in peers));
if (unknown.length > 0 || !Number.isInteger(cards) || cards < 1000) {
  console.error(`Peers: ${Object.keys(peers).join(', ')}. Cards: from 1000.`);
  process.exit(2);
}
// What was started ends with the benchmark, also when that is told to end.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

/** So long may it take to fill a server through its door: one that needs longer is filled no further. */
const importSeconds = 120;
const small = 1000;

const growths = await inFolder((folder) =>
  measureGrowth(
    folder,
    values.growth
      .split(',')
      .filter((text) => text !== '')
      .map(Number),
  ),
);
const columns: Column[] = [];
const coterie: StartPeer = (folder) => startCoterie(folder, values.profile);
for (const [name, start] of [['coterie', coterie] as const, ...wanted.map((name) => [name, peers[name]!] as const)]) {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-bench-'));
  try {
    const peer = await start(folder);
    if (!peer) {
      console.error(`${name}: not installed`);
      continue;
    }
    try {
      columns.push({ name: peer.name, ...(await examine(peer)) });
    } finally {
      await peer.stop();
    }
  } catch (error) {
    console.error(`${name}: ${String(error)}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
const machine = `${cpus().length} cores (${cpus()[0]!.model}), ${Math.round(totalmem() / 2 ** 30)} GB`;
console.log(`${machine}, Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}\n`);
console.log(table(columns));
if (growths.length > 0) console.log(`\n${growthTable(growths)}`);

async function inFolder<T>(task: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-bench-'));
  try {
    return await task(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function examine(peer: Peer): Promise<Omit<Column, 'name'>> {
  const say = (text: string) => console.error(`${peer.name}: ${text}`);
  say('1,000 cards');
  const lines: Line[] = [];
  const few = await importCards(peer, 0, small, importSeconds);
  lines.push({ name: `import of ${small}`, measured: few });
  const knowsSync = await canSync(peer);
  // Nobody is asked for what there was no time to bring in.
  if (few.count < small) say(`only ${few.count} cards within ${importSeconds} s`);
  for (const line of await readAt(peer, few.count, knowsSync))
    lines.push({ ...line, name: `${line.name}, of ${small}` });
  say(`${cards} cards`);
  const more = await importCards(peer, few.count, cards, importSeconds);
  if (cards > small) lines.push({ name: `import of ${cards - small} more`, measured: more });
  const size = await fillUp(peer, few.count + more.count);
  if (size < cards) say(`only ${size} cards within ${importSeconds} s`);
  for (const line of await readAt(peer, size, knowsSync)) lines.push({ ...line, name: `${line.name}, of ${cards}` });
  lines.push(...(await theRest(peer, size, knowsSync)));
  return { lines, memory: await memoryOf(peer), size };
}

/** What a slow server did not take through its door is brought in behind it, where that is known; how many cards there are. */
async function fillUp(peer: Peer, from: number): Promise<number> {
  if (!peer.fill) return from;
  const numbers = Array.from({ length: cards - from }, (_, index) => from + index);
  if (numbers.length > 0)
    await peer.fill(
      numbers.map((index) => ({ name: `bench-${index}.vcf`, uid: `bench-${index}`, vcard: benchCard(index) })),
    );
  return cards;
}

async function canSync(peer: Peer): Promise<boolean> {
  const wire = openWire(peer.host);
  const reply = await askingOver(wire)(peer.book, sync(''));
  wire.close();
  return reply.status === 207 && tokenIn(reply.body) !== null;
}
