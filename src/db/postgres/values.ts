import { types } from 'pg';

/** PostgreSQL's numbers of types: what of them comes in another form than SQLite has it. */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  // boolean
  16: (text) => (text === 't' ? 1 : 0),
  // bigint, and numeric, in which it adds up bigint
  20: Number,
  1700: Number,
};

/** How values come out: the same as from SQLite. */
export const valueTypes = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    format === 'binary' ? types.getTypeParser(oid, format) : (parsers[oid] ?? types.getTypeParser(oid))) as never,
};

/** How they go in. A text of PostgreSQL holds everything but U+0000, which becomes what stands for the unreadable. */
export function valuesFor(parameters: readonly unknown[]): unknown[] {
  return parameters.map((value) =>
    typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\u{fffd}') : value,
  );
}
