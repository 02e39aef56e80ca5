import { Worker } from 'node:worker_threads';

/** A statement on its way to the other thread. */
export type Asked = { readonly number: number; readonly sql: string; readonly parameters: readonly unknown[] };

type Answer = { readonly number: number; readonly row?: unknown; readonly error?: string };
type Waiting = { resolve(row: unknown): void; reject(error: unknown): void };

/** A thread that reads a database file. */
export type Aside = {
  /** The first row of what a statement finds among all that is committed; undefined when it finds nothing. */
  first(sql: string, parameters: readonly unknown[]): Promise<unknown>;
  close(): Promise<void>;
};

/** The thread is started when it is first needed, and does not keep the process alive. */
export function openAside(file: string): Aside {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let asked = 0;

  function start(): Worker {
    // Without the flags of the program: what they load before it is made for its own thread.
    const options = { workerData: { file }, execArgv: [] };
    const started = new Worker(new URL('./asideWorker.ts', import.meta.url), options);
    started.on('message', ({ number, row, error }: Answer) => {
      const one = waiting.get(number);
      waiting.delete(number);
      if (waiting.size === 0) started.unref();
      if (error === undefined) one?.resolve(row);
      else one?.reject(new Error(error));
    });
    // Whoever waits when it ends is told so; who asks next begins another.
    const ended = (error: unknown) => {
      if (worker === started) worker = undefined;
      for (const one of waiting.values()) one.reject(error);
      waiting.clear();
    };
    started.on('error', ended);
    started.on('exit', () => ended(new Error('The thread that reads has ended')));
    return started;
  }

  return {
    first: (sql, parameters) =>
      new Promise((resolve, reject) => {
        worker ??= start();
        worker.ref();
        const number = ++asked;
        waiting.set(number, { resolve, reject });
        worker.postMessage({ number, sql, parameters } satisfies Asked);
      }),
    async close() {
      await worker?.terminate();
    },
  };
}
