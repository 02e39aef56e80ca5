import type { Database } from '../../src/db/database.ts';

/**
 * A database whose connections outlive it: to whoever has it, it is closed as any other, and everything that was under way has
 * ended by then; the next test goes on with connections that know the tables, as those of a server that has run for days do.
 */
export function lendDatabase(db: Database, returned: () => void): Database {
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;
  const watched = <Rest extends readonly unknown[], T>(ask: (...rest: Rest) => Promise<T>) =>
    async function (...rest: Rest): Promise<T> {
      if (isClosed) throw new Error('This database has been closed');
      const answer = ask(...rest);
      underWay.add(answer);
      try {
        return await answer;
      } finally {
        underWay.delete(answer);
      }
    };
  return {
    ...db,
    all: watched(db.all) as Database['all'],
    first: watched(db.first) as Database['first'],
    transaction: watched(db.transaction) as Database['transaction'],
    reading: watched(db.reading) as Database['reading'],
    aside: watched(db.aside) as Database['aside'],
    ...(db.single && { single: watched(db.single) as NonNullable<Database['single']> }),
    async close() {
      isClosed = true;
      while (underWay.size > 0) await Promise.allSettled(underWay);
      returned();
    },
  };
}
