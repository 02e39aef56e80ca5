import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A process that answers requests. */
export type Server = {
  readonly url: string;
  /** What it has in memory now, and the most that it ever had, in MB; null where the system does not say. */
  memory(): { readonly now: number; readonly most: number } | null;
  /** The processor time that it has used, in milliseconds: what other programs do meanwhile has little part in it. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
};

const mainFile = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const probe = new URL('cpuProbe.ts', import.meta.url).href;
const bareFile = fileURLToPath(new URL('bareServer.ts', import.meta.url));

/** The program as an administrator starts it, on the data of a folder; `profile`: where to leave a CPU profile. */
export function startCoterie(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
  profile?: string,
): Promise<Server> {
  const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  return start([...flags, mainFile], {
    COTERIE_DATA: folder,
    COTERIE_PORT: '0',
    COTERIE_REQUESTS_PER_MINUTE: '0',
    COTERIE_DEMO: 'off',
    COTERIE_MAX_CARDS_PER_ACCOUNT: '1000000',
    ...settings,
  });
}

/** The bare `node:http` server that everything is compared with. */
export function startBare(): Promise<Server> {
  return start([bareFile], {});
}

async function start(words: readonly string[], settings: Readonly<Record<string, string>>): Promise<Server> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('COTERIE_'));
  const child = spawn(process.execPath, ['--import', probe, ...words], {
    env: { ...Object.fromEntries(inherited), ...settings },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const found = /open: (http\S+)/u.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      });
    }
    void ended.then(() => reject(new Error(`The server ended before it was open:\n${output}`)));
  });
  // Whatever becomes of the benchmark, no server outlives it.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  return {
    url,
    memory: () => memoryOf(child.pid!),
    cpu: () =>
      new Promise((resolve) => {
        child.once('message', (milliseconds) => resolve(milliseconds as number));
        child.send('cpu');
      }),
    async stop() {
      process.off('exit', kill);
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function memoryOf(pid: number): { now: number; most: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const read = (name: string) =>
      Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`, 'u').exec(status)?.[1] ?? 0) / 1024);
    return { now: read('VmRSS'), most: read('VmHWM') };
  } catch {
    return null;
  }
}
