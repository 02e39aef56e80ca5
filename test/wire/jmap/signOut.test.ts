import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setPassword } from '../../../src/core/auth/setPassword.ts';
import { folder } from '../../kit/calls.ts';
import { cheapPassword, createTestApp } from '../../kit/world.ts';

const address = '/jmap/eventsource?types=*&closeafter=no&ping=0';

/** What comes over an open stream, piece by piece; null: it has ended. */
function listen(reply: Response) {
  assert.equal(reply.status, 200);
  const reader = reply.body!.pipeThrough(new TextDecoderStream()).getReader();
  return async (): Promise<string | null> => (await reader.read()).value ?? null;
}

test('signing out ends the event streams of that session at once, and no others', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const here = listen(await ada.get(address));
  const program = listen(await ada.basic(address));
  const cookie = ada.cookie;
  await ada.signIn();
  const signedInAgain = ada.cookie;
  const elsewhere = listen(await ada.get(address));
  for (const next of [here, program, elsewhere]) assert.match((await next())!, /^: coterie/u);
  ada.cookie = cookie;
  const reply = await ada.fetch('/site/sign-out', { method: 'POST' });
  assert.equal(reply.headers.get('clear-site-data'), '"cache"');
  assert.equal(await here(), null);
  ada.cookie = signedInAgain;
  await folder(ada, 'Presse');
  for (const next of [program, elsewhere]) assert.match((await next())!, /event: state/u);
});

test('another password ends all streams of the person', async () => {
  await using app = await createTestApp();
  const streams = [listen(await app.ada.get(address)), listen(await app.ada.basic(address))];
  const other = listen(await app.ben.get(address));
  for (const next of [...streams, other]) await next();
  await setPassword(app.world, app.ada.id, 'a new password of Ada', cheapPassword);
  for (const next of streams) assert.equal(await next(), null);
  await folder(app.ben, 'Presse');
  assert.match((await other())!, /event: state/u);
});
