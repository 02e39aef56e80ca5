import type { DavReply } from '../kit/dav.ts';
import { dav, plainCard } from '../kit/dav.ts';
import type { Person, Result } from '../kit/person.ts';
import { everything, postJson } from '../kit/person.ts';
import type { Outcome, Value } from './ledger.ts';

/** An answer that cannot be: no fault of a machine explains it. */
export class WrongAnswer extends Error {}

/** Something is not to be had at the moment, and the answer says so as it must. */
export class Unavailable extends Error {
  /** null: the connection was lost. */
  readonly status: number | null;

  constructor(status: number | null, message: string) {
    super(message);
    this.status = status;
  }
}

/** Something with one value, which one writer keeps. */
export type Place = {
  readonly name: string;
  /** Writes on the condition that what was last read or written is there still. */
  write(value: Value): Promise<Outcome>;
  read(): Promise<Value>;
};

/** The same request; what fails on the way, or says that it may be repeated, is `Unavailable`. */
export async function polite<T extends { readonly status: number; readonly headers: Headers }>(
  ask: () => Promise<T>,
): Promise<T> {
  const reply = await ask().catch((error: Error) => {
    // Of undici: the connection was refused, or lost.
    throw error instanceof TypeError
      ? new Unavailable(null, error.cause instanceof Error ? error.cause.message : error.message)
      : error;
  });
  const { status } = reply;
  if (status === 503 && !/^\d+$/u.test(reply.headers.get('Retry-After') ?? ''))
    throw new WrongAnswer('503 without Retry-After');
  // A load balancer that has lost the program in the middle of an answer, or waits no longer for it.
  if ([502, 503, 504].includes(status))
    throw new Unavailable(status, `${status} ${'text' in reply ? String(reply.text) : ''}`);
  return reply;
}

/** A contact as a device keeps it: by its address, with ETags. */
export function davPlace(person: Person, book: string, uid: string): Place {
  const path = `${book}${uid}.vcf`;
  let tag: string | null = null;
  return {
    name: uid,
    async write(value) {
      const headers: Record<string, string> = tag === null ? { 'If-None-Match': '*' } : { 'If-Match': tag };
      const body = value === null ? {} : { body: plainCard(uid, `NOTE:${value}`) };
      const { status, headers: told } = await polite(() =>
        dav(person, value === null ? 'DELETE' : 'PUT', path, { ...body, headers }),
      );
      if (status === 412 || status === 404) return 'refused';
      if (status !== 201 && status !== 204) throw new WrongAnswer(`${value === null ? 'DELETE' : 'PUT'}: ${status}`);
      tag = told.get('ETag');
      if (value !== null && tag === null) throw new WrongAnswer('PUT: no ETag');
      return 'acknowledged';
    },
    async read() {
      const reply: DavReply = await polite(() => dav(person, 'GET', path));
      tag = reply.status === 200 ? reply.headers.get('ETag') : null;
      if (reply.status === 404) return null;
      if (reply.status !== 200) throw new WrongAnswer(`GET: ${reply.status}`);
      return noteIn(reply.text);
    },
  };
}

/** What is written in a contact's note. */
export function noteIn(vcard: string): string {
  return /^NOTE:(.*?)\r?$/mu.exec(vcard)?.[1] ?? '';
}

/** One method, as the web app calls it, with the cookie of the session. */
export async function callPolitely(person: Person, name: string, args: object): Promise<Result> {
  const call = [name, { accountId: person.id, ...args }, 'c0'];
  const reply = await polite(() =>
    person.fetch('/jmap/api', postJson({ using: everything, methodCalls: [call] })).then(readWhole),
  );
  if (reply.status !== 200) throw new WrongAnswer(`${name}: ${reply.status} ${reply.text}`);
  const [said, result] = (JSON.parse(reply.text) as { methodResponses: [[string, Result]] }).methodResponses[0];
  if (said === 'error' && (result['type'] as string) === 'serverUnavailable')
    throw new Unavailable(503, `${name}: serverUnavailable`);
  if (said === 'error' && (result['type'] as string) !== 'stateMismatch')
    throw new WrongAnswer(`${name}: ${JSON.stringify(result)}`);
  return result;
}

/** The body belongs to the answer: a connection that breaks in the middle of it has answered nothing. */
async function readWhole(response: Response) {
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** A contact as the web app keeps it: by its id, in the state that is known. */
export function jmapPlace(person: Person, bookId: string, uid: string): Place {
  let [id, state]: [string | undefined, string | undefined] = [undefined, undefined];
  return {
    name: uid,
    async write(value) {
      state ??= (await callPolitely(person, 'ContactCard/get', { ids: [] }))['state'];
      const change =
        value === null
          ? { destroy: [id] }
          : id === undefined
            ? {
                create: {
                  new: { uid, addressBookIds: { [bookId]: true }, name: { full: uid }, notes: notesOf(value) },
                },
              }
            : { update: { [id]: { notes: notesOf(value) } } };
      const result = await callPolitely(person, 'ContactCard/set', { ifInState: state, ...change });
      if ((result['type'] as string | undefined) === 'stateMismatch') return 'refused';
      const done = result['created']?.['new'] ?? result['updated'] ?? result['destroyed'];
      if (!done) throw new WrongAnswer(`ContactCard/set: ${JSON.stringify(result)}`);
      id ??= result['created']?.['new']?.['id'];
      state = result['newState'];
      return 'acknowledged';
    },
    async read() {
      const ids =
        id === undefined ? [...(await callPolitely(person, 'ContactCard/query', { filter: { uid } }))['ids']!] : [id];
      const got = await callPolitely(person, 'ContactCard/get', { ids, properties: ['id', 'uid', 'notes'] });
      state = got['state'];
      id = got['list']?.[0]?.['id'];
      return got['list']?.[0] ? noteOf(got['list'][0]) : null;
    },
  };
}

const notesOf = (note: string) => ({ n1: { '@type': 'Note', note } });

/** What is written in a contact's note, as JMAP shows it. */
export function noteOf(card: Result): string {
  const [note] = Object.values(card['notes'] ?? {}) as Result[];
  return note?.['note'] ?? '';
}

/** What somebody may do in a folder that was given to them. */
export function sharePlace(person: Person, shareId: string): Place {
  let state: string | undefined;
  return {
    name: shareId,
    async write(role) {
      state ??= (await callPolitely(person, 'Share/get', { ids: [] }))['state'];
      const result = await callPolitely(person, 'Share/set', { ifInState: state, update: { [shareId]: { role } } });
      if ((result['type'] as string | undefined) === 'stateMismatch') return 'refused';
      if (!result['updated']) throw new WrongAnswer(`Share/set: ${JSON.stringify(result)}`);
      state = result['newState'];
      return 'acknowledged';
    },
    async read() {
      const got = await callPolitely(person, 'Share/get', { ids: [shareId] });
      state = got['state'];
      return got['list']?.[0]?.['role'] ?? null;
    },
  };
}
