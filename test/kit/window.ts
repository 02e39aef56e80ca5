import assert from 'node:assert/strict';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Person } from './person.ts';

/** An open window or program: it is told of changes, one account and type after the other. */
export type Window = {
  /** Waits until it has been told this state; false: it has ended before. */
  hears(accountId: string, type: string, state: string): Promise<boolean>;
  /** Waits until it is ended by the server. */
  ended: Promise<unknown>;
  close(): void;
};

type Changed = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** By an event stream (RFC 8620 §7.3). */
export async function openStream(person: Person): Promise<Window> {
  const leaving = new AbortController();
  const { signal } = leaving;
  const reply = await person.fetch('/jmap/eventsource?types=*&closeafter=no&ping=0', { signal });
  assert.equal(reply.status, 200);
  const heard = collect();
  const read = async () => {
    let waiting = '';
    for await (const piece of reply.body!.pipeThrough(new TextDecoderStream())) {
      waiting += piece;
      for (let end = waiting.indexOf('\n\n'); end >= 0; end = waiting.indexOf('\n\n')) {
        const [, data] = /^data: (.*)$/mu.exec(waiting.slice(0, end)) ?? [];
        waiting = waiting.slice(end + 2);
        if (data !== undefined) heard.add((JSON.parse(data) as { changed: Changed }).changed);
      }
    }
  };
  const ended = read().then(heard.end, heard.end);
  return { hears: heard.wait, ended, close: () => leaving.abort() };
}

/** By a WebSocket (RFC 8887), with push enabled. */
export async function openSocket(person: Person, url: string): Promise<Window> {
  const headers = { Cookie: person.cookie, Origin: url };
  const socket = new WebSocket(`${url.replace('http', 'ws')}/jmap/ws`, ['jmap'], { headers });
  const heard = collect();
  const enabled = Promise.withResolvers<void>();
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as { '@type': string; changed?: Changed };
    if (message.changed) heard.add(message.changed);
    else enabled.resolve();
  });
  const ended = once(socket, 'close').then(heard.end);
  await once(socket, 'open');
  socket.send(JSON.stringify({ '@type': 'WebSocketPushEnable', dataTypes: null }));
  socket.send(
    JSON.stringify({ '@type': 'Request', using: ['urn:ietf:params:jmap:core'], methodCalls: [['Core/echo', {}, '0']] }),
  );
  await enabled.promise;
  return { hears: heard.wait, ended, close: () => socket.close() };
}

/** What was told, and whoever waits for it. */
function collect() {
  const known = new Set<string>();
  const waiting = new Map<string, (isHeard: boolean) => void>();
  let isOver = false;
  return {
    add(changed: Changed) {
      for (const [accountId, types] of Object.entries(changed))
        for (const [type, state] of Object.entries(types)) {
          const name = `${accountId} ${type} ${state}`;
          known.add(name);
          waiting.get(name)?.(true);
        }
    },
    wait(accountId: string, type: string, state: string): Promise<boolean> {
      const name = `${accountId} ${type} ${state}`;
      if (known.has(name) || isOver) return Promise.resolve(known.has(name));
      return new Promise((resolve) => waiting.set(name, resolve));
    },
    end() {
      isOver = true;
      for (const tell of waiting.values()) tell(false);
    },
  };
}
