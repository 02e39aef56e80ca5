import { type Json, type JsonObject, textOf } from '../../src/lib/json.ts';
import { parsePointer } from '../../src/lib/jsonPointer.ts';
import type { Invocation } from './ask.ts';
import { fact, objectOf, objectsOf } from './database.ts';
import { sorted, testOf } from './matches.ts';
import { stateKey } from './mirror.ts';
import { setCards } from './setCards.ts';
import { setNotes } from './setNotes.ts';

/** What cannot be answered without the server. */
class Unanswerable extends Error {
  readonly type: string;

  constructor(type: string) {
    super(type);
    this.type = type;
  }
}

type Method = (args: JsonObject) => Promise<JsonObject>;

/** These are answered from what is kept; everything else needs the server. */
const methods: Readonly<Record<string, Method>> = {
  'AddressBook/get': get('AddressBook'),
  'ContactCard/get': get('ContactCard'),
  'Share/get': get('Share'),
  'ShareInvitation/get': get('ShareInvitation'),
  'ShareNotification/get': get('ShareNotification'),
  'Preferences/get': get('Preferences'),
  'ContactCard/query': queryCards,
  'ContactCard/set': setCards,
  'PrivateNote/get': get('PrivateNote'),
  'PrivateNote/set': setNotes,
};

/** Answers a request (RFC 8620 §3.4) without the server; what it cannot know is refused as `serverUnavailable`. */
export async function answer(calls: readonly Invocation[]): Promise<readonly Invocation[]> {
  const responses: Invocation[] = [];
  for (const [name, args, callId] of calls) {
    try {
      const method = methods[name];
      if (!method) throw new Unanswerable('serverUnavailable');
      responses.push([name, await method(resolved(args, responses)), callId]);
    } catch (error) {
      const type = error instanceof Unanswerable ? error.type : 'serverUnavailable';
      responses.push(['error', { type, description: 'There is no connection to the server' }, callId]);
    }
  }
  return responses;
}

/** RFC 8620 §3.7, of which `*` at the end of a list is all that the app uses. */
function resolved(args: JsonObject, responses: readonly Invocation[]): JsonObject {
  return Object.fromEntries(
    Object.entries(args).map(([key, value]) => {
      if (!key.startsWith('#')) return [key, value];
      const { resultOf, path } = value as { readonly resultOf: string; readonly path: string };
      const response = responses.find(([name, , callId]) => callId === resultOf && name !== 'error');
      if (!response) throw new Unanswerable('invalidResultReference');
      return [key.slice(1), at(response[1], parsePointer(path) ?? [])];
    }),
  );
}

function at(value: Json, tokens: readonly string[]): Json {
  const [token, ...rest] = tokens;
  if (token === undefined) return value;
  if (token === '*') return (value as readonly Json[]).flatMap((item) => at(item, rest));
  return at((value as JsonObject)[token] ?? null, rest);
}

function get(type: string): Method {
  return async ({ accountId, ids, properties }) => {
    const account = textOf(accountId);
    const state = await stateOf(account, type);
    const wanted = Array.isArray(ids) ? [...new Set(ids.map(String))] : null;
    const found = wanted
      ? await Promise.all(wanted.map((id) => objectOf(account, type, id)))
      : await objectsOf(account, type);
    const list = found.filter((object) => object !== undefined);
    const here = new Set(list.map((object) => textOf(object['id'])));
    return {
      accountId: account,
      state,
      list: Array.isArray(properties) ? list.map((object) => only(object, properties.map(String))) : list,
      notFound: wanted?.filter((id) => !here.has(id)) ?? [],
    };
  };
}

function only(object: JsonObject, properties: readonly string[]): JsonObject {
  const names = ['id', ...properties].filter((name) => Object.hasOwn(object, name));
  return Object.fromEntries(names.map((name) => [name, object[name]!]));
}

async function queryCards({
  accountId,
  filter,
  sort,
  position,
  limit,
  calculateTotal,
}: JsonObject): Promise<JsonObject> {
  const account = textOf(accountId);
  const state = await stateOf(account, 'ContactCard');
  const own = (await fact<string>('own')) ?? '';
  const notes = (await objectsOf(own, 'PrivateNote')).map(
    (note) => [textOf(note['id']), textOf(note['text'])] as const,
  );
  const test = testOf(filter, new Map(notes));
  const found = sorted((await objectsOf(account, 'ContactCard')).filter(test), sort);
  const asked = Number(position ?? 0);
  const start = asked < 0 ? Math.max(0, found.length + asked) : asked;
  const ids = found.slice(start, limit === undefined || limit === null ? undefined : start + Number(limit));
  return {
    accountId: account,
    queryState: state,
    canCalculateChanges: false,
    position: start,
    ids: ids.map((card) => card['id']!),
    ...(calculateTotal === true ? { total: found.length } : {}),
  };
}

/** The directory's folder is kept without its people: whoever searches everywhere finds the others. */
async function stateOf(account: string, type: string): Promise<string> {
  const state = await fact<string>(stateKey(account, type));
  if (state !== undefined) return state;
  const books = await fact<string>(stateKey(account, 'AddressBook'));
  if (type !== 'ContactCard' || books === undefined) throw new Unanswerable('serverUnavailable');
  return 'none';
}
