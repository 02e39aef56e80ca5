import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { simpleParser } from 'mailparser';
import { openTestDatabase } from '../test/kit/testDatabase.ts';
import { folder, share } from '../test/kit/calls.ts';
import { freePort } from '../test/kit/daemon.ts';
import { enterAs, mailSettings, seedPeople } from './kit/mailSite.ts';
import { until } from './kit/screen.ts';
import { createDataFolder, startServer } from './kit/server.ts';

/** A mail server that keeps the Message-IDs of what it was given; `beforeAnswer` comes before its 250. */
async function openSink(port: number, beforeAnswer: () => Promise<void> = async () => undefined) {
  const ids: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, answer) {
      void simpleParser(stream).then(async ({ messageId }) => {
        ids.push(messageId!);
        await beforeAnswer();
        answer();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  return {
    ids,
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** As though enough time had passed for what is put off, and for what somebody who died was sending. */
async function letTimePass(data: string): Promise<number> {
  const db = await openTestDatabase(data);
  const past = new Date(Date.now() - 1000).toISOString();
  const count = await db.transaction((tx) => tx.run(tx.build.updateTable('outbox').set({ next_attempt_at: past })));
  await db.close();
  return count;
}

/** Ada and Ben in a directory of their own, and the port of a mail server that is not there yet. */
async function open() {
  const data = await createDataFolder();
  const ids = await seedPeople(data.path, ['Ada', 'Ben']);
  const port = await freePort();
  const start = () => startServer(data.path, mailSettings(`smtp://127.0.0.1:${port}`));
  const shareSomething = async (url: string) => {
    const [ada, ben] = [await enterAs(url, 'Ada', ids), await enterAs(url, 'Ben', ids)];
    await share(ada, await folder(ada, 'Presse'), ben, 'viewer');
  };
  return { data: data.path, port, start, shareSomething, [Symbol.asyncDispose]: data.remove };
}

test('what was shared before the process died is told after it has started again, once', async () => {
  await using scene = await open();
  const first = await scene.start();
  await scene.shareSomething(first.url);
  await first.kill();
  const sink = await openSink(scene.port);
  assert.equal(await letTimePass(scene.data), 1);
  const second = await scene.start();
  await until('the mail has come', async () => sink.ids.length > 0);
  await second.stop();
  assert.equal(await letTimePass(scene.data), 0, 'nothing is left');
  const third = await scene.start();
  await third.stop();
  assert.equal(sink.ids.length, 1);
  await sink.close();
});

test('a process that dies between the end of a mail and the answer to it sends the same mail again, by the same Message-ID', async () => {
  await using scene = await open();
  const first = await scene.start();
  let isDead = false;
  const sink = await openSink(scene.port, async () => {
    if (isDead) return;
    isDead = true;
    await first.kill();
  });
  await scene.shareSomething(first.url).catch(() => undefined);
  await until('the program is dead', async () => isDead);
  assert.equal(await letTimePass(scene.data), 1);
  const second = await scene.start();
  await until('the mail has come again', async () => sink.ids.length > 1);
  await second.stop();
  assert.equal(await letTimePass(scene.data), 0);
  assert.equal(sink.ids.length, 2);
  assert.equal(new Set(sink.ids).size, 1, 'mail programs and servers know it for the same');
  await sink.close();
});
