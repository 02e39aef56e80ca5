import type { Kysely } from 'kysely';
import type { PrincipalRow, Schema } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { directoryVersion } from '../principal/directoryState.ts';
import { searchPrincipals } from '../principal/searchPrincipals.ts';

type Known = { readonly version: number; readonly until: number; readonly principals: readonly PrincipalRow[] };

const mostKnown = 500;
/** Another alias is no change of the directory for anybody who looks at it: it is found after a minute. */
const longestMilliseconds = 60_000;
const memories = new WeakMap<Kysely<Schema>, Map<string, Known>>();

/**
 * Others in the directory whose name matches what was typed. Everybody gets the same answer (except guests, who get
 * none), and many people type the same first letters, which cost most: results are cached until anybody in the
 * directory changes.
 */
export async function directoryMatches(
  context: Context,
  text: string,
  limit: number,
): Promise<readonly PrincipalRow[]> {
  const { actor, db } = context;
  const others = (principals: readonly PrincipalRow[]) => principals.filter(({ id }) => id !== actor.principalId);
  // Some more, since oneself may be among them, and whoever asks first may not be listed.
  const search = () => searchPrincipals(context, { text, position: 0, limit: limit + 2 });
  if (actor.isGuest || context.transaction) return others((await search()).principals).slice(0, limit);
  const memory = memories.get(db.build) ?? new Map<string, Known>();
  memories.set(db.build, memory);
  const key = `${limit} ${text}`;
  const version = await directoryVersion(context);
  const now = context.now().getTime();
  const known = memory.get(key);
  if (known?.version === version && known.until > now) return others(known.principals).slice(0, limit);
  // Whoever is not listed finds themselves, which is nobody else's business.
  const principals = (await search()).principals.filter((row) => row.is_listed === 1);
  memory.delete(key);
  memory.set(key, { version, until: now + longestMilliseconds, principals });
  if (memory.size > mostKnown) memory.delete(memory.keys().next().value!);
  return others(principals).slice(0, limit);
}
