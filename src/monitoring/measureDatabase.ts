import type { Database } from '../db/database.ts';
import type { Meter } from '../lib/meter.ts';

/** The same database; how long its transactions wait and last is measured. */
export function measureDatabase(db: Database, meter: Meter): Database {
  return {
    ...db,
    transaction(task, committed) {
      const asked = performance.now();
      return db.transaction(async (writer) => {
        const began = performance.now();
        try {
          return await task(writer);
        } finally {
          meter.transaction({ waited: (began - asked) / 1000, ran: (performance.now() - began) / 1000 });
        }
      }, committed);
    },
  };
}
