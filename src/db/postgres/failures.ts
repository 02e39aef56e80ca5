/** What PostgreSQL says when transactions were in each other's way: done anew, they succeed. */
const inTheWay: ReadonlySet<string> = new Set([
  // serialization_failure
  '40001',
  // deadlock_detected
  '40P01',
  // foreign_key_violation, unique_violation: what a task has looked for may come or go while it goes on.
  '23503',
  '23505',
]);

/** Whether a transaction that failed like this is worth doing anew. */
export function isInTheWay(error: unknown): boolean {
  return error instanceof Error && 'code' in error && inTheWay.has(String(error.code));
}
