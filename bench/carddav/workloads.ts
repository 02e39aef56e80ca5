import type { Peer } from '../peers/peer.ts';
import { createChance } from '../../src/demo/chance.ts';
import { benchCard } from './cards.ts';
import { askingOver, measure } from './measure.ts';
import type { Asking, Measured } from './measure.ts';
import { contains, discovery, listing, multiget, put, sync, tokenIn } from './requests.ts';
import type { Question } from './requests.ts';
import { openWire } from './wire.ts';
import type { WireReply } from './wire.ts';

/** A line of the table; null: the server cannot do it. */
export type Line = { readonly name: string; readonly measured: Measured | null };

const hrefOf = (peer: Peer, index: number) => `${peer.book}bench-${index}.vcf`;

/** Puts so many new cards over eight connections; `from` is the first number. */
export function importCards(peer: Peer, from: number, to: number, seconds: number): Promise<Measured> {
  const turn = (ask: Asking, round: number) => ask(hrefOf(peer, from + round), put(benchCard(from + round)));
  return measure(peer, turn, { connections: 8, seconds, most: to - from, warm: 0 });
}

const asks = (question: Question, path: string) => (ask: Asking) => ask(path, question);
const pick = (size: number) => {
  const chance = createChance(7);
  return () => chance.below(size);
};

/** What is asked of an address book of any size. */
export async function readAt(peer: Peer, size: number, knowsSync: boolean): Promise<Line[]> {
  const card = pick(size);
  const lines: Line[] = [];
  const add = async (name: string, measuring: Promise<Measured> | null) =>
    void lines.push({ name, measured: await measuring });
  await add(
    `GET`,
    measure(peer, (ask) => ask(hrefOf(peer, card()), { method: 'GET' })),
  );
  await add('full sync', knowsSync ? measure(peer, asks(sync(''), peer.book), { connections: 1, seconds: 3 }) : null);
  await add('delta sync after one change', knowsSync ? deltaSync(peer, card) : null);
  await add(
    'query: name contains, 1 in 1,000',
    measure(peer, asks(contains, peer.book), { connections: 2, seconds: 3 }),
  );
  return lines;
}

async function deltaSync(peer: Peer, card: () => number): Promise<Measured> {
  let token = '';
  let edition = 1;
  const remember = (reply: WireReply) => {
    token = tokenIn(reply.body) ?? token;
    return reply;
  };
  const wire = openWire(peer.host);
  remember(await askingOver(wire)(peer.book, sync('')));
  wire.close();
  return measure(peer, async (ask) => remember(await ask(peer.book, sync(token))), {
    connections: 1,
    seconds: 3,
    before: (ask) => {
      const index = card();
      return ask(hrefOf(peer, index), put(benchCard(index, { edition: edition++ })));
    },
  });
}

/** The rest, at one size. */
export async function theRest(peer: Peer, size: number, knowsSync: boolean): Promise<Line[]> {
  const card = pick(size);
  const lines: Line[] = [];
  const add = async (name: string, measuring: Promise<Measured>) =>
    void lines.push({ name, measured: await measuring });
  await add('discovery', measure(peer, asks(discovery, peer.root)));
  await add(
    'multiget of 100',
    measure(peer, (ask) => ask(peer.book, multiget(Array.from({ length: 100 }, () => hrefOf(peer, card()))))),
  );
  await add('PROPFIND depth 1', measure(peer, asks(listing, peer.book), { connections: 1, seconds: 3 }));
  let next = 1_000_000;
  await add(
    'PUT new, 1 kB',
    measure(peer, (ask) => ask(hrefOf(peer, ++next), put(benchCard(next))), { connections: 4 }),
  );
  await add(
    'PUT new, 20 kB',
    measure(peer, (ask) => ask(hrefOf(peer, ++next), put(benchCard(next, { octets: 20_000 }))), { connections: 4 }),
  );
  await add('mix over 32 connections', mix(peer, size, knowsSync));
  return lines;
}

/** 70 % GET, 15 % PUT under the entity tag, 10 % multiget of 20, 5 % delta sync; each connection edits cards of its own. */
async function mix(peer: Peer, size: number, knowsSync: boolean): Promise<Measured> {
  const connections = 32;
  const card = pick(size);
  const chance = createChance(11);
  const tags = new Map<number, string>();
  const tokens = new Map<number, string>();
  if (knowsSync) {
    const wire = openWire(peer.host);
    const token = tokenIn((await askingOver(wire)(peer.book, sync(''))).body) ?? '';
    for (let connection = 0; connection < connections; connection++) tokens.set(connection, token);
    wire.close();
  }
  let edition = 1_000;
  const get = async (ask: Asking, index: number) => {
    const reply = await ask(hrefOf(peer, index), { method: 'GET' });
    const tag = /^etag: *(.*)$/imu.exec(reply.head)?.[1]?.trim();
    if (tag !== undefined) tags.set(index, tag);
    return reply;
  };
  const edit = async (ask: Asking, connection: number) => {
    const index = (card() % Math.floor(size / connections)) * connections + connection;
    const known = tags.get(index);
    // The entity tag is what one has read; asking for it is an operation of its own.
    if (known === undefined) return get(ask, index);
    const reply = await ask(hrefOf(peer, index), put(benchCard(index, { edition: edition++ }), { 'If-Match': known }));
    const tag = /^etag: *(.*)$/imu.exec(reply.head)?.[1]?.trim();
    if (tag === undefined) tags.delete(index);
    else tags.set(index, tag);
    return reply;
  };
  const follow = async (ask: Asking, connection: number) => {
    const reply = await ask(peer.book, sync(tokens.get(connection)!));
    tokens.set(connection, tokenIn(reply.body) ?? '');
    return reply;
  };
  return measure(
    peer,
    (ask, _round, connection) => {
      const dice = chance.below(100);
      // Somebody else's card may be in the middle of an edit: only one's own tag is remembered.
      if (dice < 70) return get(ask, (card() % Math.floor(size / connections)) * connections + connection);
      if (dice < 85) return edit(ask, connection);
      if (dice < 95 || !knowsSync)
        return ask(peer.book, multiget(Array.from({ length: 20 }, () => hrefOf(peer, card()))));
      return follow(ask, connection);
    },
    { connections, seconds: 6, warm: 0 },
  );
}
