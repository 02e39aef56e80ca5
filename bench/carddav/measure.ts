import type { Peer } from '../peers/peer.ts';
import type { Question } from './requests.ts';
import { openWire, wireRequest } from './wire.ts';
import type { Wire, WireReply } from './wire.ts';

/** What a workload came to. */
export type Measured = {
  /** Operations a second, over all connections. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  /** Processor time of an operation in all processes of the server, in milliseconds. */
  readonly cpu: number;
  readonly errors: number;
  readonly count: number;
};

/** One connection's turn: does something and says how long that took, or asks and is measured as a whole. */
export type Turn = (ask: Asking, round: number, connection: number) => Promise<WireReply>;
/** Asks as the person. */
export type Asking = (path: string, question: Question) => Promise<WireReply>;

/** How a workload is measured. */
export type Measuring = {
  readonly connections?: number;
  readonly seconds?: number;
  /** No more than so many, over all connections. */
  readonly most?: number;
  /** Done before each turn, and not measured; only with one connection. */
  readonly before?: (ask: Asking, round: number) => Promise<unknown>;
  /** No more turns than this come before those that count. */
  readonly warm?: number;
};

/** Something that asks over one connection. */
export function askingOver(wire: Wire): Asking {
  return (path, { method, headers = {}, body = '' }) =>
    wire.ask(wireRequest(wire.host, method, path, { headers, body }));
}

const warmMilliseconds = 3_000;

/** Runs turns over some connections until the time or the number is reached. */
export async function measure(
  { host, hosts = [host], cpu: cpuOf }: Pick<Peer, 'host' | 'hosts' | 'cpu'>,
  turn: Turn,
  { connections = 4, seconds = 2, most = Infinity, before, warm = 2_000 }: Measuring = {},
): Promise<Measured> {
  const times: number[] = [];
  let errors = 0;
  let round = 0;
  let waited = 0;
  const wires = Array.from({ length: connections }, (_, index) => openWire(hosts[index % hosts.length]!));
  // What has not been asked before is slower: that is not what is measured.
  const warmed = performance.now() + warmMilliseconds;
  for (let index = 0; index < warm && performance.now() < warmed; index++) {
    const ask = askingOver(wires[index % connections]!);
    await before?.(ask, round);
    await turn(ask, round++, index % connections);
  }
  const first = round;
  const used = cpuOf();
  let preparation = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  const work = async (wire: Wire, connection: number) => {
    const ask = askingOver(wire);
    // Slow ones are asked three times at least.
    while (round - first < most && (performance.now() - waited < end || times.length < 3)) {
      const mine = round++;
      if (before) {
        const preparing = performance.now();
        const usedBefore = cpuOf();
        await before(ask, mine);
        preparation += cpuOf() - usedBefore;
        waited += performance.now() - preparing;
      }
      const began = performance.now();
      const reply = await turn(ask, mine, connection).catch(() => null);
      times.push(performance.now() - began);
      if (reply && reply.status < 400) continue;
      if (errors++ < 3)
        console.error(`  ${reply ? `${reply.status} ${reply.body.toString().slice(0, 200)}` : 'no answer'}`);
    }
  };
  await Promise.all(wires.map(work));
  const elapsed = performance.now() - start - waited;
  const cpu = (cpuOf() - used - preparation) / times.length;
  for (const wire of wires) wire.close();
  times.sort((a, b) => a - b);
  return {
    rate: (times.length / elapsed) * 1000,
    p50: times[Math.floor(times.length / 2)] ?? NaN,
    p95: times[Math.floor(times.length * 0.95)] ?? NaN,
    cpu,
    errors,
    count: times.length,
  };
}
