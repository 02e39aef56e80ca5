import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

type Known<Value> = { version: number; readonly values: Map<string, Value> };

const mostValues = 10_000;

/**
 * What was read from tables that hardly ever change, by a key: remembered until one of them does. Nothing may follow
 * from anything else, such as the time.
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
