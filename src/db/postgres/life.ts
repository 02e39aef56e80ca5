import { sql } from 'kysely';
import { TransactionUndone } from '../../lib/database/transactionUndone.ts';
import { newSecret } from '../../lib/ids.ts';
import type { Log } from '../../lib/log.ts';
import type { Reader, Writer } from '../database.ts';
import { leaveLostNumbers } from '../copy/leaveLostNumbers.ts';
import { readOnly, unavailable } from './failures.ts';

/** With the beginning of a transaction: in which life of the server it is. Nothing is there when that is a new one. */
export const askLife = 'SELECT name FROM server_here';

/** What that was answered. */
export function lifeIn(rows: readonly unknown[]): string | undefined {
  return (rows[0] as { name: string } | undefined)?.name;
}

/**
 * Asked with the name that a transaction was told as it began: undoes it when that is another one than was known. The server has crashed,
 * another one has taken over, or an earlier state was put back: nobody changes anything before the numbers go on behind all that may
 * have been lost. Errors: as `refuse`.
 */
export type Expectation = (name: string | undefined) => void;

/** What is known of the server's life. */
export type Life = {
  /** Finds out in which life the server is, and begins a new one where that is to be done; at once when it is known. */
  enter(): Promise<Expectation>;
  /** Throws, as if it were a standby, when a server is in a life that is over: to one that was the primary before somebody may still be led. */
  refuse(name: string | undefined): void;
};

/** How a transaction is run of which nobody asks in which life it is. */
type Run = (isAlone: boolean, task: (writer: Writer) => Promise<string | null>) => Promise<string | null>;

/** Knows nothing yet. */
export function watchLife(run: Run, log: Log): Life {
  let known: string | null = null;
  let last: string | null = null;
  const over = new Set<string>();
  let entering: Promise<string> | null = null;
  async function enter(): Promise<string> {
    const name =
      (await run(false, look)) ?? (await run(true, async (writer) => (await look(writer)) ?? begin(writer, log)))!;
    if (last !== null && last !== name) over.add(last);
    return (known = last = name);
  }
  async function look(reader: Reader): Promise<string | null> {
    const name = await recognize(reader);
    if (name !== null && over.has(name)) throw new TransactionUndone(ofBefore());
    return name;
  }
  function refuse(name: string | undefined): void {
    if (name !== undefined && over.has(name)) throw ofBefore();
  }
  function expecting(expected: string): Expectation {
    return (name) => {
      refuse(name);
      if (name === expected) return;
      // Whoever has looked meanwhile knows better.
      if (known === expected) known = null;
      throw new TransactionUndone(unavailable());
    };
  }
  return {
    async enter() {
      if (known !== null) return expecting(known);
      entering ??= enter().finally(() => (entering = null));
      return expecting(await entering);
    },
    refuse,
  };
}

function ofBefore(): Error {
  const words =
    'This server of PostgreSQL is as it was before; when an earlier state was put back on purpose, say so: db restored';
  return Object.assign(new Error(words), { code: readOnly });
}

/** The life that the server says it is in, and of which it knows; null: it is in none, or in that of another place. */
async function recognize(reader: Reader): Promise<string | null> {
  const { build } = reader;
  const here = build.selectFrom('server_here').innerJoin('server_life', 'server_life.name', 'server_here.name');
  const life = await reader.first(here.select(['server_life.name', 'server_life.place']));
  return life && life.place === (await placeOf(reader)) ? life.name : null;
}

/** Begins a new life, while nobody else writes; the first one of a database has nothing behind it. */
async function begin(writer: Writer, log: Log): Promise<string> {
  const { build } = writer;
  if (await writer.first(build.selectFrom('server_life').select('name'))) {
    await leaveLostNumbers(writer, new Date());
    log.warn(
      'The database has crashed, was restored, or another server has taken over: numbers leap, as changes may be lost',
    );
  }
  const life = { name: newSecret(), place: await placeOf(writer) };
  await writer.run(build.deleteFrom('server_life'));
  await writer.run(build.deleteFrom('server_here'));
  await writer.run(build.insertInto('server_life').values(life));
  await writer.run(build.insertInto('server_here').values({ name: life.name }));
  return life.name;
}

/** Where the database is: a dump that is put back is in other tables, or on another server. */
async function placeOf(reader: Reader): Promise<string> {
  const mayAsk = await reader.first(
    sql<{ may: number }>`SELECT has_function_privilege('pg_control_system()', 'EXECUTE')::int AS may`.compile(
      reader.build,
    ),
  );
  const system = sql`${sql.raw(mayAsk?.may === 1 ? '(SELECT system_identifier FROM pg_control_system())' : "''")}`;
  const found = await reader.first(
    sql<{ place: string }>`SELECT concat_ws(' ', ${system},
      (SELECT oid FROM pg_database WHERE datname = current_database()), 'server_here'::regclass::oid) AS place`.compile(
      reader.build,
    ),
  );
  return found!.place;
}
