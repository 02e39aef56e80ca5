import { setPassword } from '../../src/core/auth/setPassword.ts';
import { openBenchWorld } from '../kit/benchWorld.ts';
import { seedCards, seedOwner } from '../kit/seed.ts';
import type { Owner } from '../kit/seed.ts';
import { answering, startProgram } from '../peers/coterie.ts';
import { listening, usageOf } from '../peers/peer.ts';
import type { Peer } from '../peers/peer.ts';
import { askingOver, measure } from './measure.ts';
import type { Measured } from './measure.ts';
import { memoryOf } from './memory.ts';
import type { Memory } from './memory.ts';
import { contains, listing, put, sync, tokenIn } from './requests.ts';
import { openWire } from './wire.ts';

/** What an address book of a size costs. */
export type Growth = {
  readonly size: number;
  readonly lines: Readonly<Record<'GET' | 'delta sync' | 'query' | 'full sync', Measured>>;
  readonly memory: Memory;
};

const password = 'a password for the benchmark';

/** Ours alone, with address books of several sizes: what grows with them, and what does not. */
export async function measureGrowth(folder: string, sizes: readonly number[]): Promise<Growth[]> {
  const owners: { owner: Owner; size: number; email: string }[] = [];
  for (const size of sizes) {
    const owner = await seedOwner(folder, `Camille ${size}`);
    await seedCards(folder, owner, size, owners[0]?.owner);
    await using bench = await openBenchWorld(folder);
    await setPassword(bench.world, owner.id, password);
    owners.push({ owner, size, email: `camille.${size}@demo.example` });
  }
  const { port, server } = await startProgram(folder);
  try {
    await listening(port, server.log);
    await answering({ host: '127.0.0.1', port, authorization: '' });
    const results: Growth[] = [];
    for (const { owner, size, email } of owners) {
      const authorization = `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`;
      const peer: Peer = {
        name: 'Coterie',
        host: { host: '127.0.0.1', port, authorization },
        root: '/dav/',
        book: `/dav/addressbooks/${owner.id}/${owner.bookIds[0]}/`,
        ...usageOf(server),
        stop: server.stop,
      };
      results.push({ size, lines: await examine(peer), memory: await memoryOf(peer) });
    }
    return results;
  } finally {
    await server.stop();
  }
}

async function examine(peer: Peer): Promise<Growth['lines']> {
  const wire = openWire(peer.host);
  const ask = askingOver(wire);
  const [, ...hrefs] = [...(await ask(peer.book, listing)).body.toString().matchAll(/href>([^<]+)</gu)].map(
    ([, href]) => href!,
  );
  const card = (round: number) => hrefs[(round * 7919) % hrefs.length]!;
  const get = await measure(peer, (asking, round) => asking(card(round), { method: 'GET' }));
  const full = await measure(peer, (asking) => asking(peer.book, sync('')), { connections: 1, seconds: 3, warm: 2 });
  let token = tokenIn((await ask(peer.book, sync(''))).body)!;
  const delta = await measure(
    peer,
    async (asking) => {
      const reply = await asking(peer.book, sync(token));
      token = tokenIn(reply.body) ?? token;
      return reply;
    },
    {
      connections: 1,
      seconds: 3,
      warm: 40,
      before: async (asking, round) => {
        const path = card(round);
        const { body } = await asking(path, { method: 'GET' });
        await asking(path, put(body.toString().replace('END:VCARD', `NOTE:Édition ${round}\r\nEND:VCARD`)));
      },
    },
  );
  const query = await measure(peer, (asking) => asking(peer.book, contains), { connections: 1, seconds: 3, warm: 2 });
  wire.close();
  return { GET: get, 'delta sync': delta, query, 'full sync': full };
}
