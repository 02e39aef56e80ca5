import assert from 'node:assert/strict';
import { session, update } from '../../../kit/calls.ts';
import type { Person } from '../../../kit/person.ts';

/** By « account type »: the state that somebody knows, or was told. */
type States = Map<string, string>;

const ownTypes = [
  'AddressBook',
  'ContactCard',
  'Share',
  'ShareInvitation',
  'ShareNotification',
  'TrashItem',
  'Preferences',
  'ContactImport',
  'FolderHandover',
  'AccessRequest',
  'PrivateNote',
  'CardLink',
];
const foreignTypes = ['AddressBook', 'ContactCard', 'Share'];
const patience = 60_000;

/** An open window of a person, which may lose its connection, and what it is told. */
export type Window = {
  /** Closes the connection; what happens now is told when it is open again. */
  lose(): void;
  /** Asserts that exactly what moved since the last time was told, and of nothing that the person may not read. */
  check(): Promise<void>;
  /** Everything that came over the wire since the last time. */
  payloads(): string;
  close(): void;
};

/** Opens it; what is told counts from now on. */
export async function openWindow(person: Person): Promise<Window> {
  let known = await statesOf(person);
  let told: States = new Map();
  let wire = '';
  let lastId = '';
  let round = 0;
  let isLost = false;
  const noise: string[] = [];
  let stop = await connect();
  let wake = () => {};

  async function connect(): Promise<() => void> {
    const controller = new AbortController();
    const reply = await person.fetch('/jmap/eventsource?types=*&closeafter=no&ping=0', {
      signal: controller.signal,
      headers: lastId === '' ? {} : { 'Last-Event-ID': lastId },
    });
    assert.equal(reply.status, 200);
    void read(reply).catch(() => {});
    return () => controller.abort();
  }

  async function read(reply: Response): Promise<void> {
    let rest = '';
    for await (const chunk of reply.body!.pipeThrough(new TextDecoderStream())) {
      wire += chunk;
      const events = (rest + chunk).split('\n\n');
      rest = events.pop()!;
      for (const event of events) take(event);
      wake();
    }
  }

  function take(event: string): void {
    const [, id] = /^id: (.*)$/mu.exec(event) ?? [];
    const [, data] = /^data: (.*)$/mu.exec(event) ?? [];
    if (!/^event: state$/mu.test(event) || data === undefined) return;
    lastId = id ?? lastId;
    const { changed } = JSON.parse(data) as { changed: Record<string, Record<string, string>> };
    for (const [accountId, types] of Object.entries(changed))
      for (const [type, state] of Object.entries(types)) {
        const key = `${accountId} ${type}`;
        // Who comes back may be told how everything stands; else each word is news. The state of invitations is a sum,
        // which comes back to what it was when a share is made and ended.
        const before = told.get(key) ?? (type === 'ShareInvitation' ? undefined : known.get(key));
        if (before === state && !isLost) noise.push(key);
        told.set(key, state);
      }
  }

  /** A change of one's own: once it is told, everything before it has been. */
  async function ring(): Promise<void> {
    const { list } = (await person.call('AddressBook/get')) as unknown as { list: { id: string; role: string }[] };
    const collected = list.find(({ role }) => role === 'collected')!;
    await update(person, 'AddressBook', collected.id, { sortOrder: ++round });
  }

  async function until(isDone: () => boolean, say: () => string): Promise<void> {
    const deadline = performance.now() + patience;
    while (!isDone()) {
      assert.ok(performance.now() < deadline, say());
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1000);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  return {
    lose: () => {
      stop();
      isLost = true;
    },
    async check() {
      if (isLost) {
        stop = await connect();
        // Who was never told anything has nothing to come back with: they read how everything stands.
        if (lastId === '') known = await statesOf(person);
      }
      await ring();
      const now = await statesOf(person);
      const moved = [...now].filter(([key, state]) => known.get(key) !== state);
      const missing = () => moved.filter(([key, state]) => told.get(key) !== state).map(([key]) => key);
      await until(
        () => missing().length === 0,
        () => `${person.name} was not told of ${missing().join(', ')}`,
      );
      const strange = [...told.keys()].filter((key) => !known.has(key) && !now.has(key));
      assert.deepEqual([...noise, ...strange], [], `${person.name} was told too much`);
      isLost = false;
      known = now;
      told = new Map();
    },
    payloads() {
      const text = wire;
      wire = '';
      return text;
    },
    close: () => stop(),
  };
}

/** Every state that the person can ask for. */
async function statesOf(person: Person): Promise<States> {
  const { accounts } = await session(person);
  const wanted = Object.keys(accounts).flatMap((accountId) =>
    (accountId === person.id ? ownTypes : foreignTypes).map((type) => ({ accountId, type })),
  );
  const calls = wanted.map(({ accountId, type }) => [`${type}/get`, { accountId, ids: [] }] as const);
  const states: States = new Map();
  for (let start = 0; start < calls.length; start += 10) {
    const replies = await person.jmap(calls.slice(start, start + 10));
    for (const [index, [name, result]] of replies.entries()) {
      const { accountId, type } = wanted[start + index]!;
      if (name !== 'error') states.set(`${accountId} ${type}`, result['state']!);
    }
  }
  return states;
}
