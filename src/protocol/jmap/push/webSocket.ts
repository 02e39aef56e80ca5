import type { Actor } from '../../../core/actor.ts';
import type { Context, World } from '../../../core/context.ts';
import type { Broadcast } from '../../../core/sync/broadcast.ts';
import { pickStates, readAllStates } from '../../../core/sync/changedStates.ts';
import type { ChangedStates } from '../../../core/sync/changedStates.ts';
import { AppError } from '../../../errors.ts';
import { wantsSocket } from '../../../lib/http/http.ts';
import type { HttpReply, HttpRequest, SocketBody } from '../../../lib/http/http.ts';
import { problem } from '../../../lib/http/reply.ts';
import { isObject, isStrings, propertyOf } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { respond } from '../api.ts';
import { limits } from '../capabilities.ts';
import { contextOf } from '../contextOf.ts';
import { parseJson, readRequest, RequestError } from '../engine/parseRequest.ts';
import type { Engine } from '../engine/runRequest.ts';
import type { Gate } from '../gate.ts';
import { problemDetails } from '../problems.ts';
import type { Seats } from './seats.ts';

/** JMAP over WebSocket: RFC 8887. */
export type Sockets = {
  open(context: Context, request: HttpRequest): HttpReply;
  count(): number;
  /** Closes each connection when what came through it is answered; nothing more is read. Returns when all are closed. */
  drain(): Promise<void>;
  close(): void;
};

/** What the sockets share with the other ways of asking and of being told. */
export type SocketSettings = {
  readonly world: World;
  readonly engine: Engine;
  readonly apiGate: Gate;
  readonly broadcast: Broadcast;
  readonly seats: Seats;
  /** Who asks, by what the handshake said; null: nobody any more. */
  authenticate(request: HttpRequest): Promise<Actor | null>;
  readonly report: (error: unknown) => void;
  readonly second: number;
};

/** One open connection. */
type Connection = {
  readonly context: Context;
  readonly request: HttpRequest;
  /** Stops telling changes; null: none are told. */
  leave: (() => void) | null;
  /** An object, or JSON. */
  say(message: object | string): void;
  close(code: number, reason: string): void;
  /** How many messages are being answered. */
  running: number;
  isLeaving: boolean;
  readonly ended: Promise<void>;
};

const subprotocol = 'jmap';
/** The same patience as for a request's body: longer messages get an answer, far longer ones do not. */
const maxMessage = limits.maxSizeRequest + 1_000_000;
const pingSeconds = 30;
/** A connection ends after an hour, as an event stream does: the client comes back, and signs in anew. */
const lifeSeconds = 3600;

const goingAway = 1001;
const policyViolation = 1008;
const internalError = 1011;

/** Opens connections and runs what comes through them. */
export function createSockets(settings: SocketSettings): Sockets {
  const open = new Set<Connection>();
  return {
    open(context, request) {
      if (!wantsSocket(request))
        return problem(
          426,
          { type: 'about:blank', title: 'Upgrade Required' },
          { Upgrade: 'websocket', Connection: 'Upgrade' },
        );
      if (!offers(request)) return problem(400, { type: 'about:blank', title: 'The subprotocol is jmap' });
      const giveBack = settings.seats.take(context.actor.principalId);
      if (!giveBack) return problem(429, { type: 'about:blank', title: 'Too many connections' });
      request.signal.addEventListener('abort', giveBack);
      if (request.signal.aborted) giveBack();
      return { status: 101, body: bodyOf(settings, open, context, request) };
    },
    count: () => open.size,
    async drain() {
      for (const connection of open) {
        connection.isLeaving = true;
        leaveWhenIdle(connection);
      }
      await Promise.all([...open].map(({ ended }) => ended));
    },
    close() {
      for (const connection of open) connection.close(goingAway, '');
    },
  };
}

function offers(request: HttpRequest): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').some((name) => name.trim() === subprotocol);
}

function bodyOf(settings: SocketSettings, open: Set<Connection>, context: Context, request: HttpRequest): SocketBody {
  return {
    protocol: subprotocol,
    maxMessage,
    pingMilliseconds: pingSeconds * settings.second,
    open(send, close) {
      const end = Promise.withResolvers<void>();
      const connection: Connection = {
        running: 0,
        isLeaving: false,
        ended: end.promise,
        context,
        request,
        leave: null,
        close,
        say(message) {
          const text = typeof message === 'string' ? message : JSON.stringify(message);
          // Whoever does not keep up is cut off, and finds out what it missed when it comes back.
          if (!send(text)) close(policyViolation, 'Too slow');
        },
      };
      open.add(connection);
      const life = setTimeout(() => close(goingAway, 'Come back'), lifeSeconds * settings.second);
      life.unref();
      request.signal.addEventListener('abort', () => {
        open.delete(connection);
        end.resolve();
        clearTimeout(life);
        connection.leave?.();
      });
      return (message) => {
        if (connection.isLeaving) return;
        connection.running += 1;
        void receive(settings, connection, message).finally(() => {
          connection.running -= 1;
          leaveWhenIdle(connection);
        });
      };
    },
  };
}

/** Who has been answered goes: RFC 6455 §7.4.1, the server goes down. */
function leaveWhenIdle({ isLeaving, running, close }: Connection): void {
  if (isLeaving && running === 0) close(goingAway, 'The server ends, come back in some seconds');
}

/** Answers one message; whatever goes wrong is told, and the connection goes on. */
async function receive(settings: SocketSettings, connection: Connection, message: Uint8Array): Promise<void> {
  let requestId: string | null = null;
  try {
    const value = await readMessage(message);
    requestId = idOf(value);
    const answer = handlers.get(propertyOf(value, '@type'));
    const response = await settings.world.db.reading(async () => answer?.(settings, connection, value));
    if (response === undefined) throw new RequestError('notRequest', '@type is not one of RFC 8887 §4.3');
    if (response === null) return;
    // As every reply: what it tells is on the disk.
    await settings.world.db.settled();
    connection.say(response);
  } catch (error) {
    connection.say({ '@type': 'RequestError', requestId, ...detailsOf(error, settings.report) });
  }
}

async function readMessage(message: Uint8Array): Promise<JsonObject> {
  if (message.length > limits.maxSizeRequest)
    throw new RequestError('limit', `At most ${limits.maxSizeRequest} octets`, 'maxSizeRequest');
  const value = await parseJson(message);
  if (!isObject(value)) throw new RequestError('notRequest', 'A message is an object');
  return value;
}

function idOf(value: JsonObject): string | null {
  const id = propertyOf(value, 'id') ?? null;
  if (id !== null && typeof id !== 'string') throw new RequestError('notRequest', 'id is a String');
  return id;
}

function detailsOf(error: unknown, report: (error: unknown) => void): object {
  if (error instanceof RequestError) return { ...problemDetails(error.type, error.message, error.limit), status: 400 };
  if (isForNow(error)) return { type: 'about:blank', title: error.message, status: passing[error.kind] };
  report(error);
  return { type: 'about:blank', title: 'Internal Server Error', status: 500 };
}

/** What a message asks for, answered as JSON; null: nothing to be answered, undefined: not known. */
type Handler = (settings: SocketSettings, connection: Connection, value: JsonObject) => Promise<string | null> | null;

const handlers: ReadonlyMap<unknown, Handler> = new Map<unknown, Handler>([
  ['Request', run],
  ['WebSocketPushEnable', enablePush],
  ['WebSocketPushDisable', disablePush],
]);

/** RFC 8887 §4.3.2. Each request is its sender's own: whoever has signed out meanwhile is not answered. */
async function run(settings: SocketSettings, connection: Connection, value: JsonObject): Promise<string | null> {
  const { world, engine, apiGate } = settings;
  const request = readRequest(value);
  const actor = await settings.authenticate(connection.request).catch(nobodyWhenRefused);
  if (!actor) {
    connection.close(policyViolation, 'Not signed in');
    return null;
  }
  const requestId = idOf(value);
  const more = { '@type': 'Response', ...(requestId === null ? {} : { requestId }) };
  const response = await apiGate.pass(actor.principalId, () => respond(engine, contextOf(world, actor), request, more));
  if (response !== null) return response;
  const most = limits.maxConcurrentRequests;
  throw new RequestError('limit', `At most ${most} at the same time`, 'maxConcurrentRequests');
}

function nobodyWhenRefused(error: unknown): null {
  if (error instanceof AppError && !isForNow(error)) return null;
  throw error;
}

/** What says nothing of who asks, and passes. */
const passing: Readonly<Record<string, number>> = { unavailable: 503, tooManyAttempts: 429 };

function isForNow(error: unknown): error is AppError {
  return error instanceof AppError && Object.hasOwn(passing, error.kind);
}

/** RFC 8887 §4.3.5.2. To a client that was here before: how everything stands; it sees itself what it has missed. */
async function enablePush(settings: SocketSettings, connection: Connection, value: JsonObject): Promise<null> {
  const dataTypes = propertyOf(value, 'dataTypes') ?? null;
  if (dataTypes !== null && !isStrings(dataTypes))
    throw new RequestError('notRequest', 'dataTypes is an array of Strings or null');
  const pushState = propertyOf(value, 'pushState') ?? null;
  if (pushState !== null && typeof pushState !== 'string')
    throw new RequestError('notRequest', 'pushState is a String');
  const types = dataTypes && new Set(dataTypes);
  const { context, request } = connection;
  const tell = (states: ChangedStates) => {
    const changed = pickStates(states, types);
    if (changed) connection.say({ '@type': 'StateChange', changed, pushState: stateNow(context) });
  };
  connection.leave?.();
  if (request.signal.aborted) return null;
  connection.leave = settings.broadcast.join(context, {
    tell,
    end: () => connection.close(internalError, 'Come back'),
  });
  if (pushState !== null) tell(await readAllStates(context));
  return null;
}

/** RFC 8887 §4.3.5.3. */
function disablePush(_settings: SocketSettings, connection: Connection): null {
  connection.leave?.();
  connection.leave = null;
  return null;
}

function stateNow(world: World): string {
  return world.now().getTime().toString(36);
}
