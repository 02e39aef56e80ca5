import type { ClientBase, PoolClient } from 'pg';
import { ask, beginMilliseconds } from './beginOn.ts';

/** So many statements have names at most: each connection keeps the plan of each that it was asked. */
const mostNames = 300;
/** A text that has been run so often is worth a name. */
const worthAName = 3;
/** What may want another plan for other values: what begins with a text, how many, a list of any length. */
const wantsPlans = /\b(?:LIKE|ILIKE|LIMIT|json_array_elements_text)\b|>=/iu;

/**
 * What asks for all columns, whichever they are: a newer version may add one while this one runs, and PostgreSQL refuses a plan
 * whose answer has another form. Others it just plans anew.
 */
const wantsAll = /\b(?:SELECT|RETURNING)\s+(?:DISTINCT\s+)?(?:"?\w+"?\.)?\*|,\s*"?\w+"?\.\*/iu;

/** Connections on which the server itself answers, and knows tomorrow what it was told today. */
const keeping = new WeakSet<object>();
let names = new Map<string, string>();
let uses = new Map<string, number>();
let given = 0;

/**
 * Finds out whether statements may be kept on a new connection. Behind PgBouncer each transaction may have another one; then the id of the process
 * that was told at the beginning is not that of the process that answers.
 */
export async function noteKeeping(client: ClientBase): Promise<void> {
  const { rows } = await ask(client, 'SELECT pg_backend_pid() AS pid', beginMilliseconds);
  if ('processID' in client && client.processID === (rows[0] as { pid: number }).pid) keeping.add(client);
}

/** The name of a statement on a connection, under which it is understood and planned once; undefined: it has none. */
export function nameFor(client: Pick<PoolClient, 'query'>, text: string): string | undefined {
  if (!keeping.has(client)) return undefined;
  const name = names.get(text);
  if (name !== undefined || names.size >= mostNames) return name;
  const count = (uses.get(text) ?? 0) + 1;
  if (uses.size >= 10 * mostNames) uses.clear();
  uses.set(text, count);
  if (count < worthAName || wantsPlans.test(text) || wantsAll.test(text)) return undefined;
  names.set(text, `kept${++given}`);
  return names.get(text);
}

/** The tables are other ones, since another program has brought them up to date: what was planned is planned anew. */
export function forgetNames(): void {
  names = new Map();
  uses = new Map();
}
