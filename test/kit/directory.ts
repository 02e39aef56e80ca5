import { createHash } from 'node:crypto';
import type { Directory, DirectoryEntry } from '../../src/core/directory/directory.ts';
import { AppError } from '../../src/errors.ts';

/** A directory in memory that tests write to, with the faults that real ones have. */
export type TestDirectory = Directory & {
  /** Writes an entry; what is not said is as before, or empty. */
  put(entry: Partial<DirectoryEntry> & { readonly externalId: string }): DirectoryEntry;
  remove(externalId: string): void;
  get(externalId: string): DirectoryEntry | undefined;
  entries(): DirectoryEntry[];
  setPassword(externalId: string, password: string): void;
  /** It does not answer. */
  isDown: boolean;
  /** Every answer takes so long. */
  milliseconds: number;
  /** What every answer waits for, too. */
  gate: Promise<void>;
  /** It answers, but knows nobody: another base. */
  isEmpty: boolean;
  pageSize: number;
  /** Called before each page of changes; it may throw. */
  beforePage: (page: number) => void;
  /** The order of the entries in a reading of changes. */
  order: (entries: DirectoryEntry[]) => DirectoryEntry[];
  /** How often each question was asked. */
  readonly asked: { authenticate: number; lookUp: number; lookedUp: number; changes: number; allIds: number };
};

type Kept = { entry: DirectoryEntry; changed: number; password: string };

/** A directory without entries. */
export function createTestDirectory(): TestDirectory {
  const kept = new Map<string, Kept>();
  let clock = 0;
  const answer = async () => {
    await directory.gate;
    if (directory.milliseconds > 0) await new Promise((done) => setTimeout(done, directory.milliseconds));
    if (directory.isDown) throw new AppError('unavailable', 'connection refused');
  };
  const shown = () => (directory.isEmpty ? [] : [...kept.values()]);

  const directory: TestDirectory = {
    isDown: false,
    isEmpty: false,
    milliseconds: 0,
    gate: Promise.resolve(),
    pageSize: 100,
    beforePage: () => undefined,
    order: (entries) => entries,
    asked: { authenticate: 0, lookUp: 0, lookedUp: 0, changes: 0, allIds: 0 },
    put(entry) {
      const { externalId } = entry;
      const before = kept.get(externalId);
      const whole = { ...(before?.entry ?? emptyEntry(externalId)), ...entry };
      kept.set(externalId, {
        entry: whole,
        changed: ++clock,
        password: before?.password ?? `password of ${externalId}`,
      });
      return whole;
    },
    remove: (externalId) => void kept.delete(externalId),
    get: (externalId) => kept.get(externalId)?.entry,
    entries: () => [...kept.values()].map(({ entry }) => entry),
    setPassword(externalId, password) {
      kept.get(externalId)!.password = password;
    },
    async authenticate(login, password) {
      directory.asked.authenticate += 1;
      await answer();
      const name = login.toLowerCase();
      const found = shown().find(({ entry }) =>
        [entry.email, ...entry.aliases, ...entry.logins].some((known) => known?.toLowerCase() === name),
      );
      return found && hash(found.password) === hash(password) ? found.entry.externalId : null;
    },
    async *changesSince(mark) {
      directory.asked.changes += 1;
      await answer();
      const since = mark === null ? 0 : Number(mark);
      const now = clock;
      const all = directory.order(
        shown()
          .filter(({ changed }) => changed > since)
          .map(({ entry }) => entry),
      );
      for (let start = 0, page = 0; start === 0 || start < all.length; start += directory.pageSize, page += 1) {
        directory.beforePage(page);
        await answer();
        yield { entries: all.slice(start, start + directory.pageSize), mark: String(now) };
      }
    },
    async lookUp(externalIds) {
      directory.asked.lookUp += 1;
      directory.asked.lookedUp += externalIds.length;
      await answer();
      const wanted = new Set(externalIds);
      return shown()
        .filter(({ entry }) => wanted.has(entry.externalId))
        .map(({ entry }) => entry);
    },
    async *allIds() {
      directory.asked.allIds += 1;
      await answer();
      const ids = shown().map(({ entry }) => entry.externalId);
      for (let start = 0; start < ids.length; start += directory.pageSize)
        yield ids.slice(start, start + directory.pageSize);
    },
    close: () => Promise.resolve(),
  };
  return directory;
}

function emptyEntry(externalId: string): DirectoryEntry {
  const isGroup = externalId.startsWith('group');
  return {
    externalId,
    kind: isGroup ? 'group' : 'individual',
    name: externalId,
    email: isGroup ? null : `${externalId}@demo.example`,
    aliases: [],
    logins: isGroup ? [] : [externalId],
    isActive: true,
    isListed: true,
    isAdministrator: false,
    details: {},
    references: [`cn=${externalId},dc=demo`],
    members: [],
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
