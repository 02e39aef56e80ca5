import type { Context, World } from '../../../core/context.ts';
import type { Broadcast } from '../../../core/sync/broadcast.ts';
import { readAllStates } from '../../../core/sync/changedStates.ts';
import type { ChangedStates } from '../../../core/sync/changedStates.ts';
import type { LiveBody } from '../../../lib/http/http.ts';
import { pingEvent, stateEvent } from './connection.ts';
import type { Connection, PushOptions } from './connection.ts';
import type { Seats } from './seats.ts';

/** Event streams (RFC 8620 §7.3). */
export type EventStreams = {
  /** A stream for this person, or null when they have too many connections already. */
  open(context: Context, options: PushOptions, signal: AbortSignal): LiveBody | null;
  count(): number;
  /** Ends them all; browsers come back after some seconds, not all at once. */
  close(): void;
};

/** What the streams share with the other ways of being told; tests make a second shorter. */
export type StreamSettings = {
  readonly broadcast: Broadcast;
  readonly seats: Seats;
  readonly report: (error: unknown) => void;
  readonly second?: number;
};

/** A stream ends after an hour: the client comes back by itself, and signs in anew. */
const lifeSeconds = 3600;

/** A thousand idle streams cost one ticker. */
export function createEventStreams({ broadcast, seats, report, second = 1000 }: StreamSettings): EventStreams {
  const connections = new Set<Connection>();
  const ticker = setInterval(() => connections.forEach((connection) => tick(connection, second)), second);
  ticker.unref();

  return {
    open(context, options, signal) {
      const giveBack = seats.take(context.actor.principalId);
      if (!giveBack) return null;
      signal.addEventListener('abort', giveBack);
      if (signal.aborted) giveBack();
      return {
        stream(write, close) {
          if (signal.aborted) return;
          const opened = performance.now();
          const connection: Connection = { context, options, openedAt: opened, lastEventAt: opened, write, close };
          connections.add(connection);
          const leave = broadcast.join(context, {
            tell: (states) => sendStates(connection, states),
            end: close,
          });
          signal.addEventListener('abort', () => {
            connections.delete(connection);
            leave();
            close();
          });
          // An id from the start, so that a client which comes back says that it was here before.
          send(connection, `: coterie\nid: ${eventId(context)}\n\n`);
          if (options.isReturning) void sendAll(connection, report);
        },
      };
    },
    count: () => connections.size,
    close() {
      clearInterval(ticker);
      for (const connection of connections) {
        connection.write(`retry: ${comeBackAfter()}\n\n`);
        connection.close();
      }
    },
  };
}

/** Milliseconds, two to six seconds: when a program starts again, its thousand windows do not come in one moment. */
function comeBackAfter(): number {
  return 2000 + Math.floor(Math.random() * 4000);
}

function eventId(world: World): string {
  return world.now().getTime().toString(36);
}

function tick(connection: Connection, second: number): void {
  const now = performance.now();
  if (now - connection.openedAt > lifeSeconds * second) {
    connection.close();
    return;
  }
  const { ping } = connection.options;
  if (ping > 0 && now - connection.lastEventAt >= ping * second) send(connection, pingEvent(ping));
}

/** Whoever does not keep up is cut off, and finds out what it missed when it comes back. */
function send(connection: Connection, text: string): void {
  connection.lastEventAt = performance.now();
  if (!connection.write(text)) connection.close();
}

function sendStates(connection: Connection, states: ChangedStates): void {
  const event = stateEvent(connection.options, states, eventId(connection.context));
  if (event === null) return;
  send(connection, event);
  if (connection.options.closeAfterState) connection.close();
}

/** To a client that comes back: how everything stands now; it sees itself what it has missed (RFC 8620 §7.3). */
async function sendAll(connection: Connection, report: (error: unknown) => void): Promise<void> {
  try {
    sendStates(connection, await readAllStates(connection.context));
  } catch (error) {
    report(error);
    connection.close();
  }
}
