import { randomUUID } from 'node:crypto';
import type { World } from './context.ts';
import { writeSetting } from './settings.ts';

/** Longer than that nobody waits for a change to be written. */
const patienceMilliseconds = 5000;
/** However often one is asked: so long an answer holds. */
const holdsMilliseconds = 2000;

/** Whether changes can be written, as was found out within the last two seconds. */
export type Readiness = () => Promise<boolean>;

/** Tries by writing: reading would not notice a disk that is full or gone, or a database locked by something else. */
export function createReadiness(world: World): Readiness {
  let known: Promise<boolean> | null = null;
  let until = 0;
  return () => {
    const now = performance.now();
    if (known && now < until) return known;
    until = now + holdsMilliseconds;
    known = tryToWrite(world);
    return known;
  };
}

async function tryToWrite(world: World): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), patienceMilliseconds);
  const written = world.db
    .transaction(async (tx) => {
      // A row of its own, which does not stay: several programs that are asked at the same time are not in each other's way.
      const name = `heartbeat ${randomUUID()}` as const;
      await writeSetting(tx, name, world.now().toISOString());
      await tx.run(tx.build.deleteFrom('setting').where('name', '=', name));
    })
    .then(
      () => true,
      () => false,
    );
  try {
    return await Promise.race([written, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
