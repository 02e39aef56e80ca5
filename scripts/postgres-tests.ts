/** Tests of what SQLite alone has: its threads and groups, its plans, files of databases of before. */
const sqliteAlone = [
  'src/db/sqlite.test.ts',
  'src/db/flusher.test.ts',
  'src/core/card/findCards.test.ts',
  'test/hotStatements.test.ts',
];

/** Tests of what PostgreSQL alone has. */
const postgresAlone = ['src/db/postgres/', 'test/postgres/'];

/** What runs on PostgreSQL, too, whenever everything is tested: what depends most on how a database does it. */
const onBoth = [
  'src/db/statement.test.ts',
  'test/rights/matrix',
  'test/kit/testDatabase.test.ts',
  'test/wire/jmap/cardQuery.test.ts',
  'test/wire/jmap/cards.test.ts',
  'test/wire/jmap/changes.test.ts',
  'test/wire/jmap/changesModel.test.ts',
  'test/wire/jmap/history.test.ts',
  'test/wire/jmap/inheritance.test.ts',
  'test/wire/jmap/sharing.test.ts',
  'test/wire/operation/backup.test.ts',
  'test/wire/operation/dbCheck.test.ts',
  'test/wire/operation/oldBackup.test.ts',
  'test/wire/carddav/handover.test.ts',
  'test/wire/carddav/put.test.ts',
  'test/wire/carddav/shared.test.ts',
  'test/wire/carddav/sync.test.ts',
];

const isOf = (file: string, paths: readonly string[]) => paths.some((path) => file.startsWith(path));

/** Whether a test file is run on SQLite. */
export function runsOnSqlite(file: string): boolean {
  return !isOf(file, postgresAlone);
}

/** Whether a test file is run on PostgreSQL when that is asked for. */
export function runsOnPostgres(file: string): boolean {
  return !isOf(file, sqliteAlone);
}

/** Whether it is always run there, too. */
export function alwaysOnPostgres(file: string): boolean {
  return isOf(file, [...postgresAlone, ...onBoth]);
}
