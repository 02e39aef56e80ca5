import { join } from 'node:path';
import { createPerson } from '../../src/core/principal/createPerson.ts';
import { indexWords } from '../../src/core/card/words/indexWords.ts';
import { putVCard } from '../../src/core/card/putVCard.ts';
import { transact, within } from '../../src/core/change/transact.ts';
import { freePort } from '../../test/kit/daemon.ts';
import { openWire, wireRequest } from '../carddav/wire.ts';
import { openBenchWorld } from '../kit/benchWorld.ts';
import type { FilledCard, Peer, Process } from './peer.ts';
import { listening, usageOf, startProcess } from './peer.ts';

const email = 'ada@demo.example';
const password = 'a password for the benchmark';

/** Ours, as an administrator starts it. `profile`: where to leave a CPU profile. */
export async function startCoterie(folder: string, profile?: string): Promise<Peer> {
  const personId = await addPerson(folder);
  const { port, server } = await startProgram(folder, profile);
  await listening(port, server.log);
  const authorization = `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`;
  const host = { host: '127.0.0.1', port, authorization };
  await answering(host);
  const book = await firstBook(host);
  return {
    name: 'Coterie',
    host,
    root: '/dav/',
    book,
    fill: (cards) => fill(folder, personId, book.split('/').at(-2)!, cards),
    ...usageOf(server),
    stop: server.stop,
  };
}

/** The program on the data of this folder, without limits; it may not be listening yet. `profile`: as above. */
export async function startProgram(folder: string, profile?: string): Promise<{ port: number; server: Process }> {
  const port = await freePort();
  const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const server = startProcess(process.execPath, [...flags, join(import.meta.dirname, '../../src/main.ts')], {
    logFile: join(folder, 'log'),
    environment: {
      COTERIE_DATA: folder,
      COTERIE_PORT: String(port),
      COTERIE_DEMO: 'off',
      COTERIE_REQUESTS_PER_MINUTE: '0',
      COTERIE_MAX_CARDS_PER_ACCOUNT: '1000000',
    },
  });
  return { port, server };
}

/** Waits until requests are answered: the port is open before the data is. */
export async function answering(host: Peer['host']): Promise<void> {
  const wire = openWire(host);
  while ((await wire.ask(wireRequest(host, 'OPTIONS', '/dav/'))).status === 503)
    await new Promise((resolve) => setTimeout(resolve, 50));
  wire.close();
}

async function addPerson(folder: string): Promise<string> {
  await using bench = await openBenchWorld(folder);
  return (await createPerson(bench.world, { name: 'Ada Démo', email, password })).id;
}

/** By the program's own operation, a thousand in a transaction. */
async function fill(folder: string, personId: string, bookId: string, cards: readonly FilledCard[]): Promise<void> {
  await using bench = await openBenchWorld(folder);
  const context = bench.as(personId);
  for (let start = 0; start < cards.length; start += 1000) {
    await transact(context, async (tx) => {
      for (const { name, vcard } of cards.slice(start, start + 1000))
        await putVCard(within(context, tx), { bookId, uri: name, vcard });
    });
  }
  // Of what comes through the door the index of words follows meanwhile; what was filled must not be paid by the next workload.
  await indexWords(bench.world);
}

async function firstBook(host: Peer['host']): Promise<string> {
  const wire = openWire(host);
  const find = async (path: string, name: string, depth: string) => {
    const body = `<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:prop>${name}</d:prop></d:propfind>`;
    const reply = await wire.ask(wireRequest(host, 'PROPFIND', path, { headers: { Depth: depth }, body }));
    return [...reply.body.toString().matchAll(/href>([^<]+)</gu)].map(([, href]) => href!);
  };
  const [, principal] = await find('/dav/', '<d:current-user-principal/>', '0');
  const [, home] = await find(principal!, '<c:addressbook-home-set/>', '0');
  const [, book] = await find(home!, '<d:resourcetype/>', '1');
  wire.close();
  return book!;
}
