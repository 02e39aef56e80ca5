import type { Context } from '../../../core/context.ts';
import { pickStates } from '../../../core/sync/changedStates.ts';
import type { ChangedStates } from '../../../core/sync/changedStates.ts';

/** What a client wants of its event stream (RFC 8620 §7.3). */
export type PushOptions = {
  /** null: all types. */
  readonly types: ReadonlySet<string> | null;
  readonly closeAfterState: boolean;
  /** Seconds between pings; 0: none. */
  readonly ping: number;
  /** The client was here before and may have missed something. */
  readonly isReturning: boolean;
};

/** An open event stream. */
export type Connection = {
  readonly context: Context;
  readonly options: PushOptions;
  readonly openedAt: number;
  lastEventAt: number;
  write(text: string): boolean;
  close(): void;
};

/** RFC 8620 §7.3: servers must allow 30 and 300. */
const shortestPing = 5;
const longestPing = 300;

/** Reads the variables of the eventSourceUrl; null when one is not of its form. */
export function readPushOptions(query: URLSearchParams, lastEventId: string | undefined): PushOptions | null {
  const types = query.get('types');
  const closeAfter = query.get('closeafter') ?? 'no';
  const ping = query.get('ping') ?? '0';
  if (!types || (closeAfter !== 'state' && closeAfter !== 'no') || !/^\d{1,9}$/u.test(ping)) return null;
  const seconds = Number(ping);
  return {
    types: types === '*' ? null : new Set(types.split(',')),
    closeAfterState: closeAfter === 'state',
    ping: seconds === 0 ? 0 : Math.min(longestPing, Math.max(shortestPing, seconds)),
    isReturning: lastEventId !== undefined && lastEventId !== '',
  };
}

/** The `state` event for this client, or null when nothing of what changed is for it. */
export function stateEvent(options: PushOptions, states: ChangedStates, id: string): string | null {
  const changed = pickStates(states, options.types);
  if (changed === null) return null;
  const data = JSON.stringify({ '@type': 'StateChange', changed });
  return `event: state\nid: ${id}\ndata: ${data}\n\n`;
}

/** The `ping` event: it sets no id. */
export function pingEvent(interval: number): string {
  return `event: ping\ndata: ${JSON.stringify({ interval })}\n\n`;
}
