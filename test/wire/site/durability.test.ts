import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../kit/daemon.ts';
import { pixel } from '../../kit/calls.ts';
import { basicHeader } from '../../kit/person.ts';

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));

test('what was acknowledged is there after the program was killed on the spot', { timeout: 90_000 }, async () => {
  const data = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  const port = await freePort();
  let program = await start(port, data);
  try {
    const { call, accountId } = await client(port);
    const [, made] = await call('ContactCard/set', { accountId, create: { new: { name: { full: 'Jean Dupont' } } } });
    program.kill('SIGKILL');
    const id = (made as { created: { new: { id: string } } }).created.new.id;
    await once(program, 'exit');
    program = await start(port, data);
    const again = await client(port);
    const [, found] = await again.call('ContactCard/get', { accountId, ids: [id], properties: ['name'] });
    assert.deepEqual((found as { list: object[] }).list, [{ id, name: { full: 'Jean Dupont' } }]);
  } finally {
    program.kill('SIGKILL');
    await rm(data, { recursive: true, force: true });
  }
});

test(
  'a move to the account of another is never half done: killed in the middle, no card is lost',
  { timeout: 120_000 },
  async () => {
    const data = await mkdtemp(join(tmpdir(), 'coterie-test-'));
    const port = await freePort();
    let program = await start(port, data);
    try {
      const [ada, ben] = [await client(port), await client(port, 'ben')];
      const bookId = await shareWithBen(ada, ben.accountId);
      const photo = await ada.upload(pixel);
      const uids = Array.from({ length: 200 }, (_, index) => `urn:x:card-${index}`);
      const card = { name: { full: 'Moved' }, media: { p: { kind: 'photo', blobId: photo, mediaType: 'image/png' } } };
      const create = uids.map((uid, index) => [`c${index}`, { ...card, uid, addressBookIds: { [bookId]: true } }]);
      const [, made] = await ada.call('ContactCard/set', {
        accountId: ada.accountId,
        create: Object.fromEntries(create),
      });
      const ids = Object.values((made as { created: Record<string, { id: string }> }).created).map(({ id }) => id);
      // The first word of what is new in Ben's account comes when the copies are there, and the originals still going.
      const stream = await ben.listen();
      const copies = ids.map((id, index) => [`m${index}`, { id }]);
      const move = ben.call('ContactCard/copy', {
        fromAccountId: ada.accountId,
        accountId: ben.accountId,
        create: Object.fromEntries(copies),
        onSuccessDestroyOriginal: true,
      });
      await Promise.race([stream.news(), move]);
      program.kill('SIGKILL');
      await Promise.allSettled([move, once(program, 'exit')]);
      program = await start(port, data);
      const [again, there] = [await client(port), await client(port, 'ben')];
      const left = new Set([...(await again.uids(photo)), ...(await there.uids(photo))]);
      assert.deepEqual(
        uids.filter((uid) => !left.has(uid)),
        [],
        'every card is in one account or the other, with its photo',
      );
    } finally {
      program.kill('SIGKILL');
      await rm(data, { recursive: true, force: true });
    }
  },
);

/** A folder of Ada's that Ben may write in; its id. */
async function shareWithBen(ada: Awaited<ReturnType<typeof client>>, benId: string): Promise<string> {
  const rights = { mayRead: true, mayWrite: true, mayShare: false, mayDelete: false };
  const book = { name: 'To be moved', shareWith: { [benId]: rights } };
  const [, made] = await ada.call('AddressBook/set', { accountId: ada.accountId, create: { f: book } });
  return (made as { created: { f: { id: string } } }).created.f.id;
}

/** The demonstration on this port; given back when it answers. */
async function start(port: number, data: string): Promise<ChildProcess> {
  const environment = { PATH: process.env['PATH'], COTERIE_PORT: String(port), COTERIE_DATA: data, COTERIE_DEMO: 'on' };
  const program = spawn(process.execPath, [main], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    program.stderr.on('data', (text: Buffer) => (said += text.toString()));
    program.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('Coterie is open')) resolve();
    });
    program.once('exit', (code) => reject(new Error(`The program ended with ${code}: ${said}`)));
  });
  return program;
}

/** Somebody of the demonstration, as a program that signs in with HTTP Basic. */
async function client(port: number, who: 'ada' | 'ben' = 'ada') {
  const url = `http://127.0.0.1:${port}`;
  const headers = { Authorization: basicHeader(`${who}@demo.example`, 'demo'), 'Content-Type': 'application/json' };
  const session = (await (await fetch(`${url}/jmap/session`, { headers })).json()) as {
    primaryAccounts: Record<string, string>;
  };
  const using = ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:contacts'];
  const accountId = session.primaryAccounts['urn:ietf:params:jmap:contacts']!;
  async function call(name: string, args: object): Promise<readonly [string, unknown]> {
    const body = JSON.stringify({ using, methodCalls: [[name, args, 'c']] });
    const response = await fetch(`${url}/jmap/api`, { method: 'POST', headers, body });
    assert.equal(response.status, 200);
    return ((await response.json()) as { methodResponses: [readonly [string, unknown]] }).methodResponses[0];
  }
  return {
    accountId,
    call,
    async upload(data: Uint8Array<ArrayBuffer>): Promise<string> {
      const init = { method: 'POST', headers: { ...headers, 'Content-Type': 'image/png' }, body: data };
      const response = await fetch(`${url}/jmap/upload/${accountId}`, init);
      return ((await response.json()) as { blobId: string }).blobId;
    },
    /** An open event stream; `news` settles with the next change of cards, or when it is cut. */
    async listen() {
      const response = await fetch(`${url}/jmap/eventsource?types=ContactCard&closeafter=no&ping=0`, { headers });
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      await reader.read();
      return { news: () => reader.read().catch(() => undefined) };
    },
    /** The uids of the account's cards that have this photo. */
    async uids(blobId: string): Promise<string[]> {
      const [, found] = await call('ContactCard/get', { accountId, properties: ['uid', 'media'] });
      const { list } = found as { list: { uid: string; media?: Record<string, { blobId?: string }> }[] };
      return list.filter(({ media }) => Object.values(media ?? {})[0]?.blobId === blobId).map(({ uid }) => uid);
    },
  };
}
