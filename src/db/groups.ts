import type SqliteDatabase from 'better-sqlite3';

/** Transactions that are committed together. */
export type Group = {
  /** Commits it, if it has not been. */
  commit(): void;
  /** How many have joined it. */
  size(): number;
  /** It has been committed; rejects when the database has undone it, all of it. */
  readonly end: Promise<void>;
};

/** Combines transactions that arrive at the same time into one. */
export type Groups = {
  isOpen(): boolean;
  /** The group that is open, or a new one; `later` is to commit a new one when everybody has joined. */
  join(later: (group: Group) => void): Group;
  /** Runs the task that has just joined as a part of the open group: when it throws, only what it did is undone. */
  part<T>(task: () => Promise<T>): Promise<T>;
  close(): void;
};

type Around = {
  readonly disk: { note(): void };
  readonly reading: readonly { end(): void }[];
  /** What a group has written is what there is, or has been undone. */
  ended(): void;
};

/**
 * People who save at the same moment touch the same pages: written once for all of them, that costs a third. Nobody
 * outside sees anything of a group before it is committed, and no member is told of success before that.
 */
export function openGroups(connection: SqliteDatabase.Database, { disk, reading, ended }: Around): Groups {
  const [begin, commit, rollback, savepoint, undo, release] = [
    'BEGIN IMMEDIATE',
    'COMMIT',
    'ROLLBACK',
    'SAVEPOINT task',
    'ROLLBACK TO task',
    'RELEASE task',
  ].map((sql) => connection.prepare(sql)) as [Statement, Statement, Statement, Statement, Statement, Statement];
  const changes = connection.prepare<[], number>('SELECT total_changes()').pluck();
  let open: (Group & { fail(error: unknown): void }) | null = null;
  let size = 0;

  function start(later: (group: Group) => void): NonNullable<typeof open> {
    for (const each of reading) each.end();
    begin.run();
    const before = changes.get();
    const { promise: end, resolve, reject } = Promise.withResolvers<void>();
    // Whoever has a part in it hears of it.
    end.catch(() => undefined);
    const group = {
      end,
      size: () => size,
      fail(error: unknown) {
        open = null;
        ended();
        reject(error);
      },
      commit() {
        if (open !== group) return;
        try {
          for (const each of reading) each.end();
          const hasChanged = changes.get() !== before;
          commit.run();
          if (hasChanged) disk.note();
          open = null;
          ended();
          resolve();
        } catch (error) {
          if (connection.inTransaction) rollback.run();
          group.fail(error);
        }
      },
    };
    size = 0;
    later(group);
    return group;
  }

  return {
    isOpen: () => open !== null,
    join(later) {
      open ??= start(later);
      size += 1;
      return open;
    },
    async part(task) {
      // SQLite copies each page that is changed behind a savepoint. With whoever comes first nothing of others would be undone.
      const isFirst = size === 1;
      if (!isFirst) savepoint.run();
      try {
        const value = await task();
        requireTransaction(connection);
        if (!isFirst) release.run();
        return value;
      } catch (error) {
        if (connection.inTransaction && !isFirst) {
          undo.run();
          release.run();
        } else {
          if (connection.inTransaction) rollback.run();
          open?.fail(error);
        }
        throw error;
      }
    },
    close: () => open?.commit(),
  };
}

type Statement = SqliteDatabase.Statement<[]>;

/**
 * A full disk or a fault may make SQLite roll back a whole transaction halfway. What its task wrote afterwards would be
 * committed statement by statement, without what came before and without the change log: this throws instead.
 */
export function requireTransaction(connection: SqliteDatabase.Database): void {
  if (!connection.inTransaction) throw new Error('The transaction has been undone by the database');
}
