import type { Actor } from '../../core/actor.ts';
import type { Context, World } from '../../core/context.ts';
import { createBroadcast } from '../../core/sync/broadcast.ts';
import { ensureAccount } from '../../core/addressbook/ensureAccount.ts';
import { pathSegments } from '../../lib/http/http.ts';
import type { Door, HttpReply, HttpRequest } from '../../lib/http/http.ts';
import type { Meter } from '../../lib/meter.ts';
import { json, problem, redirect } from '../../lib/http/reply.ts';
import { api } from './api.ts';
import { contextOf } from './contextOf.ts';
import { download, upload } from './blobs.ts';
import { limits } from './capabilities.ts';
import { createEngine } from './engine/runRequest.ts';
import { createGate } from './gate.ts';
import { methods } from './methods.ts';
import { problemOf, requestProblem } from './problems.ts';
import { readPushOptions } from './push/connection.ts';
import { createEventStreams } from './push/eventSource.ts';
import { createSeats } from './push/seats.ts';
import { createSockets } from './push/webSocket.ts';
import { sessionOf } from './session.ts';

/** What the JMAP door needs. */
export type JmapOptions = {
  readonly world: World;
  /** Who asks, by cookie or HTTP Basic; null: nobody. Also refuses requests that another site made. */
  authenticate(request: HttpRequest): Promise<Actor | null>;
  /** Hears of faults of ours. */
  report(error: unknown): void;
  /** How long a second is for pings; tests make it shorter. */
  readonly second?: number;
  readonly meter?: Meter;
};

/** The door, to be closed when the program ends. */
export type Jmap = {
  readonly handle: Door;
  /** How many connections are open by which people are told of changes. */
  connections(): { readonly streams: number; readonly sockets: number };
  /** Asks whoever is connected to come back later, and lets what they have asked be answered; nobody is connected when it returns. */
  drain(): Promise<void>;
  close(): void;
};

type Route = (context: Context, request: HttpRequest, rest: readonly string[]) => Promise<HttpReply>;

/** Everything below `/jmap/`, and `/.well-known/jmap`: RFC 8620. */
export function createJmap(options: JmapOptions): Jmap {
  const engine = createEngine(methods, options.report, options.meter);
  const broadcast = createBroadcast(options.world, options.report);
  const { world, report, second = 1000 } = options;
  const told = { broadcast, seats: createSeats(), report, second };
  const streams = createEventStreams(told);
  const apiGate = createGate(limits.maxConcurrentRequests);
  const authenticateSocket = (request: HttpRequest) => options.authenticate(asChange(request));
  const sockets = createSockets({ ...told, world, engine, apiGate, authenticate: authenticateSocket });
  const uploadGate = createGate(limits.maxConcurrentUpload);

  const routes: Readonly<Record<string, Route>> = {
    'GET session': async (context) => json(200, await sessionOf(context), sessionHeaders),
    'POST api': async (context, request) =>
      (await apiGate.pass(context.actor.principalId, () => api(engine, context, request))) ??
      tooManyAtOnce('maxConcurrentRequests'),
    'POST upload': async (context, request, [accountId = '']) =>
      (await uploadGate.pass(context.actor.principalId, () => upload(context, request, accountId))) ??
      tooManyAtOnce('maxConcurrentUpload'),
    'GET download': (context, request, [accountId = '', blobId = '', name = '']) =>
      download(context, request, accountId, blobId, name),
    'GET eventsource': async (context, request) => {
      const wanted = readPushOptions(request.url.searchParams, single(request.headers['last-event-id']));
      if (!wanted) return problem(400, { type: 'about:blank', title: 'types, closeafter and ping are needed' });
      const body = streams.open(context, wanted, request.signal);
      return body
        ? { status: 200, headers: streamHeaders, body }
        : problem(429, { type: 'about:blank', title: 'Too many event streams' });
    },
    'GET ws': (context, request) => Promise.resolve(sockets.open(context, request)),
  };

  return {
    async handle(request) {
      const [top, name = '', ...rest] = pathSegments(request.url) ?? [];
      // Without the host: a client that came by another name would lose its password on the way.
      if (top === '.well-known' && name === 'jmap' && rest.length === 0) return redirect(301, '/jmap/session');
      if (top !== 'jmap' || !Object.hasOwn(segmentsAfter, name) || rest.length !== segmentsAfter[name])
        return problem(404, { type: 'about:blank', title: 'Not Found' });
      const route = routes[`${request.method} ${name}`];
      if (!route)
        return problem(
          405,
          { type: 'about:blank', title: 'Method Not Allowed' },
          { Allow: name === 'api' || name === 'upload' ? 'POST' : 'GET, HEAD' },
        );
      try {
        const actor = await options.authenticate(name === 'ws' ? asChange(request) : request);
        if (!actor) return notSignedIn(request);
        const context = contextOf(options.world, actor);
        await ensureAccount(context);
        return await route(context, request, rest);
      } catch (error) {
        const expected = problemOf(error);
        if (!expected) throw error;
        return expected;
      }
    },
    connections: () => ({ streams: streams.count(), sockets: sockets.count() }),
    async drain() {
      streams.close();
      await sockets.drain();
    },
    close() {
      streams.close();
      sockets.close();
      broadcast.close();
    },
  };
}

/** What can be asked for, and how many segments of the path follow it. */
const segmentsAfter: Readonly<Record<string, number>> = {
  session: 0,
  api: 0,
  upload: 1,
  download: 3,
  eventsource: 0,
  ws: 0,
};

/** What comes through a WebSocket may change something: whoever opens one is judged like that (RFC 6455 §10.2). */
function asChange(request: HttpRequest): HttpRequest {
  return { ...request, method: 'POST' };
}

/** RFC 8620 §2. */
const sessionHeaders = { 'Cache-Control': 'no-cache, no-store, must-revalidate' };

// Proxies that gather what passes through them would hold the events back.
const streamHeaders = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
};

function tooManyAtOnce(limit: 'maxConcurrentRequests' | 'maxConcurrentUpload'): HttpReply {
  return requestProblem('limit', `At most ${limits[limit]} at the same time`, limit);
}

/** Programs are told how to sign in; the web app is not, or the browser would ask for a password in a window of its own. */
function notSignedIn(request: HttpRequest): HttpReply {
  const { headers } = request;
  const mode = single(headers['sec-fetch-mode']);
  const isWebApp = single(headers['x-requested-with']) === 'coterie' || mode === 'cors' || mode === 'same-origin';
  const challenge = { 'WWW-Authenticate': 'Basic realm="Coterie", charset="UTF-8"' };
  return problem(401, { type: 'about:blank', title: 'Not signed in' }, isWebApp ? {} : challenge);
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
