import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import { codeOf, readOnly } from './failures.ts';

/** How long beginning a transaction may take. */
export const beginMilliseconds = 10_000;
/** How long a statement may take: after that, whoever asked for it has gone, or the server no longer answers. */
export const statementMilliseconds = 60_000;
/** How long a commit may take: a standby that has just gone away is not waited for any longer. */
export const commitMilliseconds = 30_000;

const readWrite = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE';
const featureNotSupported = '0A000';

/**
 * Begins a transaction, and what else is said with it, on a server that takes changes. Who only reads needs that, too: a standby,
 * and one that was the primary before, would tell what is over. A standby refuses READ WRITE, which costs nothing to ask. What the
 * last of it answers is returned.
 */
export async function beginOn(
  client: Pick<PoolClient, 'query'>,
  more: string,
  milliseconds: number = beginMilliseconds,
): Promise<unknown[]> {
  try {
    const answers: QueryResult | QueryResult[] = await ask(client, `${readWrite}; ${more}`, milliseconds);
    return [answers].flat().at(-1)!.rows;
  } catch (error) {
    if (codeOf(error) !== featureNotSupported) throw error;
    throw Object.assign(new Error('This server of PostgreSQL takes no changes', { cause: error }), { code: readOnly });
  }
}

/** Asks without parameters; when no answer comes in time, the connection is good for nothing any more. */
export function ask(client: Pick<PoolClient, 'query'>, text: string, milliseconds: number): Promise<QueryResult> {
  return client.query(within({ text }, milliseconds));
}

/** The query, bounded in time: the driver's types do not know that it can be for each. */
export function within(query: QueryConfig, milliseconds: number): QueryConfig {
  return Object.assign(query, { query_timeout: milliseconds });
}
