import { setTimeout as wait } from 'node:timers/promises';
import { share } from '../kit/calls.ts';
import type { Person } from '../kit/person.ts';
import { checkEnd } from './checkEnd.ts';
import { createClerk } from './clerk.ts';
import type { Clerk, Run, Trouble } from './clerk.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { followByDav, followByJmap } from './followers.ts';
import type { Follower } from './followers.ts';
import { openLedger } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import { davPlace, jmapPlace, sharePlace } from './places.ts';
import type { Place } from './places.ts';
import { openWindow } from './streams.ts';

/** People at work, and the account of what they were told. */
export type Load = {
  /** Returns when so many more writes are acknowledged. */
  working(writes: number): Promise<void>;
  /** What could not be had since it was last asked. */
  troubles(): readonly Trouble[];
  /** The longest that anybody was without an answer since it was last asked, in seconds; and the longest one of them took. */
  silence(): { readonly longest: number; readonly slowest: number };
  readonly counts: Ledger['counts'];
  /** Ends the work, looks at what is there, and answers with sentences about all that cannot be. */
  finish(): Promise<readonly string[]>;
  /** Looks again at what is there. */
  look(): Promise<readonly string[]>;
};

/** So many times a contact is written before it is deleted. */
const versions = 6;
const pauseMilliseconds = 50;
const lookMilliseconds = 200;

/**
 * Each person writes with a device and in the web app, has a window open, and follows both with another device and another window;
 * the first shares a folder, too.
 */
export async function startLoad(people: readonly Person[]): Promise<Load> {
  const run: Run = { ledger: openLedger(), troubles: [], clerks: [], isOver: false };
  const clerk = () => createClerk(run);
  const desks = await Promise.all(people.map(openDesk));
  const followers = (
    await Promise.all(desks.map(async (desk) => [await followByDav(desk), await followByJmap(desk)]))
  ).flat();
  const workers = [
    ...desks.flatMap((desk) => [
      tendCards(clerk(), `${desk.person.name}-dav`, (uid) => davPlace(desk.person, desk.davBook, uid)),
      tendCards(clerk(), `${desk.person.name}-web`, (uid) => jmapPlace(desk.person, desk.bookId, uid)),
    ]),
    tendShare(clerk(), desks[0]!, people[1]!),
    ...followers.map((follower) => followOn(clerk(), follower)),
  ];
  // Not counted with the others: who is quiet is told nothing for long.
  const windows = people.map((person) => openWindow(createClerk({ ...run, clerks: [] }), person));
  // What goes wrong is told at the end, and meanwhile to whoever waits for work that would never be done.
  const over = Promise.all(workers);
  over.catch(() => undefined);

  const look = async () => {
    await checkEnd(desks, run.ledger, followers);
    return run.ledger.problems;
  };
  return {
    look,
    counts: run.ledger.counts,
    troubles: () => run.troubles.splice(0),
    async working(writes) {
      const wanted = run.ledger.counts.acknowledged + writes;
      const enough = async () => {
        while (run.ledger.counts.acknowledged < wanted) await wait(20);
      };
      await Promise.race([enough(), over.then(() => Promise.reject(new Error('Nobody works any more')))]);
    },
    silence() {
      const each = run.clerks.map((one) => one.silence());
      return {
        longest: Math.max(...each.map(({ longest }) => longest)),
        slowest: Math.max(...each.map(({ slowest }) => slowest)),
      };
    },
    async finish() {
      run.isOver = true;
      await over;
      for (const window of windows) run.ledger.problems.push(...(await window.finish()));
      return look();
    },
  };
}

/** Contacts that are made, changed and deleted, one after the other; some are left. */
async function tendCards(clerk: Clerk, name: string, open: (uid: string) => Place): Promise<void> {
  for (let number = 1; !clerk.run.isOver; number++) {
    const place = open(`${name}-${number}`);
    for (let version = 1; !clerk.run.isOver && version <= versions + 1; version++) {
      const isLast = version > versions;
      if (isLast && number % 3 === 0) break;
      const value = isLast ? null : `${place.name} v${version}`;
      if ((await write(clerk, place, value)) === null) break;
    }
  }
}

const roles = ['viewer', 'contributor', 'manager', 'admin'] as const;

async function tendShare(clerk: Clerk, { person, bookId }: Desk, grantee: Person): Promise<void> {
  const place = sharePlace(person, await share(person, bookId, grantee, 'viewer'));
  clerk.run.ledger.begin(place.name, 'viewer')('acknowledged');
  for (let count = 1; !clerk.run.isOver; count++) await write(clerk, place, roles[count % roles.length]!);
}

/** Writes once, and reads where it is not certain what has become of it; what is there then. */
async function write(clerk: Clerk, place: Place, value: string | null): Promise<string | null> {
  const { ledger } = clerk.run;
  const settle = ledger.begin(place.name, value);
  const outcome = await clerk.once(() => place.write(value));
  settle(outcome ?? 'unclear');
  if (outcome === 'acknowledged') {
    await wait(pauseMilliseconds);
    return value;
  }
  const there = await clerk.again(() => place.read());
  ledger.seen(place.name, there);
  return there;
}

async function followOn(clerk: Clerk, follower: Follower): Promise<void> {
  while (!clerk.run.isOver) {
    clerk.run.ledger.problems.push(...((await clerk.once(() => follower.follow())) ?? []));
    await wait(lookMilliseconds);
  }
}
