import { setTimeout as wait } from 'node:timers/promises';
import { Client, escapeLiteral } from 'pg';
import { newSecret } from '../../lib/ids.ts';
import type { Hearing } from '../database.ts';
import { purgeNews, readNews, readSnapshot } from './readNews.ts';

/** Messages between nodes that share a database. */
export type News = {
  /** The statement that tells this, to be run with the commit. */
  telling(messages: readonly string[]): string;
  /** It is committed: the others need not wait until they look by themselves. */
  ring(): void;
  /** Nobody knows whether it is committed, or will be: this program looks for it as for what others tell. */
  doubt(): void;
  hear(hearing: Hearing): () => Promise<void>;
};

/** Where to listen: at an address that keeps one connection, else where everything else goes. */
export type NewsAddresses = { readonly listen: string; readonly url: string };

const channel = 'coterie_news';
/** Nobody has to be told to look: so often one looks anyway. */
const lookMilliseconds = 1000;
/** Whoever has not looked for so long may have missed something. */
const gapSeconds = 60;
const answerMilliseconds = 10_000;
const [firstPause, longestPause] = [100, 5000];
/** Whoever had to go through the pool of connections tries so often whether notifications come again. */
const detourMilliseconds = 60_000;

/**
 * Messages are rows, written in the transaction they report on, so that none comes from a rolled-back transaction and
 * none gets lost. Their numbers would become visible out of order; so readers ask for what they see now and did not see
 * when they last looked (`pg_visible_in_snapshot`). NOTIFY only says that it is worth looking, and is sent after the
 * commit: inside the transaction it would hold a lock until the commit is on the disk, so that all nodes would commit
 * one after the other.
 */
export function openNews({ listen, url }: NewsAddresses): News {
  const self = { name: newSecret() };
  const bells = new Set<Bell>();
  const hearings = new Set<Hearing>();
  return {
    telling(messages) {
      // From when it was told it is kept, and not from when its transaction began.
      const rows = messages.map((message) => `('${self.name}', ${escapeLiteral(message)}, clock_timestamp())`);
      return `INSERT INTO commit_news (program, message, at) VALUES ${rows.join(', ')}`;
    },
    ring: () => bells.forEach((bell) => bell.ring()),
    doubt() {
      // What has been told under the name of before, and comes yet, is somebody else's; what is there already may have been passed over.
      self.name = newSecret();
      for (const hearing of hearings) hearing.missed();
    },
    hear(hearing) {
      const ending = new AbortController();
      const { signal } = ending;
      hearings.add(hearing);
      const over = (async () => {
        let failures = 0;
        while (!signal.aborted) {
          // Where only the pool of connections is reached, looking goes through it, too.
          const address = failures % 2 === 0 ? listen : url;
          const isBetter = address === listen ? null : () => isReached(listen);
          const client = new Client(options(address));
          try {
            await follow(client, { self, hearing, signal, bells, isBetter, begun: () => (failures = 0) });
          } catch (error) {
            if (failures === 0 && !signal.aborted) hearing.failed(error);
            failures += 1;
          } finally {
            await client.end().catch(() => undefined);
          }
          const pause = Math.min(longestPause, firstPause * 2 ** Math.min(failures, 10));
          await wait(pause, undefined, { signal, ref: false }).catch(() => undefined);
        }
      })();
      return () => {
        hearings.delete(hearing);
        ending.abort();
        return over;
      };
    },
  };
}

type Following = {
  /** What this program is called in what it tells: what it has told itself it knows. */
  readonly self: { readonly name: string };
  readonly hearing: Hearing;
  readonly signal: AbortSignal;
  readonly bells: Set<Bell>;
  /** Whether the address is reached now that would be better; null: this is the best. */
  readonly isBetter: (() => Promise<boolean>) | null;
  begun(): void;
};

/**
 * Looks again and again, until the connection breaks (then it throws), nobody wants to hear any more, or it is worth beginning anew: behind
 * a pool of connections the server may have become another one, which has nothing of what was told at the one of before.
 */
async function follow(client: Client, { self, hearing, signal, bells, isBetter, begun }: Following): Promise<void> {
  let isWorthLooking = Promise.withResolvers<void>();
  const look = () => isWorthLooking.resolve();
  client.on('notification', ({ payload }) => payload !== self.name && look());
  client.on('end', look);
  // Told by the question that is under way, or by the next one.
  client.on('error', look);
  await client.connect();
  await client.query(`LISTEN ${channel}`);
  let seen = await readSnapshot(client);
  // What was committed before is heard of by nobody: whoever has begun to listen before looks at it.
  hearing.missed();
  begun();
  const bell = openBell(client, self);
  bells.add(bell);
  signal.addEventListener('abort', look);
  try {
    for (let [purgedAt, triedAt] = [0, performance.now()]; !signal.aborted;) {
      const timer = setTimeout(look, lookMilliseconds).unref();
      await isWorthLooking.promise;
      clearTimeout(timer);
      isWorthLooking = Promise.withResolvers<void>();
      if (signal.aborted) return;
      const news = await readNews(client, self.name, seen.snapshot);
      if (news.life !== seen.life) return;
      if (news.at - seen.at > gapSeconds) hearing.missed();
      for (const message of news.messages) hearing.told(message);
      seen = news;
      if (isBetter && performance.now() - triedAt > detourMilliseconds) {
        if (await isBetter()) return;
        triedAt = performance.now();
      }
      if (seen.at - purgedAt < gapSeconds) continue;
      purgedAt = seen.at;
      await purgeNews(client);
    }
  } finally {
    signal.removeEventListener('abort', look);
    bells.delete(bell);
  }
}

async function isReached(address: string): Promise<boolean> {
  const client = new Client(options(address));
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

type Bell = { ring(): void };

/** Tells that it is worth looking: once for all commits that come while the last time is on its way. */
function openBell(client: Client, self: { readonly name: string }): Bell {
  let isRinging = false;
  let isAskedAgain = false;
  const ring = () => {
    isAskedAgain = isRinging;
    if (isRinging) return;
    isRinging = true;
    client
      .query(`NOTIFY ${channel}, '${self.name}'`)
      // The connection has broken: the others look by themselves.
      .catch(() => undefined)
      .finally(() => {
        isRinging = false;
        if (isAskedAgain) ring();
      });
  };
  return { ring };
}

function options(connectionString: string) {
  return {
    connectionString,
    connectionTimeoutMillis: answerMilliseconds,
    query_timeout: answerMilliseconds,
    keepAlive: true,
    application_name: 'coterie listens',
  };
}
