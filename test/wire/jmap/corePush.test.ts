import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { transact } from '../../../src/core/change/transact.ts';
import { setPreferences } from '../../../src/core/preferences/preferences.ts';
import { createBroadcast } from '../../../src/core/sync/broadcast.ts';
import { createEventStreams } from '../../../src/protocol/jmap/push/eventSource.ts';
import { createSeats } from '../../../src/protocol/jmap/push/seats.ts';
import { createTestWorld, defaultBook, grant } from './coreWorld.ts';
import type { Person, TestWorld } from './coreWorld.ts';

let app: TestWorld;
before(async () => {
  app = await createTestWorld({ second: 20 });
});
after(() => app.close());

type Event = {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: Record<string, Record<string, Record<string, string>>>;
};

/** An open stream: its headers, its first words, the next event, its end. */
async function open(person: Person, query: string, headers: Record<string, string> = {}) {
  const response = await person.fetch(`/jmap/eventsource?${query}`, { headers });
  assert.equal(response.status, 200, await (response.ok ? '' : response.text()));
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = '';
  const block = async (): Promise<string | null> => {
    for (;;) {
      const end = waiting.indexOf('\n\n');
      if (end >= 0) {
        const found = waiting.slice(0, end);
        waiting = waiting.slice(end + 2);
        return found;
      }
      const { value, done } = await reader.read();
      if (done) return null;
      waiting += value;
    }
  };
  const hello = await block();
  const next = async (): Promise<Event | null> => {
    const text = await block();
    if (text === null) return null;
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'mu').exec(text)?.[1];
    return { event: field('event')!, id: field('id'), data: JSON.parse(field('data')!) as Event['data'] };
  };
  return { response, hello, next, leave: () => reader.cancel() };
}

const theme = (person: Person, value: 'light' | 'dark' | null) =>
  setPreferences(person.context, { language: null, theme: value, collects: true });

/** A change of the folder itself, as any operation would make it. */
async function touchBook(owner: Person, bookId: string): Promise<void> {
  await transact(owner.context, async (tx) =>
    tx.changed({ accountId: owner.id, type: 'AddressBook', id: bookId, kind: 'updated' }),
  );
}

test('the stream opens at once with a comment, and tells a change with the state that get gives', async () => {
  const ada = await app.person('Ada');
  const stream = await open(ada, 'types=*&closeafter=no&ping=0');
  assert.match(stream.response.headers.get('Content-Type')!, /^text\/event-stream/u);
  assert.match(stream.hello!, /^: /u);
  await theme(ada, 'dark');
  const event = await stream.next();
  const [[, preferences]] = (await ada.jmap(['Preferences/get', {}])) as [
    readonly [string, { readonly state: unknown }],
  ];
  assert.equal(event!.event, 'state');
  assert.ok(event!.id);
  assert.equal(event!.data['@type'], 'StateChange');
  assert.deepEqual(event!.data['changed']![ada.id], { Preferences: preferences.state });
  await stream.leave();
});

test('changes in a row are told together', async () => {
  const bea = await app.person('Bea');
  const book = await defaultBook(bea);
  const stream = await open(bea, 'types=*&closeafter=no&ping=0');
  const rounds = 20;
  for (let round = 0; round < rounds; round++) await theme(bea, round % 2 === 0 ? 'dark' : 'light');
  await touchBook(bea, book);
  const told: Readonly<Record<string, string>>[] = [];
  while (told.at(-1)?.['AddressBook'] === undefined) told.push((await stream.next())!.data['changed']![bea.id]!);
  // In one event, where the machine has nothing else to do.
  assert.ok(told.length < rounds, `${told.length} events`);
  await stream.leave();
});

test('only the wanted types are told', async () => {
  const cleo = await app.person('Cleo');
  const book = await defaultBook(cleo);
  const stream = await open(cleo, 'types=AddressBook,ContactCard&closeafter=no&ping=0');
  await theme(cleo, 'dark');
  await touchBook(cleo, book);
  assert.deepEqual(Object.keys((await stream.next())!.data['changed']![cleo.id]!), ['AddressBook']);
  await stream.leave();
});

test('closeafter=state ends the stream after the first event', async () => {
  const dan = await app.person('Dan');
  await defaultBook(dan);
  const stream = await open(dan, 'types=*&closeafter=state&ping=0');
  await theme(dan, 'dark');
  assert.equal((await stream.next())!.event, 'state');
  assert.equal(await stream.next(), null);
});

test('pings come when nothing else does, tell the interval in use, and set no id', async () => {
  const eve = await app.person('Eve');
  const stream = await open(eve, 'types=*&closeafter=no&ping=1');
  const event = await stream.next();
  assert.deepEqual([event!.event, event!.id, event!.data as unknown], ['ping', undefined, { interval: 5 }]);
  await stream.leave();
});

test('of somebody else one hears what happens in accepted folders, and nothing of waiting ones', async () => {
  const [owner, reader, invited] = [await app.person('Fred'), await app.person('Gina'), await app.person('Hugo')];
  const book = await defaultBook(owner);
  await defaultBook(reader);
  await defaultBook(invited);
  await grant(owner, book, reader, { mayWrite: false }, 'accepted');
  const [listening, waiting] = [
    await open(reader, 'types=*&closeafter=no&ping=0'),
    await open(invited, 'types=*&closeafter=no&ping=0'),
  ];
  await touchBook(owner, book);
  assert.deepEqual(Object.keys((await listening.next())!.data['changed']!), [owner.id]);
  await theme(invited, 'dark');
  assert.deepEqual(Object.keys((await waiting.next())!.data['changed']!), [invited.id]);
  await listening.leave();
  await waiting.leave();
});

test('a folder that is accepted while the stream is open is heard from then on', async () => {
  const [owner, reader] = [await app.person('Ines'), await app.person('Jean')];
  const book = await defaultBook(owner);
  await defaultBook(reader);
  const stream = await open(reader, 'types=*&closeafter=no&ping=0');
  await theme(reader, 'dark');
  await stream.next();
  await grant(owner, book, reader, { mayWrite: false }, 'accepted');
  await touchBook(owner, book);
  const accounts = new Set<string>();
  while (!accounts.has(owner.id))
    for (const id of Object.keys((await stream.next())!.data['changed']!)) accounts.add(id);
  await stream.leave();
});

test('a client that comes back is told at once how everything stands', async () => {
  const kim = await app.person('Kim');
  await defaultBook(kim);
  const stream = await open(kim, 'types=Preferences,AddressBook&closeafter=no&ping=0', { 'Last-Event-ID': 'abc' });
  assert.deepEqual(Object.keys((await stream.next())!.data['changed']![kim.id]!).sort(), [
    'AddressBook',
    'Preferences',
  ]);
  await stream.leave();
});

test('an open stream keeps nobody from writing', async () => {
  const lea = await app.person('Lea');
  const stream = await open(lea, 'types=*&closeafter=no&ping=0');
  const [[name]] = (await lea.jmap(['Preferences/set', { update: { singleton: { theme: 'dark' } } }])) as [
    readonly [string, object],
  ];
  assert.equal(name, 'Preferences/set');
  assert.equal((await stream.next())!.event, 'state');
  await stream.leave();
});

test('whoever does not read is cut off instead of waited for', async () => {
  const nora = await app.person('Nora');
  const report = (error: unknown) => assert.fail(String(error));
  const broadcast = createBroadcast(app.world, report);
  const push = createEventStreams({ broadcast, seats: createSeats(), report });
  let written = 0;
  const closed = new Promise<void>((resolve) => {
    const options = { types: null, closeAfterState: false, ping: 0, isReturning: true };
    push.open(nora.context, options, new AbortController().signal)!.stream(() => ++written < 2, resolve);
  });
  await closed;
  assert.equal(written, 2);
  push.close();
  broadcast.close();
});

test('variables that are missing or wrong are refused; so is the thirty-third stream of one person', async () => {
  const max = await app.person('Max');
  for (const query of [
    '',
    'types=&closeafter=no&ping=0',
    'types=*&closeafter=maybe',
    'types=*&closeafter=no&ping=-1',
  ]) {
    assert.equal((await max.fetch(`/jmap/eventsource?${query}`)).status, 400, query);
  }
  const streams = await Promise.all(Array.from({ length: 32 }, () => open(max, 'types=*')));
  assert.equal((await max.fetch('/jmap/eventsource?types=*')).status, 429);
  await Promise.all(streams.map((stream) => stream.leave()));
});
