import { BackupError } from './backupError.ts';

/** A table as a backup has it: rows are lists of values, in the order of the columns. */
export type TableHeader = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** The last number that was given, where the table numbers its rows. */
  readonly counter: number;
};

/** The first line of a backup. */
export type Header = {
  readonly format: typeof format;
  readonly version: number;
  readonly made: string;
  readonly database: 'sqlite' | 'postgres';
  /** What had been applied to the schema: by this it is made again, however old. */
  readonly migrations: readonly string[];
  readonly tables: readonly TableHeader[];
  /** secret.key, in encrypted backups. */
  readonly key: string | null;
};

/** Its last line. */
export type Trailer = { readonly end: true; readonly rows: number; readonly sha256: string };

/** What the first line calls itself. */
export const format = 'coterie backup';
/** The newest form of backups, and of those that are read. */
export const formatVersion = 1;

const damaged = 'This is no backup of Coterie, or it is damaged.';

/** The header that the first line says. */
export function readHeader(line: string): Header {
  const header = parse(line) as Partial<Header> | null;
  if (header?.format !== format || typeof header.version !== 'number') throw new BackupError(damaged);
  if (header.version > formatVersion)
    throw new BackupError('The backup was made by a newer version of Coterie: restore it with that version.');
  const isWhole =
    typeof header.made === 'string' &&
    (header.database === 'sqlite' || header.database === 'postgres') &&
    isTexts(header.migrations) &&
    (header.key === null || typeof header.key === 'string') &&
    Array.isArray(header.tables) &&
    header.tables.every(isTable);
  if (!isWhole) throw new BackupError(damaged);
  return header as Header;
}

/** What a line says in JSON; null: nothing. */
export function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}

function isTable(value: unknown): value is TableHeader {
  const { name, columns, rows, counter } = (value ?? {}) as Partial<TableHeader>;
  return typeof name === 'string' && isTexts(columns) && Number.isSafeInteger(rows) && Number.isSafeInteger(counter);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
