import { type JsonObject, textOf } from '../../src/lib/json.ts';
import { capabilities } from '../../client/src/transport.ts';
import { erasureCount, fact } from './database.ts';

/** What is used of the session (RFC 8620 §2). */
export type KeptSession = {
  readonly apiUrl: string;
  readonly accounts: Readonly<Record<string, { readonly accountCapabilities: Readonly<Record<string, JsonObject>> }>>;
  readonly capabilities: Readonly<Record<string, JsonObject>>;
};

/** A call and its response: name, arguments, call id (RFC 8620 §3.2). */
export type Invocation = readonly [name: string, args: JsonObject, callId: string];

/** Asks the server itself; the worker's own requests do not come by its `fetch` event. Errors: the network's, and « refused ». */
export async function askServer(calls: readonly Invocation[]): Promise<readonly Invocation[]> {
  const session = await fact<KeptSession>('session');
  if (!session) throw new Error('Nobody is signed in');
  const using = Object.values(capabilities).filter((uri) => uri in session.capabilities);
  const before = erasureCount();
  const reply = await fetch(session.apiUrl, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ using, methodCalls: calls }),
  });
  if (!reply.ok) throw new Error(`The server answered ${reply.status}`);
  const { methodResponses } = (await reply.json()) as { readonly methodResponses: readonly Invocation[] };
  if (erasureCount() !== before) throw new Error('Signed out meanwhile');
  return methodResponses;
}

/** One call; an error of the method is thrown by its type. */
export async function askOne(name: string, args: JsonObject): Promise<JsonObject> {
  const [response] = await askServer([[name, args, '0']]);
  if (!response || response[0] === 'error') throw new Error(textOf(response?.[1]['type']) || 'serverFail');
  return response[1];
}
