import { request } from 'node:http';
import type { ClientRequest } from 'node:http';
import { figuresOf } from '../kit/figures.ts';
import { ask, jmapAsk, jmapResults } from '../kit/http.ts';
import type { Stage, Workload } from '../kit/stage.ts';

const counts = [100, 1_000];
const edits = 8;

/** Many open windows, all of which hear of one edit. */
type Windows = { heard(): Promise<number[]>; close(): void };

/** An edit in a folder that a thousand people share: when does each of their windows know? */
export const fanOut: Workload = {
  name: 'fan-out',
  when: 'largest size',
  async run(stage) {
    for (const count of counts) await measure(stage, count);
  },
};

async function measure(stage: Stage, count: number): Promise<void> {
  const team = stage.team!;
  const before = stage.coterie.memory()?.now ?? 0;
  const path = '/jmap/eventsource?types=ContactCard&closeafter=no&ping=0';
  const windows = await openWindows(
    stage.coterie.url,
    team.members.slice(0, count).map(({ cookie }) => ({ path, cookie })),
    'event: state',
  );
  const others = await openWindows(
    stage.bare.url,
    Array.from({ length: count }, () => ({ path: '/events', cookie: '' })),
    'event: state',
  );
  const [first, second] = [stage.owner.cookie, team.bookId];
  const filter = { inAddressBook: second };
  const { ids } = (
    await stage.call<{ ids: string[] }>(['ContactCard/query', { accountId: stage.owner.id, filter, limit: 1 }, 'q'])
  )[0]!;
  const [all, last, bareAll, bareLast]: [number[], number[], number[], number[]] = [[], [], [], []];
  const event = `event: state\nid: abcdefgh\ndata: ${'x'.repeat(120)}\n\n`;
  for (let round = 0; round <= edits; round++) {
    const update = { [ids[0]!]: { notes: { n: { note: `Note ${round} ${count}` } } } };
    const edit = jmapAsk(stage.coterie.url, first, [['ContactCard/set', { accountId: stage.owner.id, update }, 's']]);
    const times = await hear(windows, async () => jmapResults(await ask(stage.coterie.url, edit)));
    const bareTimes = await hear(others, () => ask(stage.bare.url, { path: '/tell', body: event }));
    if (round === 0) continue;
    all.push(...times);
    last.push(Math.max(...times));
    bareAll.push(...bareTimes);
    bareLast.push(Math.max(...bareTimes));
  }
  const row = { workload: 'fan-out', size: count, octets: null };
  stage.report.add({ ...row, what: 'a window knows', ours: figuresOf(all), bare: figuresOf(bareAll) });
  stage.report.add({ ...row, what: 'the last window knows', ours: figuresOf(last), bare: figuresOf(bareLast) });
  // What others left behind is given back at some time, too.
  const grown = Math.max(0, (stage.coterie.memory()?.now ?? 0) - before);
  stage.report.note(
    'fan-out',
    `${count} open windows: ${grown} MB more, ${((grown / count) * 1000).toFixed(0)} kB each.`,
  );
  windows.close();
  others.close();
}

/** When each window heard, in milliseconds since the act began. */
async function hear(windows: Windows, act: () => Promise<unknown>): Promise<number[]> {
  const start = performance.now();
  const heard = windows.heard();
  await act();
  return (await heard).map((time) => time - start);
}

async function openWindows(
  url: string,
  wanted: readonly { readonly path: string; readonly cookie: string }[],
  mark: string,
): Promise<Windows> {
  const open: ClientRequest[] = [];
  let waiting: { times: number[]; resolve: (times: number[]) => void } | null = null;
  const listen = ({ path, cookie }: { path: string; cookie: string }) =>
    new Promise<void>((resolve, reject) => {
      const sent = request(`${url}${path}`, { agent: false, headers: { Cookie: cookie } }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`The stream answered ${response.statusCode}`));
        response.on('data', (chunk: Buffer) => {
          resolve();
          if (!chunk.includes(mark) || !waiting) return;
          waiting.times.push(performance.now());
          if (waiting.times.length === wanted.length) waiting.resolve(waiting.times);
        });
        response.on('error', () => undefined);
      });
      sent.on('error', reject);
      sent.end();
      open.push(sent);
    });
  for (let start = 0; start < wanted.length; start += 50)
    await Promise.all(wanted.slice(start, start + 50).map(listen));
  return {
    heard: () =>
      new Promise((resolve) => {
        waiting = { times: [], resolve };
      }),
    close: () => open.forEach((each) => each.destroy()),
  };
}
