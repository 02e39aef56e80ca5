import type { ChangeType } from '../../db/schema.ts';
import { createBreath } from '../../lib/breath.ts';
import { liveSessions } from '../auth/sessions.ts';
import { gistOf } from '../change/gistOf.ts';
import type { Commit, SignOut } from '../change/hub.ts';
import type { Context, World } from '../context.ts';
import { readAllStates, readStates } from './changedStates.ts';
import type { ChangedStates } from './changedStates.ts';
import { interestedIn, loadInterest } from './interest.ts';
import type { Interest } from './interest.ts';

/** An open window or a device that wants to be told what changes for a person. */
export type Listener = {
  tell(states: ChangedStates): void;
  /**
   * The person has signed out or may no longer sign in, or what changed could not be read: nothing more will be told.
   */
  end(): void;
};

/** Tells people's listeners what changed for them. */
export type Broadcast = {
  /** Tells the listener until the returned function is called. */
  join(context: Context, listener: Listener): () => void;
  close(): void;
};

/** What several changes in a row are gathered for. */
const gatherMilliseconds = 50;
/** After so many people everybody else gets their turn: a thousand may be told of one change. */
const toldInARow = 10;

/** One person with listeners: all of them share what is known of the person's interest. */
type Person = {
  readonly context: Context;
  /** Each with the session by which it came; undefined: by password. */
  readonly listeners: Map<Listener, string | undefined>;
  interest: Interest | null;
  /** Commits that came while the interest was being read. */
  unread: Commit[];
  isLoading: boolean;
  readonly changed: Map<string, Set<ChangeType>>;
  /** Nobody knows what has changed: everything may have. */
  isBehind: boolean;
  /** The last state that was told, by account and type: what came back to it is no news. */
  readonly told: Map<string, string>;
};

/** Listens to the commits of all nodes; a thousand idle listeners cost one set look-up each per commit. */
export function createBroadcast(world: World, report: (error: unknown) => void): Broadcast {
  const people = new Map<string, Person>();
  const rounds = createRounds(report);
  const unlisten = world.hub.listenEverywhere((commit) => {
    if (people.size === 0) return;
    const gist = gistOf(commit);
    for (const person of people.values()) hear(person, gist, rounds);
    for (const signOut of commit.signedOut ?? []) endSignedOut(people.get(signOut.personId), signOut);
  });
  return {
    join(context, listener) {
      const { principalId, appPasswordId } = context.actor;
      // What an app password shows is another view of the person's things.
      const key = appPasswordId ?? principalId;
      const person = people.get(key) ?? newPerson(context);
      people.set(key, person);
      person.listeners.set(listener, context.actor.sessionHash);
      if (!person.interest && !person.isLoading) void load(person, rounds);
      return () => {
        person.listeners.delete(listener);
        if (person.listeners.size > 0) return;
        if (people.get(key) === person) people.delete(key);
      };
    },
    close() {
      unlisten();
      rounds.close();
      people.clear();
    },
  };
}

/** Tells people, round by round. */
type Rounds = { add(person: Person): void; report(error: unknown): void; close(): void };

/** Whoever was added is told in the next round, one after the other. */
function createRounds(report: (error: unknown) => void): Rounds {
  const due = new Set<Person>();
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;
  const begin = () => {
    if (!isClosed) timer ??= setTimeout(() => void run(), gatherMilliseconds);
  };
  async function run(): Promise<void> {
    const breathe = createBreath(toldInARow);
    const people = Array.from(due);
    due.clear();
    for (const person of people) {
      await breathe();
      if (isClosed) return;
      if (person.listeners.size > 0) await flush(person, report);
    }
    timer = null;
    if (due.size > 0) begin();
  }
  return {
    report,
    add(person) {
      due.add(person);
      begin();
    },
    close() {
      isClosed = true;
      if (timer) clearTimeout(timer);
    },
  };
}

function newPerson(context: Context): Person {
  return {
    context,
    listeners: new Map(),
    interest: null,
    unread: [],
    isLoading: false,
    changed: new Map(),
    isBehind: false,
    told: new Map(),
  };
}

function endAll(person: Person): void {
  for (const listener of person.listeners.keys()) listener.end();
}

function endSignedOut(person: Person | undefined, { sessionHash }: SignOut): void {
  for (const [listener, session] of person?.listeners ?? [])
    if (sessionHash === null || session === sessionHash) listener.end();
}

function hear(person: Person, commit: Commit, rounds: Rounds): void {
  if (person.isLoading || !person.interest) {
    person.unread.push(commit);
    if (!person.interest) return;
  }
  if (take(person, person.interest, commit, rounds) && !person.isLoading) void load(person, rounds, commit);
}

/** Notes what the person is to be told of a commit; whether their interest is outdated by it. */
function take(person: Person, interest: Interest, commit: Commit, rounds: Rounds): boolean {
  const { types, reload } = interestedIn(interest, commit);
  if (commit.isGap) person.isBehind = true;
  for (const [accountId, changed] of types) {
    const known = person.changed.get(accountId) ?? new Set();
    changed.forEach((type) => known.add(type));
    person.changed.set(accountId, known);
  }
  if (person.changed.size > 0 || person.isBehind) rounds.add(person);
  return reload;
}

/** Reads the person's interest; why it had to be read, and what was committed meanwhile, is looked at again with it. */
async function load(person: Person, rounds: Rounds, reason?: Commit): Promise<void> {
  person.isLoading = true;
  try {
    const { db } = person.context;
    person.interest = await db.reading(() => loadInterest(person.context));
    if (!person.interest) endAll(person);
  } catch (error) {
    rounds.report(error);
    endAll(person);
  }
  person.isLoading = false;
  if (reason && person.interest) take(person, person.interest, reason, rounds);
  const missed = person.unread.splice(0);
  for (const commit of missed) hear(person, commit, rounds);
}

async function flush(person: Person, report: (error: unknown) => void): Promise<void> {
  const { context, isBehind } = person;
  if (person.changed.size === 0 && !isBehind) return;
  const changed = new Map([...person.changed].map(([accountId, types]) => [accountId, [...types]]));
  person.changed.clear();
  person.isBehind = false;
  try {
    if (isBehind) await endForgotten(person);
    // From now on: it has all of what was noted, whatever is being read beside.
    const read = await context.db.reading(() => (isBehind ? readAllStates(context) : readStates(context, changed)));
    const states = onlyNews(read, person.told);
    if (states.size > 0) for (const listener of person.listeners.keys()) listener.tell(states);
  } catch (error) {
    report(error);
    endAll(person);
  }
}

/** Ends those whose sign-in may have ended unheard: a session says whether it goes on; whoever came by a password comes again. */
async function endForgotten({ context, listeners }: Person): Promise<void> {
  if (context.actor.appPasswordId !== undefined) return;
  const live = await liveSessions(
    context,
    [...new Set(listeners.values())].filter((hash) => hash !== undefined),
  );
  for (const [listener, session] of listeners) if (session === undefined || !live.has(session)) listener.end();
}

/** What has another state than was told last; it counts as told from now on. */
function onlyNews(states: ChangedStates, told: Map<string, string>): ChangedStates {
  const news = new Map<string, Map<string, string>>();
  for (const [accountId, ofAccount] of states) {
    const moved = [...ofAccount].filter(([type, state]) => told.get(`${accountId} ${type}`) !== state);
    for (const [type, state] of moved) told.set(`${accountId} ${type}`, state);
    if (moved.length > 0) news.set(accountId, new Map(moved));
  }
  return news;
}
