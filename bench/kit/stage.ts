import { figuresOf, timed } from './figures.ts';
import { ask, jmapAsk, jmapResults } from './http.ts';
import type { Answer, Ask, MethodCall } from './http.ts';
import type { Report } from './report.ts';
import type { Owner } from './seed.ts';
import type { Server } from './servers.ts';
import type { Team } from './team.ts';

/** How a line of the benchmark is measured. */
export type Measuring = {
  readonly rounds?: number;
  /** Done after each round, and not measured. */
  readonly after?: (answer: Answer) => Promise<unknown>;
};

/** A running server whose account and directory have a certain size, and how to measure it. */
export type Stage = {
  readonly size: number;
  readonly coterie: Server;
  readonly bare: Server;
  readonly owner: Owner;
  /** People who share a folder with each other; only at the largest size. */
  readonly team: Team | null;
  readonly report: Report;
  /** Calls methods as the owner; not measured. */
  call<T>(...methodCalls: MethodCall[]): Promise<T[]>;
  /** The owner's API request. */
  jmap(...methodCalls: MethodCall[]): Ask;
  /** Measures a request side by side with the same octets to and from the bare server. */
  compare(what: string, next: Ask | ((round: number) => Ask | Promise<Ask>), measuring?: Measuring): Promise<void>;
};

/** Something to be measured: at each size, at the largest alone, or without any server. */
export type Workload = {
  readonly name: string;
  readonly when: 'each size' | 'largest size';
  run(stage: Stage): Promise<void>;
};

const mostMilliseconds = 1_000;
const leastRounds = 3;
const warmMilliseconds = 100;
const warmRounds = 10;

/** What the stage is made of. */
export type StageParts = Pick<Stage, 'size' | 'coterie' | 'bare' | 'owner' | 'team' | 'report'> & {
  readonly workload: string;
};

/** A stage for one workload. */
export function createStage({ workload, ...parts }: StageParts): Stage {
  const { coterie, bare, owner, report, size } = parts;
  const jmap = (...methodCalls: MethodCall[]) => jmapAsk(coterie.url, owner.cookie, methodCalls);
  return {
    ...parts,
    jmap,
    call: async (...methodCalls) => jmapResults(await ask(coterie.url, jmap(...methodCalls))),
    async compare(what, next, { rounds = 25, after } = {}) {
      const both = async (round: number) => {
        const asked = typeof next === 'function' ? await next(round) : next;
        let answer: Answer | undefined;
        const ours = await timed(async () => (answer = await ask(coterie.url, asked)));
        requireRight(what, asked, answer!);
        const theirs = await timed(() => ask(bare.url, { ...asked, path: `/${answer!.body.length}` }));
        return { ours, theirs, answer: answer! };
      };
      // What has not been asked before is slower: that is not what is measured.
      const warm = performance.now() + warmMilliseconds;
      let round = 0;
      do {
        const { answer } = await both(round++);
        await after?.(answer);
      } while (round < warmRounds && performance.now() < warm);
      const times: Awaited<ReturnType<typeof both>>[] = [];
      const end = performance.now() + mostMilliseconds;
      // What is done in between is not counted.
      let between = 0;
      const before = await cpuOf(coterie, bare);
      while (times.length < rounds && (times.length < leastRounds || performance.now() < end)) {
        const done = await both(round++);
        times.push(done);
        if (!after) continue;
        const pausedAt = await coterie.cpu();
        await after(done.answer);
        between += (await coterie.cpu()) - pausedAt;
      }
      const spent = await cpuOf(coterie, bare);
      const perRound = (index: 0 | 1, less: number) => (spent[index] - before[index] - less) / times.length;
      const octets = times.at(-1)!.answer.body.length;
      report.add({
        workload,
        what,
        size,
        ours: { ...figuresOf(times.map(({ ours }) => ours)), cpu: perRound(0, between) },
        bare: { ...figuresOf(times.map(({ theirs }) => theirs)), cpu: perRound(1, 0) },
        octets,
      });
    },
  };
}

/** The processor time that both servers have used. */
function cpuOf(coterie: Server, bare: Server): Promise<[number, number]> {
  return Promise.all([coterie.cpu(), bare.cpu()]);
}

function requireRight(what: string, asked: Ask, answer: Answer): void {
  if (answer.status >= 300) throw new Error(`${what}: ${answer.status} ${answer.body.toString().slice(0, 300)}`);
  if (asked.path === '/jmap/api' && asked.headers?.['Accept-Encoding'] === undefined) jmapResults(answer);
}
