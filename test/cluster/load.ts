import { setTimeout as wait } from 'node:timers/promises';
import { folder, share } from '../kit/calls.ts';
import { D, propfind } from '../kit/dav.ts';
import type { Person } from '../kit/person.ts';
import { checkEnd } from './checkEnd.ts';
import { followByDav, followByJmap } from './followers.ts';
import type { Follower } from './followers.ts';
import { openLedger } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import { davPlace, jmapPlace, sharePlace, Unavailable, WrongAnswer } from './places.ts';
import type { Place } from './places.ts';

/** Something was not to be had. */
export type Trouble = {
  readonly at: number;
  /** null: the connection was lost. */
  readonly status: number | null;
  /** So long the answer took. */
  readonly seconds: number;
  readonly message: string;
};

/** People at work, and the account of what they were told. */
export type Load = {
  /** Returns when so many more writes are acknowledged. */
  working(writes: number): Promise<void>;
  readonly troubles: readonly Trouble[];
  readonly counts: Ledger['counts'];
  /** The longest time that anybody was without an answer that tells something, in seconds, since the last time it was asked. */
  longestSilence(): number;
  /** Ends the work, looks at what is there, and answers with sentences about all that cannot be. */
  finish(): Promise<readonly string[]>;
};

/** A person's folders: their devices write into one, the web app into the other. */
export type Desk = {
  readonly person: Person;
  readonly davBook: string;
  readonly davBookId: string;
  readonly bookId: string;
};

/** So many times a contact is written before it is deleted. */
const versions = 6;
const pauseMilliseconds = 20;

/** What everybody who works has in common. */
type Run = {
  readonly ledger: Ledger;
  readonly troubles: Trouble[];
  isOver: boolean;
  longestSilence: number;
};

/** Each person writes with a device and in the web app, and follows both with another device; the first shares a folder, too. */
export async function startLoad(people: readonly Person[]): Promise<Load> {
  const run: Run = { ledger: openLedger(), troubles: [], isOver: false, longestSilence: 0 };
  const desks = await Promise.all(people.map(openDesk));
  const followers = (
    await Promise.all(desks.map(async (desk) => [await followByDav(desk), await followByJmap(desk)]))
  ).flat();
  const workers = [
    ...desks.flatMap((desk) => [
      tendCards(run, desk.person.name, 'dav', (uid) => davPlace(desk.person, desk.davBook, uid)),
      tendCards(run, desk.person.name, 'jmap', (uid) => jmapPlace(desk.person, desk.bookId, uid)),
    ]),
    tendShare(run, desks[0]!, people[1]!),
    ...followers.map((follower) => followOn(run, follower)),
  ];
  // What goes wrong is told at the end, and meanwhile to whoever waits for work that would never be done.
  const over = Promise.all(workers);
  over.catch(() => undefined);

  return {
    troubles: run.troubles,
    counts: run.ledger.counts,
    async working(writes) {
      const wanted = run.ledger.counts.acknowledged + writes;
      const enough = async () => {
        while (run.ledger.counts.acknowledged < wanted) await wait(20);
      };
      await Promise.race([enough(), over.then(() => Promise.reject(new Error('Nobody works any more')))]);
    },
    longestSilence() {
      const { longestSilence } = run;
      run.longestSilence = 0;
      return longestSilence;
    },
    async finish() {
      run.isOver = true;
      await over;
      await checkEnd(desks, run.ledger, followers);
      return run.ledger.problems;
    },
  };
}

async function openDesk(person: Person): Promise<Desk> {
  const [davBookId, bookId] = [await folder(person, 'Device'), await folder(person, 'Web')];
  const path = `/dav/addressbooks/${person.id}/`;
  const { responses } = await propfind(person, path, 1, [D('displayname')]);
  const book = responses.find(({ found }) => found.get(D('displayname'))?.children.join('') === 'Device');
  return { person, davBook: book!.href, davBookId, bookId };
}

/** Contacts that are made, changed and deleted, one after the other; some are left. */
async function tendCards(run: Run, name: string, way: string, open: (uid: string) => Place): Promise<void> {
  for (let number = 1; !run.isOver; number++) {
    const place = open(`${name}-${way}-${number}`);
    for (let version = 1; !run.isOver && version <= versions + 1; version++) {
      const isLast = version > versions;
      if (isLast && number % 3 === 0) break;
      const value = isLast ? null : `${place.name} v${version}`;
      if ((await write(run, place, value)) === null) break;
    }
  }
}

const roles = ['viewer', 'contributor', 'manager', 'admin'] as const;

async function tendShare(run: Run, { person, bookId }: Desk, grantee: Person): Promise<void> {
  const place = sharePlace(person, await share(person, bookId, grantee, 'viewer'));
  run.ledger.begin(place.name, 'viewer')('acknowledged');
  for (let count = 1; !run.isOver; count++) await write(run, place, roles[count % roles.length]!);
}

/** Writes once, and reads where it is not certain what has become of it; what is there then. */
async function write(run: Run, place: Place, value: string | null): Promise<string | null> {
  const settle = run.ledger.begin(place.name, value);
  const outcome = await once(run, () => place.write(value));
  settle(outcome ?? 'unclear');
  if (outcome === 'acknowledged') {
    await wait(pauseMilliseconds);
    return value;
  }
  const there = await again(run, () => place.read());
  run.ledger.seen(place.name, there);
  return there;
}

async function followOn(run: Run, follower: Follower): Promise<void> {
  while (!run.isOver) {
    run.ledger.problems.push(...((await once(run, () => follower.follow())) ?? []));
    await wait(pauseMilliseconds);
  }
}

/** Asks until it is answered. */
async function again<T>(run: Run, ask: () => Promise<T>): Promise<T> {
  const began = performance.now();
  for (;;) {
    const answer = await once(run, ask);
    if (answer !== undefined) {
      run.longestSilence = Math.max(run.longestSilence, (performance.now() - began) / 1000);
      return answer;
    }
    await wait(100);
  }
}

/** Asks once; undefined: it was not to be had. */
async function once<T>(run: Run, ask: () => Promise<T>): Promise<T | undefined> {
  const began = performance.now();
  try {
    return await ask();
  } catch (error) {
    if (error instanceof WrongAnswer) run.ledger.problems.push(error.message);
    else if (!(error instanceof Unavailable)) throw error;
    const { message } = error;
    const [status, at] = [error instanceof Unavailable ? error.status : 0, performance.now()];
    run.troubles.push({ at, status, seconds: (at - began) / 1000, message });
    return undefined;
  }
}
