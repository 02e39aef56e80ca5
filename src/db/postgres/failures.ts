import { AppError } from '../../errors.ts';

/** What says, with the code of much else, that a statement that was kept is of tables that have changed since; its words are in any language. */
const otherTables = 'RevalidateCachedQuery';

/** What PostgreSQL says when transactions were in each other's way: done anew, they succeed. */
const inTheWay: ReadonlySet<string> = new Set([
  // serialization_failure
  '40001',
  // deadlock_detected
  '40P01',
  // lock_not_available: the table is being changed by a newer version.
  '55P03',
  // foreign_key_violation, unique_violation: what a task has looked for may come or go while it goes on.
  '23503',
  '23505',
]);

/** read_only_sql_transaction: a standby, or a primary of before. */
export const readOnly = '25006';

/** What is said when the server goes away, has gone, is not yet there, or is not (any more) the one that takes changes. */
const away: ReadonlySet<string> = new Set([
  // admin_shutdown, crash_shutdown, cannot_connect_now
  '57P01',
  '57P02',
  '57P03',
  // query_canceled: somebody, or a bound that an administrator has set.
  '57014',
  // idle_in_transaction_session_timeout
  '25P03',
  readOnly,
  // Of the operating system, and of looking up names.
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
  'ENOENT',
]);

/** Connection exceptions (PgBouncer's, too), and what there is too little of: connections, memory, room on the disk. */
const awayClasses = /^(?:08|53)...$/u;

/** What the driver says without a code. */
const awayWords =
  /^(?:Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|timeout exceeded when trying to connect)/u;

/** Whether transactions conflicted: it is worth running this one again at once. */
export function isInTheWay(error: unknown): boolean {
  return inTheWay.has(codeOf(error)) || isOfOtherTables(error);
}

/**
 * Whether the database is away, at least for this connection: the same may be asked over another connection, or later.
 */
export function isAway(error: unknown): boolean {
  const code = codeOf(error);
  return away.has(code) || awayClasses.test(code) || (error instanceof Error && awayWords.test(error.message));
}

/** Seconds after which it is worth asking again. */
const retryAfter = 3;

/** The error for whoever asks while the database is away: nothing of the operation has been done. */
export function unavailable(): AppError {
  return new AppError('unavailable', 'The database cannot be reached, try again in a moment', { retryAfter });
}

/**
 * The error when the connection was lost during the commit: the operation may or may not have been done, and nobody can
 * say at the moment.
 */
export function unclear(): AppError {
  const words = 'The database went away while it saved: look whether it has, and try again in a moment';
  return new AppError('unavailable', words, { retryAfter, reason: 'outcomeUnknown' });
}

/** The error code of the server or of the system; empty: none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether a statement was planned before another node changed the tables. */
export function isOfOtherTables(error: unknown): boolean {
  return error instanceof Error && 'routine' in error && error.routine === otherTables;
}
