import { expand } from './client.ts';
import type { Client } from './client.ts';
import { SignedOutError } from './errors.ts';
import type { Id } from './types.ts';

/** Which types have another state, by account (RFC 8620 §7.1). */
export type StateChange = Readonly<Record<Id, Readonly<Record<string, string>>>>;

/** What a follower hears. */
export type Follower = {
  onChange(changed: StateChange): void;
  /** The stream is open. What happened before, while it was not, was not told. */
  onOpen?(): void;
  /** The stream broke or could not be opened; it is tried again. How often that happened in a row. */
  onLost?(attempts: number): void;
};

const reconnectAfter = [1_000, 2_000, 5_000, 15_000, 30_000];
const pingSeconds = 30;
/** Without any sign of life for so long the line is dead, whatever the system says. */
const silence = pingSeconds * 2_500;

/** The push stream at work. */
export type Following = {
  /** Tries at once, when the network is back. */
  reconnect(): void;
  stop(): void;
};

/**
 * Follows what changes over the push stream (RFC 8620 §7.3) and keeps it open; it is read with `fetch`, so that it works
 * with any credentials, in browsers and in Node.
 */
export function follow(client: Client, follower: Follower): Following {
  let attempts = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: AbortController | undefined;
  let stopped = false;

  async function connect(): Promise<void> {
    clearTimeout(timer);
    current?.abort();
    const mine = new AbortController();
    current = mine;
    try {
      await read(mine);
      lose(mine);
    } catch (error) {
      if (!(error instanceof SignedOutError)) lose(mine);
    }
  }

  async function read(mine: AbortController): Promise<void> {
    const template = client.session?.eventSourceUrl;
    if (template === undefined) throw new SignedOutError('Load the session first');
    const url = expand(template, { types: '*', closeafter: 'no', ping: String(pingSeconds) });
    const reply = await client.fetch(url, { headers: { Accept: 'text/event-stream' }, signal: mine.signal });
    attempts = 0;
    follower.onOpen?.();
    let watchdog = setTimeout(() => mine.abort(), silence);
    try {
      for await (const event of eventsOf(reply, () => {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => mine.abort(), silence);
      })) {
        if (event.type !== 'state') continue;
        follower.onChange((JSON.parse(event.data) as { changed: StateChange }).changed);
      }
    } finally {
      clearTimeout(watchdog);
    }
  }

  function lose(mine: AbortController): void {
    if (stopped || current !== mine) return;
    attempts += 1;
    timer = setTimeout(() => void connect(), reconnectAfter[Math.min(attempts, reconnectAfter.length) - 1]);
    follower.onLost?.(attempts);
  }

  void connect();
  return {
    reconnect: () => void connect(),
    stop() {
      stopped = true;
      clearTimeout(timer);
      current?.abort();
    },
  };
}

/** The events of a stream: HTML Living Standard §9.2.6, as much of it as RFC 8620 uses. */
async function* eventsOf(reply: Response, onSign: () => void): AsyncGenerator<{ type: string; data: string }> {
  if (!reply.body) return;
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onSign();
    const blocks = (rest + value.replaceAll('\r\n', '\n')).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = block.split('\n').map((line) => /^(\w+): ?(.*)$/.exec(line));
      const of = (name: string) => fields.flatMap((field) => (field?.[1] === name ? [field[2]!] : []));
      const data = of('data');
      if (data.length > 0) yield { type: of('event')[0] ?? 'message', data: data.join('\n') };
    }
  }
}
