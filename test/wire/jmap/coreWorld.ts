import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChanges } from '../../../src/core/change/hub.ts';
import { transact } from '../../../src/core/change/transact.ts';
import type { Context, World } from '../../../src/core/context.ts';
import { createPerson } from '../../../src/core/principal/createPerson.ts';
import { listen } from '../../../src/lib/http/listen.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { createJmap } from '../../../src/protocol/jmap/handle.ts';
import { forgetTestDatabase, openTestDatabase } from '../../kit/testDatabase.ts';

/** A person with a way to the server. */
export type Person = {
  readonly id: string;
  readonly context: Context;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Runs method calls with all capabilities and gives the results by name. */
  jmap(
    ...calls: readonly (readonly [name: string, args: object])[]
  ): Promise<(readonly [name: string, result: Result])[]>;
};

/** A result, to be looked into step by step. */
export type Result = { readonly [name: string]: Result };

/** A small world behind a real listener. */
export type TestWorld = {
  readonly world: World;
  readonly url: string;
  readonly faults: unknown[];
  turnClock(milliseconds: number): void;
  person(name: string): Promise<Person>;
  close(): Promise<void>;
};

const using = [
  'urn:ietf:params:jmap:core',
  'urn:ietf:params:jmap:contacts',
  'urn:ietf:params:jmap:principals',
  'https://coterie.example/jmap/contacts',
];

/** A world with an empty database; people sign in by name. */
export async function createTestWorld(options: { second?: number } = {}): Promise<TestWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-jmap-'));
  const db = await openTestDatabase(folder);
  const faults: unknown[] = [];
  const report = (error: unknown) => void faults.push(error);
  let offset = 0;
  const world: World = {
    db,
    now: () => new Date(Date.now() + offset),
    hub: createChanges(report),
    settings: {
      publicUrl: 'https://contacts.demo.example',
      trashDays: 30,
      linkKey: new Uint8Array(32),
      maxCardSize: 1_000_000,
      maxCardsPerAccount: 1000,
      organisation: 'Demo',
      mailEnabled: false,
      mailFrom: 'contacts@demo.example',
    },
  };
  const ids = new Map<string, string>();
  const jmap = createJmap({
    world,
    report,
    ...options,
    async authenticate(request) {
      const id = ids.get(String(request.headers['x-person']));
      return id === undefined ? null : { principalId: id, language: 'en' };
    },
  });
  const listener = await listen(jmap.handle, { host: '127.0.0.1', port: 0, log: silentLog });
  const url = `http://127.0.0.1:${listener.port}`;

  return {
    world,
    url,
    faults,
    turnClock: (milliseconds) => {
      offset += milliseconds;
    },
    async person(name) {
      const { id } = await createPerson(world, { name, email: `${name.toLowerCase().replace(' ', '')}@demo.example` });
      ids.set(name, id);
      const send = (path: string, init: RequestInit = {}) =>
        fetch(url + path, { ...init, headers: { 'X-Person': name, ...(init.headers as Record<string, string>) } });
      return {
        id,
        context: { ...world, actor: { principalId: id, language: 'en' } },
        fetch: send,
        async jmap(...calls) {
          const methodCalls = calls.map(([method, args], index) => [method, { accountId: id, ...args }, `c${index}`]);
          const response = await send('/jmap/api', {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ using, methodCalls }),
          });
          const { methodResponses } = (await response.json()) as { methodResponses: [string, Result, string][] };
          return methodResponses.map(([method, result]) => [method, result] as const);
        },
      };
    },
    async close() {
      jmap.close();
      await listener.close(1000);
      await db.close();
      await forgetTestDatabase(folder);
      await rm(folder, { recursive: true });
    },
  };
}

/** Shares a folder at once, without the rules and the mails of a real share. */
export async function grant(
  owner: Person,
  bookId: string,
  to: Person,
  rights: { mayWrite: boolean },
  answer: 'accepted' | null,
): Promise<void> {
  const now = owner.context.now().toISOString();
  await transact(owner.context, async (tx) => {
    const share = {
      id: `s${bookId}`,
      account_id: owner.id,
      book_id: bookId,
      type: 'principal' as const,
      principal_id: to.id,
      email: null,
      expires_at: null,
      note: null,
    };
    const may = { may_read: 1, may_write: Number(rights.mayWrite), may_add: 0, may_share: 0, may_delete: 0 };
    await tx.run(tx.build.insertInto('share').values({ ...share, ...may, created_at: now, created_by: owner.id }));
    if (answer !== null) {
      const subscription = {
        principal_id: to.id,
        book_id: bookId,
        account_id: owner.id,
        status: answer,
        name: null,
        color: null,
        sort_order: 0,
        decided_at: now,
      };
      await tx.run(tx.build.insertInto('subscription').values(subscription));
    }
    tx.changed({
      accountId: owner.id,
      type: 'AddressBook',
      id: bookId,
      kind: 'access',
      readerId: to.id,
      wasReadable: false,
    });
  });
}

/** The default folder of a person. */
export async function defaultBook(person: Person): Promise<string> {
  const { db } = person.context;
  await (await person.fetch('/jmap/session')).json();
  const row = await db.first(
    db.build.selectFrom('address_book').select('id').where('account_id', '=', person.id).where('is_default', '=', 1),
  );
  return row!.id;
}
