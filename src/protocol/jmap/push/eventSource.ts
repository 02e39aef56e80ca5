import type { Change, Commit } from '../../../core/change/hub.ts';
import type { Context, World } from '../../../core/context.ts';
import { sessionAccounts } from '../../../core/sharing/sessionAccounts.ts';
import { interestedIn, loadInterest } from '../../../core/sync/interest.ts';
import type { Interest } from '../../../core/sync/interest.ts';
import { stateOf } from '../../../core/sync/states.ts';
import type { LiveBody } from '../../../lib/http/http.ts';
import { pingEvent, stateEvent } from './connection.ts';
import type { ChangedStates, Connection, PushOptions } from './connection.ts';

/** Pushes changes to open windows. */
export type Push = {
  /** A stream for this person, or null when they have too many already. */
  open(context: Context, options: PushOptions, signal: AbortSignal): LiveBody | null;
  close(): void;
};

/** How the stream runs; tests make a second shorter. */
export type PushSettings = { readonly report: (error: unknown) => void; readonly second?: number };

/** What several changes in a row are gathered for. */
const gatherMilliseconds = 50;
const mostPerPerson = 32;
/** A stream ends after an hour: the client comes back by itself, and signs in anew. */
const lifeSeconds = 3600;

type ChangeType = Change['type'];

const ownTypes: readonly ChangeType[] = [
  'AddressBook',
  'ContactCard',
  'Share',
  'ShareInvitation',
  'ShareNotification',
  'TrashItem',
  'Preferences',
];
const sharedTypes: readonly ChangeType[] = ['AddressBook', 'ContactCard'];

/** One person with open windows: all of them share what is known of the person's interest. */
type Person = {
  readonly context: Context;
  readonly connections: Set<Connection>;
  interest: Interest | null;
  /** Commits that came while the interest was being read. */
  unread: Commit[];
  isLoading: boolean;
  readonly changed: Map<string, Set<ChangeType>>;
  timer: NodeJS.Timeout | null;
};

/** Listens to all commits; a thousand idle streams cost one ticker and a set look-up each per commit. */
export function createPush(world: World, settings: PushSettings): Push {
  const people = new Map<string, Person>();
  const second = settings.second ?? 1000;
  const unlisten = world.hub.listen((commit) => {
    for (const person of people.values()) hear(person, commit, settings);
  });
  const ticker = setInterval(
    () => people.forEach((person) => person.connections.forEach((connection) => tick(connection, second))),
    second,
  );
  ticker.unref();

  return {
    open(context, options, signal) {
      const { principalId } = context.actor;
      if ((people.get(principalId)?.connections.size ?? 0) >= mostPerPerson) return null;
      return {
        stream(write, close) {
          if (signal.aborted) return;
          const person = people.get(principalId) ?? newPerson(context);
          people.set(principalId, person);
          const opened = performance.now();
          const connection: Connection = { context, options, openedAt: opened, lastEventAt: opened, write, close };
          person.connections.add(connection);
          signal.addEventListener('abort', () => {
            person.connections.delete(connection);
            if (person.connections.size === 0) leave(people, person);
            close();
          });
          // An id from the start, so that a client which comes back says that it was here before.
          send(connection, `: coterie\nid: ${eventId(world)}\n\n`);
          if (!person.interest && !person.isLoading) void load(person, settings);
          if (options.isReturning) void sendAll(connection, settings);
        },
      };
    },
    close() {
      unlisten();
      clearInterval(ticker);
      for (const person of people.values()) {
        if (person.timer) clearTimeout(person.timer);
        for (const connection of person.connections) connection.close();
      }
    },
  };
}

function newPerson(context: Context): Person {
  return {
    context,
    connections: new Set(),
    interest: null,
    unread: [],
    isLoading: false,
    changed: new Map(),
    timer: null,
  };
}

function leave(people: Map<string, Person>, person: Person): void {
  if (person.timer) clearTimeout(person.timer);
  people.delete(person.context.actor.principalId);
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

function hear(person: Person, commit: Commit, settings: PushSettings): void {
  if (person.isLoading || !person.interest) {
    person.unread.push(commit);
    if (!person.interest) return;
  }
  if (take(person, person.interest, commit, settings) && !person.isLoading) void load(person, settings, commit);
}

/** Notes what the person is to be told of a commit; whether their interest is outdated by it. */
function take(person: Person, interest: Interest, commit: Commit, settings: PushSettings): boolean {
  const { types, reload } = interestedIn(interest, commit);
  for (const [accountId, changed] of types) {
    const known = person.changed.get(accountId) ?? new Set();
    changed.forEach((type) => known.add(type));
    person.changed.set(accountId, known);
  }
  if (person.changed.size > 0 && !person.timer) {
    person.timer = setTimeout(() => void flush(person, settings), gatherMilliseconds);
  }
  return reload;
}

/** Reads the person's interest; why it had to be read, and what was committed meanwhile, is looked at again with it. */
async function load(person: Person, settings: PushSettings, reason?: Commit): Promise<void> {
  person.isLoading = true;
  try {
    person.interest = await loadInterest(person.context);
    if (!person.interest) person.connections.forEach((connection) => connection.close());
  } catch (error) {
    settings.report(error);
    person.connections.forEach((connection) => connection.close());
  }
  person.isLoading = false;
  if (reason && person.interest) take(person, person.interest, reason, settings);
  const missed = person.unread.splice(0);
  for (const commit of missed) hear(person, commit, settings);
}

async function flush(person: Person, settings: PushSettings): Promise<void> {
  const changed = new Map([...person.changed].map(([accountId, types]) => [accountId, [...types]]));
  person.changed.clear();
  person.timer = null;
  try {
    const states = await readStates(person.context, await subscribed(person.context, changed));
    for (const connection of person.connections) sendStates(connection, states);
  } catch (error) {
    settings.report(error);
    person.connections.forEach((connection) => connection.close());
  }
}

/** RFC 9670 §1.4: nothing of an account in which the person has accepted nothing, not even that they lost it. */
async function subscribed<T>(context: Context, changed: ReadonlyMap<string, T>): Promise<ReadonlyMap<string, T>> {
  const own = context.actor.principalId;
  if ([...changed.keys()].every((accountId) => accountId === own)) return changed;
  const accounts = new Set([own, ...(await sessionAccounts(context)).map(({ id }) => id)]);
  return new Map([...changed].filter(([accountId]) => accounts.has(accountId)));
}

async function readStates(
  context: Context,
  changed: ReadonlyMap<string, readonly ChangeType[]>,
): Promise<ChangedStates> {
  const states = new Map<string, Map<string, string>>();
  for (const [accountId, types] of changed) {
    const ofAccount = new Map<string, string>();
    for (const type of types) ofAccount.set(type, await stateOf(context, accountId, type));
    states.set(accountId, ofAccount);
  }
  return states;
}

function sendStates(connection: Connection, states: ChangedStates): void {
  const event = stateEvent(connection.options, states, eventId(connection.context));
  if (event === null) return;
  send(connection, event);
  if (connection.options.closeAfterState) connection.close();
}

/** To a client that comes back: how everything stands now; it sees itself what it has missed (RFC 8620 §7.3). */
async function sendAll(connection: Connection, settings: PushSettings): Promise<void> {
  try {
    const { context } = connection;
    const others = (await sessionAccounts(context)).map(({ id }): [string, readonly ChangeType[]] => [id, sharedTypes]);
    sendStates(connection, await readStates(context, new Map([[context.actor.principalId, ownTypes], ...others])));
  } catch (error) {
    settings.report(error);
    connection.close();
  }
}
