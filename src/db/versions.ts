import type SqliteDatabase from 'better-sqlite3';

/** Which tables may have changed since when. */
export type Versions = {
  /** A statement is run by the connection that writes. */
  note(text: string): void;
  /** What was written until now is what there is from now on, or has been undone. */
  settle(): void;
  /** A number that is another one when something in these tables may have changed since. */
  of(tables: readonly string[]): number;
};

const statements = /\b(?:insert(?:\s+or\s+\w+)?\s+into|update(?:\s+or\s+\w+)?|delete\s+from)\s+["`]?(\w+)/giu;
const mostTexts = 1000;

/**
 * Changes by this process are known from its statements. Changes by another process (administrators' commands) are only
 * known from a number that SQLite keeps in memory, which says that something has changed, not what.
 */
export function openVersions(connection: SqliteDatabase.Database): Versions {
  // It changes with the commits of others alone.
  const others = connection.prepare<[], number>('PRAGMA data_version').pluck();
  const counts = new Map<string, number>();
  // Written in a transaction that is under way: nobody reads it yet.
  const written = new Set<string>();
  const known = new Map<string, readonly string[]>();

  return {
    note(text) {
      let tables = known.get(text);
      if (!tables) {
        tables = Array.from(text.matchAll(statements), ([, table]) => table!.toLowerCase());
        if (known.size >= mostTexts) known.clear();
        known.set(text, tables);
      }
      for (const table of tables) written.add(table);
    },
    settle() {
      for (const table of written) counts.set(table, (counts.get(table) ?? 0) + 1);
      written.clear();
    },
    of(tables) {
      // Neither number ever becomes smaller, so their sum tells of both.
      let sum = others.get()!;
      for (const table of tables) sum += counts.get(table) ?? 0;
      return sum;
    },
  };
}
