import type { Person } from '../kit/person.ts';
import type { Clerk } from './clerk.ts';
import { callPolitely, polite, Unavailable, WrongAnswer } from './places.ts';

/** An open window of somebody, which is told of changes and comes back when the stream has ended. */
export type Window = {
  /** Ends it, and asks as somebody who comes back: sentences about what was not told. */
  finish(): Promise<string[]>;
};

const path = '/jmap/eventsource?types=ContactCard&closeafter=no&ping=5';

/** Keeps a stream open (RFC 8620 §7.3) as long as the work goes on. */
export function openWindow(clerk: Clerk, person: Person): Window {
  const closing = new AbortController();
  const open = async (more: object = {}) => {
    const reply = await polite(() => person.fetch(path, { signal: closing.signal, ...more }));
    if (reply.status !== 200) throw new WrongAnswer(`eventsource: ${reply.status}`);
    return reply;
  };
  const watch = async () => {
    while (!closing.signal.aborted) await clerk.again(async () => readToItsEnd(await open()));
  };
  const watching = watch().catch((error: unknown) => {
    if (!closing.signal.aborted) throw error;
  });
  return {
    async finish() {
      closing.abort();
      await watching;
      const headers = { 'Last-Event-ID': 'before' };
      const reply = await open({ headers, signal: AbortSignal.timeout(30_000) });
      const told = await firstState(reply, person.id);
      const { state } = await callPolitely(person, 'ContactCard/get', { ids: [] });
      return told === state ? [] : [`a window of ${person.name} that comes back is told ${told}, it is ${state}`];
    },
  };
}

/** However it ends: a window comes back. */
async function readToItsEnd(reply: Response): Promise<null> {
  try {
    for await (const _part of reply.body!);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Unavailable(null, 'the stream broke');
  }
  return null;
}

async function firstState({ body }: Response, accountId: string): Promise<string | undefined> {
  let text = '';
  for await (const part of body!.pipeThrough(new TextDecoderStream())) {
    text += part;
    const [, data] = /^event: state\n(?:id: .*\n)?data: (.*)\n/mu.exec(text) ?? [];
    if (data === undefined) continue;
    const { changed } = JSON.parse(data) as { changed: Record<string, Record<string, string>> };
    return changed[accountId]?.['ContactCard'];
  }
  return undefined;
}
