import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

type Known<Value> = { version: number; readonly values: Map<string, Value> };

const mostValues = 10_000;

/**
 * Caches by key what was read from tables that hardly ever change, until one of them does. The result must depend on
 * nothing else, such as the time.
 */
export function remembered<Value>(
  tables: readonly (keyof Schema)[],
): (db: Database, key: string, read: () => Promise<Value>) => Promise<Value> {
  const memories = new WeakMap<object, Known<Value>>();
  return async (db, key, read) => {
    // Before it is read: what changes meanwhile makes it old.
    const version = db.versionOf(tables);
    if (version === null) return read();
    const memory = memories.get(db.build) ?? { version, values: new Map<string, Value>() };
    memories.set(db.build, memory);
    if (memory.version !== version || memory.values.size >= mostValues) memory.values.clear();
    memory.version = version;
    const known = memory.values.get(key);
    if (known !== undefined) return known;
    const value = await read();
    if (memory.version === version) memory.values.set(key, value);
    return value;
  };
}
