import type { Database } from '../db/database.ts';
import type { Meter } from '../lib/meter.ts';

/** The same database, measuring how long its transactions wait and take. */
export function measureDatabase(db: Database, meter: Meter): Database {
  return {
    ...db,
    async transaction(task, committed) {
      const asked = performance.now();
      let [began, ended] = [asked, asked];
      try {
        return await db.transaction(async (writer) => {
          began = performance.now();
          try {
            return await task(writer);
          } finally {
            ended = performance.now();
          }
        }, committed);
      } finally {
        // Here and not inside: several transactions may be carried out together, in the name of the first.
        meter.transaction({ waited: (began - asked) / 1000, ran: (ended - began) / 1000 });
      }
    },
  };
}
