import type { PoolClient, QueryResult } from 'pg';
import { TransactionUndone } from '../../lib/database/transactionUndone.ts';
import { isInTheWay } from './failures.ts';
import { spellQuery } from './spelling.ts';
import { valuesFor } from './values.ts';

/** The texts that were spelled last: as many as there are queries. */
const mostTexts = 2_000;
const spelled = new Map<string, string>();

function spelledText(sql: string): string {
  let text = spelled.get(sql);
  if (text === undefined) {
    text = spellQuery(sql);
    if (spelled.size >= mostTexts) spelled.clear();
    spelled.set(sql, text);
  }
  return text;
}

/**
 * Runs one statement. It has no name: what is prepared under one belongs to a connection, and behind PgBouncer the next
 * transaction has another.
 */
export function runOn(
  client: Pick<PoolClient, 'query'>,
  sql: string,
  parameters: readonly unknown[],
): Promise<QueryResult> {
  return client.query({ text: spelledText(sql), values: valuesFor(parameters) });
}

/** A transaction on a connection. */
export type Session = {
  run(sql: string, parameters: readonly unknown[]): Promise<QueryResult>;
  /** Runs a part; when it throws, only what it did is undone. */
  part<T>(task: () => Promise<T>): Promise<T>;
  /** Waits until nobody else changes the account, and keeps them waiting. */
  turn(accountId: string): Promise<void>;
  /** Throws when the transaction cannot be committed, whatever its task made of that. */
  requireSound(): void;
  commit(): Promise<QueryResult>;
};

/** What is done between BEGIN and COMMIT. Whoever was in another's way stays so: nothing that follows is worth doing. */
export function openSession(client: PoolClient): Session {
  let doomed: TransactionUndone | null = null;
  let depth = 0;
  const turns = new Set<string>();

  async function guarded<T>(step: () => Promise<T>): Promise<T> {
    requireSound();
    try {
      return await step();
    } catch (error) {
      if (!isInTheWay(error)) throw error;
      doomed = new TransactionUndone(error);
      throw doomed;
    }
  }
  function requireSound(): void {
    if (doomed !== null) throw doomed;
  }

  return {
    run: (sql, parameters) => guarded(() => runOn(client, sql, parameters)),
    async part(task) {
      const name = `part${++depth}`;
      try {
        await guarded(() => client.query(`SAVEPOINT ${name}`));
        const value = await task();
        requireSound();
        await guarded(() => client.query(`RELEASE ${name}`));
        return value;
      } catch (error) {
        if (doomed === null) await client.query(`ROLLBACK TO ${name}; RELEASE ${name}`);
        throw error;
      } finally {
        depth -= 1;
      }
    },
    async turn(accountId) {
      if (turns.has(accountId)) return;
      turns.add(accountId);
      await guarded(() => client.query('SELECT FROM account WHERE id = $1 FOR UPDATE', [accountId]));
    },
    requireSound,
    commit: () => guarded(() => client.query('COMMIT')),
  };
}
