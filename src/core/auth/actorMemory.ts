import { hash, randomBytes } from 'node:crypto';
import type { Actor } from '../actor.ts';
import type { World } from '../context.ts';

/** A short-term cache of who is asking: a program that makes a hundred requests in a row is looked up once. */
export type ActorMemory = {
  /**
   * Who they are by what they say of themselves (`parts`), else as `find` finds. `waits`: whether somebody who says this
   * has to wait before they hear anything.
   */
  through(parts: readonly string[], find: () => Promise<Found>): Promise<Actor | null>;
};

/**
 * Who it is (null: nobody), and whether somebody with these credentials would have to wait before getting an answer.
 */
export type Found = { readonly actor: Actor | null; readonly mustWait: () => Promise<boolean> };

type Known = Found & { readonly version: number; readonly until: number };

/** From these follows who somebody is, and that they may come in. */
const tables = ['principal', 'principal_login', 'credential', 'preference', 'app_password'] as const;
/** What does not stand in them (the word of a directory) is as old as that at most. */
const seconds = 10;
const mostKnown = 5000;

/** A cache in this process only. It contains neither passwords nor anything from which they can be recovered. */
export function createActorMemory({ db, now }: World): ActorMemory {
  const secret = randomBytes(32).toString('base64url');
  const known = new Map<string, Known>();
  return {
    async through(parts, find) {
      // Before anything is looked up: what changes meanwhile makes it old.
      const version = db.versionOf(tables);
      const key = hash('sha256', secret + JSON.stringify(parts), 'base64url');
      const entry = known.get(key);
      const isFresh = entry !== undefined && entry.version === version && entry.until > now().getTime();
      if (isFresh && !(await entry.mustWait())) return entry.actor;
      known.delete(key);
      const found = await find();
      if (!found.actor || version === null) return found.actor;
      if (known.size >= mostKnown) known.delete(known.keys().next().value!);
      known.set(key, { ...found, version, until: now().getTime() + seconds * 1000 });
      return found.actor;
    },
  };
}
