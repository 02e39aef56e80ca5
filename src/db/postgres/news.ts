import { setTimeout as wait } from 'node:timers/promises';
import { Client, escapeLiteral } from 'pg';
import { newSecret } from '../../lib/ids.ts';
import type { Hearing } from '../database.ts';

/** What programs that share a database tell each other. */
export type News = {
  /** The statement that tells this, to be run with the commit. */
  telling(messages: readonly string[]): string;
  /** It is committed: the others need not wait until they look by themselves. */
  ring(): void;
  hear(hearing: Hearing): () => Promise<void>;
};

/** Where to listen: at an address that keeps one connection, else where everything else goes. */
export type NewsAddresses = { readonly listen: string; readonly url: string };

const channel = 'coterie_news';
/** Nobody has to be told to look: so often one looks anyway. */
const lookMilliseconds = 1000;
const keptMinutes = 2;
/** Whoever has not looked for so long may have missed something. */
const gapSeconds = 60;
const answerMilliseconds = 10_000;
const [firstPause, longestPause] = [100, 5000];

/**
 * News are rows, written in the transaction of which they tell, so that there are neither any of what was undone nor any that get lost.
 * Numbers would be seen out of order; so whoever looks reads what it sees and did not see when it looked before
 * (`pg_visible_in_snapshot`). NOTIFY says no more than that it is worth looking, after the commit: in the transaction it would hold
 * a lock until the commit is on the disk, and all programs would commit one after the other.
 */
export function openNews({ listen, url }: NewsAddresses): News {
  const program = newSecret();
  const bells = new Set<Bell>();
  return {
    telling(messages) {
      const rows = messages.map((message) => `('${program}', ${escapeLiteral(message)})`);
      return `INSERT INTO commit_news (program, message) VALUES ${rows.join(', ')}`;
    },
    ring: () => bells.forEach((bell) => bell.ring()),
    hear(hearing) {
      const ending = new AbortController();
      const { signal } = ending;
      const over = (async () => {
        let failures = 0;
        while (!signal.aborted) {
          // Where only the pool of connections is reached, looking goes through it, too.
          const client = new Client(options(failures % 2 === 0 ? listen : url));
          try {
            await follow(client, { program, hearing, signal, bells, begun: () => (failures = 0) });
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
        ending.abort();
        return over;
      };
    },
  };
}

type Following = {
  readonly program: string;
  readonly hearing: Hearing;
  readonly signal: AbortSignal;
  readonly bells: Set<Bell>;
  begun(): void;
};

/** Looks again and again, until the connection breaks (then it throws) or nobody wants to hear any more. */
async function follow(client: Client, { program, hearing, signal, bells, begun }: Following): Promise<void> {
  let isWorthLooking = Promise.withResolvers<void>();
  const look = () => isWorthLooking.resolve();
  client.on('notification', ({ payload }) => payload !== program && look());
  client.on('end', look);
  // Told by the question that is under way, or by the next one.
  client.on('error', look);
  signal.addEventListener('abort', look);
  await client.connect();
  await client.query(`LISTEN ${channel}`);
  let seen = await readSnapshot(client);
  // What was committed before is heard of by nobody: whoever has begun to listen before looks at it.
  hearing.missed();
  begun();
  const bell = openBell(client, program);
  bells.add(bell);
  try {
    for (let purgedAt = 0; !signal.aborted;) {
      const timer = setTimeout(look, lookMilliseconds).unref();
      await isWorthLooking.promise;
      clearTimeout(timer);
      isWorthLooking = Promise.withResolvers<void>();
      if (signal.aborted) return;
      const news = await readNews(client, program, seen.snapshot);
      if (news.at - seen.at > gapSeconds) hearing.missed();
      for (const message of news.messages) hearing.told(message);
      seen = news;
      if (seen.at - purgedAt < gapSeconds) continue;
      purgedAt = seen.at;
      await client.query(`DELETE FROM commit_news WHERE at < now() - interval '${keptMinutes} minutes'`);
    }
  } finally {
    bells.delete(bell);
  }
}

/** What was seen at a moment by the clock of the database. */
type Seen = { readonly snapshot: string; readonly at: number };

async function readSnapshot(client: Client): Promise<Seen> {
  const { rows } = await client.query<Seen>(
    'SELECT pg_current_snapshot()::text AS snapshot, extract(epoch FROM now())::float8 AS at',
  );
  return rows[0]!;
}

async function readNews(client: Client, program: string, before: string) {
  // A row that was written later than now comes from a backup of another server.
  const { rows } = await client.query<Seen & { messages: readonly string[] }>(
    `SELECT pg_current_snapshot()::text AS snapshot, extract(epoch FROM now())::float8 AS at, ARRAY(
       SELECT message FROM commit_news
       WHERE xact >= pg_snapshot_xmin($1::pg_snapshot) AND xact < pg_snapshot_xmax(pg_current_snapshot())
         AND NOT pg_visible_in_snapshot(xact, $1::pg_snapshot) AND program <> $2
       ORDER BY id) AS messages`,
    [before, program],
  );
  return rows[0]!;
}

type Bell = { ring(): void };

/** Tells that it is worth looking: once for all commits that come while the last time is on its way. */
function openBell(client: Client, program: string): Bell {
  let isRinging = false;
  let isAskedAgain = false;
  const ring = () => {
    isAskedAgain = isRinging;
    if (isRinging) return;
    isRinging = true;
    client
      .query(`NOTIFY ${channel}, '${program}'`)
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
