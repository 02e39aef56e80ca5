import { isUnavailable } from './errors.ts';
import { ReplyCutShort } from './lib/http/http.ts';
import type { Door, HttpReply, HttpRequest } from './lib/http/http.ts';
import { holdBack } from './lib/http/holdBack.ts';
import type { ShownPaths } from './lib/http/pathPattern.ts';
import { text } from './lib/http/reply.ts';
import type { Meter } from './lib/meter.ts';
import type { Database } from './db/database.ts';
import { carddavWellKnown } from './protocol/carddav/carddavDoor.ts';
import { withSecurityHeaders } from './protocol/site/securityHeaders.ts';

/**
 * The beginning of a path, the name of its protocol in metrics, and the door that answers. The last row takes
 * everything else.
 */
export type DoorRow = readonly [prefix: string, protocol: string, door: Door];

/** How many segments of a path the log shows; of other paths only the first, and nothing of what follows. */
export const shownPaths: ShownPaths = { jmap: 2, dav: 2, '.well-known': 2, site: 3, health: 2, assets: 2, demo: 2 };

const knownMethods: ReadonlySet<string> = new Set(
  'GET POST PUT PATCH DELETE OPTIONS PROPFIND PROPPATCH REPORT MKCOL MOVE COPY ACL'.split(' '),
);

/** What all doors share. */
export type DoorsOptions = {
  readonly meter: Meter;
  readonly publicUrl: string;
  /**
   * The reads of a request see one snapshot (`reading`), and nothing that was read leaves before it is on the disk
   * (`settled`).
   */
  readonly db: Pick<Database, 'reading' | 'settled'>;
};

/** One door in front of all others: finds the one that answers, measures it, and adds what every reply needs. */
export function joinDoors(rows: readonly DoorRow[], { meter, publicUrl, db }: DoorsOptions): Door {
  const [, , site] = rows.at(-1)!;
  return async (request) => {
    const began = performance.now();
    const [, protocol, found] = rows.find(([prefix]) => request.url.pathname.startsWith(prefix))!;
    // Programs that are given a bare address ask there, too (RFC 6764 §6, and Apple’s at /principals/).
    const door = found === site && request.method === 'PROPFIND' ? carddavWellKnown : found;
    const operation = operationOf(request, protocol);
    const { traceparent } = request.headers;
    const whole = { name: `${protocol} ${operation}`, requestId: request.id, traceparent: String(traceparent ?? '') };
    return meter.within(whole, async () => {
      let status = 500;
      try {
        const whole = await db.reading(() => door(request).catch(unavailable));
        const reply: HttpReply = await holdBack(cutShort(whole), db.settled);
        ({ status } = reply);
        return withSecurityHeaders(reply, publicUrl);
      } finally {
        meter.request({ protocol, operation, status, seconds: (performance.now() - began) / 1000 });
      }
    });
  };
}

/** To whom no door has better words for it: nothing can be read or kept at the moment. */
function unavailable(error: unknown): HttpReply {
  if (!isUnavailable(error)) throw error;
  const { retryAfter = defaultRetryAfter } = error.details;
  const headers = { 'Cache-Control': 'no-store', 'Retry-After': String(retryAfter) };
  return text(503, 'Réessayez dans un instant. Try again in a moment.\n', headers);
}

/** The same reply; when its body has begun, and what follows cannot be read at the moment, it ends there. */
function cutShort(reply: HttpReply): HttpReply {
  const { body } = reply;
  if (typeof body !== 'object' || !(Symbol.asyncIterator in body)) return reply;
  return { ...reply, body: untilAway(body) };
}

async function* untilAway<T>(parts: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* parts;
  } catch (error) {
    throw isUnavailable(error) ? new ReplyCutShort(error.message, { cause: error }) : error;
  }
}

const defaultRetryAfter = 30;

/** One of a few: what clients make up does not make the list of measures longer. */
function operationOf({ method, url }: HttpRequest, protocol: string): string {
  const known = knownMethods.has(method) ? method : 'other';
  if (protocol !== 'jmap') return known;
  const [, name = ''] = /^\/jmap\/(session|api|upload|download|eventsource|ws)(?:\/|$)/u.exec(url.pathname) ?? [];
  return `${known} ${name === '' ? 'other' : name}`;
}
