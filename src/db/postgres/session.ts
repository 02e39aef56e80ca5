import type { PoolClient, QueryResult } from 'pg';
import { TransactionUndone } from '../../lib/database/transactionUndone.ts';
import { ask, beginMilliseconds, beginOn, commitMilliseconds, statementMilliseconds, within } from './beginOn.ts';
import { isAway, isInTheWay, isOfOtherTables, unclear } from './failures.ts';
import { askLife, lifeIn } from './life.ts';
import type { Expectation } from './life.ts';
import { forgetNames, nameFor } from './named.ts';
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

/** Runs one statement: those that come again and again under a name, where the connection keeps them. */
export async function runOn(
  client: Pick<PoolClient, 'query'>,
  sql: string,
  parameters: readonly unknown[],
): Promise<QueryResult> {
  const text = spelledText(sql);
  const name = nameFor(client, text);
  try {
    const query = { text, values: valuesFor(parameters), ...(name !== undefined && { name }) };
    return await client.query(within(query, statementMilliseconds));
  } catch (error) {
    if (isOfOtherTables(error)) forgetNames();
    throw error;
  }
}

/** A transaction on a connection. */
export type Session = {
  /** The lock is taken before the first look at the data: whoever is alone sees what all the others have left. */
  begin(isAlone: boolean, expectLife?: Expectation): Promise<void>;
  run(sql: string, parameters: readonly unknown[]): Promise<QueryResult>;
  /** Runs a part; when it throws, only what it did is undone. */
  part<T>(task: () => Promise<T>): Promise<T>;
  /** Waits until nobody else changes the account, and keeps them waiting. */
  turn(accountId: string): Promise<void>;
  /** Throws when the transaction cannot be committed, whatever its task made of that. */
  requireSound(): void;
  /** Errors beyond those of every step: `unavailable`, when nobody knows whether it was done. */
  commit(): Promise<void>;
  /** As `run`, when nothing depends on what it answers: if it fails, so does the commit. */
  note(sql: string): void;
  /** Undoes it, and gives the connection back; one that is broken ends. */
  end(): Promise<void>;
};

/**
 * What is done between BEGIN and COMMIT. Whoever was in another's way, or has lost the server, stays so: nothing that follows
 * is worth doing, and nothing of what came before has been done.
 */
export function openSession(client: PoolClient): Session {
  let doomed: TransactionUndone | null = null;
  let broken: Error | undefined;
  let isOpen = true;
  let depth = 0;
  const turns = new Set<string>();

  async function guarded<T>(step: () => Promise<T>): Promise<T> {
    requireSound();
    try {
      return await step();
    } catch (error) {
      if (isAway(error)) broken = error as Error;
      else if (!isInTheWay(error)) throw error;
      doomed = new TransactionUndone(error);
      throw doomed;
    }
  }
  function requireSound(): void {
    if (doomed !== null) throw doomed;
  }

  return {
    async begin(isAlone, expectLife) {
      const lock = `LOCK TABLE migration IN ${isAlone ? 'EXCLUSIVE' : 'ROW SHARE'} MODE`;
      const more = expectLife ? `${lock}; ${askLife}` : lock;
      await guarded(async () => {
        const told = await beginOn(client, more, isAlone ? statementMilliseconds : beginMilliseconds);
        expectLife?.(lifeIn(told));
      });
    },
    run: (sql, parameters) => guarded(() => runOn(client, sql, parameters)),
    async part(task) {
      const name = `part${++depth}`;
      try {
        // Not waited for: what follows goes out behind it, and fails when it does.
        unheard(client.query(`SAVEPOINT ${name}`));
        const value = await task();
        requireSound();
        unheard(client.query(`RELEASE ${name}`));
        return value;
      } catch (error) {
        if (doomed === null) unheard(client.query(`ROLLBACK TO ${name}; RELEASE ${name}`));
        throw error;
      } finally {
        depth -= 1;
      }
    },
    async turn(accountId) {
      if (turns.has(accountId)) return;
      turns.add(accountId);
      await guarded(() => runOn(client, 'SELECT FROM account WHERE id = $1 FOR UPDATE', [accountId]));
    },
    requireSound,
    note: (sql) => unheard(client.query(sql)),
    async commit() {
      requireSound();
      isOpen = false;
      try {
        await commitOn(client);
      } catch (error) {
        if (isInTheWay(error)) throw new TransactionUndone(error);
        broken = error as Error;
        throw isAway(error) ? unclear() : error;
      }
    },
    async end() {
      if (isOpen && !broken)
        await ask(client, 'ROLLBACK', beginMilliseconds).catch((error: Error) => {
          broken = error;
        });
      client.release(broken);
    },
  };
}

/** What the server says with a commit that is done here, and of which no standby has said that it has it. */
const warning = '01000';

/**
 * A commit waits for a standby, where there is one to wait for. Whoever ends the wait (an administrator, a statement_timeout) gets
 * « COMMIT » all the same, with a warning: if this server is lost now, so is what was to be kept. It counts as unclear.
 */
async function commitOn(client: PoolClient): Promise<void> {
  let isWarned = false;
  const hear = ({ code }: { code?: string | undefined }) => {
    isWarned ||= code === warning;
  };
  client.on('notice', hear);
  try {
    const { command } = await ask(client, 'COMMIT', commitMilliseconds);
    if (command !== 'COMMIT') throw new Error('The transaction has been undone by the database');
  } finally {
    client.off('notice', hear);
  }
  if (isWarned) throw unclear();
}

/** What fails of this fails with the next statement, too. */
function unheard(answer: Promise<QueryResult>): void {
  answer.catch(() => undefined);
}
