import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setPassword } from '../../../src/core/auth/setPassword.ts';
import { purgeSessions } from '../../../src/core/auth/sessions.ts';
import { setPersonActive } from '../../../src/core/principal/setPersonActive.ts';
import { cookiesOf, postJson } from '../../kit/person.ts';
import type { Person } from '../../kit/person.ts';
import { cheapPassword, createTestApp } from '../../kit/world.ts';

const day = 86_400_000;

async function isSignedIn(person: Person): Promise<boolean> {
  const { signedIn } = (await (await person.get('/site/context')).json()) as { signedIn: boolean };
  assert.equal((await person.get('/jmap/session')).status, signedIn ? 200 : 401);
  return signedIn;
}

test('the right password gives a session in a cookie that scripts cannot read', async () => {
  await using app = await createTestApp();
  const response = await app.ada.signIn();
  assert.equal(response.status, 204);
  const cookie = response.headers.getSetCookie().find((each) => each.startsWith('coterie='));
  assert.match(cookie ?? '', /^coterie=[\w-]{43}; Path=\/; Max-Age=1209600; HttpOnly; SameSite=Lax$/u);
  assert.equal(await isSignedIn(app.ada), true);
});

test('behind https the cookie is only for this host and only for https', async () => {
  await using app = await createTestApp({ publicUrl: 'https://contacts.demo.example' });
  const [cookie] = (await app.ada.signIn()).headers.getSetCookie();
  assert.match(cookie ?? '', /^__Host-coterie=.*; Secure$/u);
  assert.match((await fetch(`${app.url}/healthz`)).headers.get('Strict-Transport-Security') ?? '', /max-age=31536000/u);
});

test('the address may be written in capitals; the password may not', async () => {
  await using app = await createTestApp();
  const { email, password } = app.ada;
  const attempt = (body: object) => fetch(`${app.url}/site/sign-in`, postJson(body));
  assert.equal((await attempt({ email: ` ${email.toUpperCase()} `, password })).status, 204);
  assert.equal((await attempt({ email, password: password.toUpperCase() })).status, 401);
});

test('a wrong password and somebody unknown get the same answer', async () => {
  await using app = await createTestApp();
  const answers = [];
  for (const email of [app.ada.email, 'nobody@demo.example', 'no address', '']) {
    const response = await fetch(`${app.url}/site/sign-in`, postJson({ email, password: 'wrong' }));
    answers.push([response.status, await response.json(), response.headers.get('Set-Cookie')]);
  }
  const expected = { type: 'wrongCredentials', detail: 'The address or the password is wrong', status: 401 };
  for (const answer of answers) assert.deepEqual(answer, [401, expected, null]);
});

test('a request that is not JSON, or lacks the password, is refused', async () => {
  await using app = await createTestApp();
  const form = { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: '{"email":"a","password":"b"}' };
  assert.equal((await fetch(`${app.url}/site/sign-in`, form)).status, 400);
  assert.equal((await fetch(`${app.url}/site/sign-in`, postJson({ email: 'a' }))).status, 400);
  assert.equal(
    (await fetch(`${app.url}/site/sign-in`, postJson({ email: 'a', password: 'x'.repeat(20_000) }))).status,
    413,
  );
  assert.equal((await fetch(`${app.url}/site/unknown`)).status, 404);
});

test('signing out ends the session on the server too', async () => {
  await using app = await createTestApp();
  const response = await app.ada.fetch('/site/sign-out', { method: 'POST' });
  assert.equal(response.status, 204);
  assert.match(response.headers.getSetCookie()[0] ?? '', /^coterie=; .*Max-Age=0/u);
  assert.equal(await isSignedIn(app.ada), false);
});

test('signing in again ends the session that the browser had', async () => {
  await using app = await createTestApp();
  const earlier = app.ada.cookie;
  const { email, password } = app.ben;
  const response = await app.ada.fetch('/site/sign-in', postJson({ email, password }));
  assert.equal(response.status, 204);
  assert.notEqual(cookiesOf(response), earlier);
  assert.equal(await isSignedIn(app.ada), false);
});

test('a session ends after two weeks without use, and goes on while it is used', async () => {
  await using app = await createTestApp();
  app.clock.advance(10 * day);
  assert.equal(await isSignedIn(app.ada), true);
  app.clock.advance(10 * day);
  assert.equal(await isSignedIn(app.ada), true);
  assert.equal(await isSignedIn(app.ben), false);
  const refreshed = (await app.ada.get('/site/context')).headers.getSetCookie();
  assert.match(refreshed[0] ?? '', /Max-Age=1209600/u);
  app.clock.advance(15 * day);
  assert.equal(await isSignedIn(app.ada), false);
  assert.equal(await purgeSessions(app.world), 3);
});

test('another password ends all sessions, and the earlier one no longer opens anything', async () => {
  await using app = await createTestApp();
  assert.equal((await app.ada.basic('/jmap/session')).status, 200);
  await setPassword(app.world, app.ada.id, 'quite another one', cheapPassword);
  assert.equal(await isSignedIn(app.ada), false);
  assert.equal((await app.ada.basic('/jmap/session')).status, 401);
  assert.equal((await app.ada.signIn()).status, 401);
  await assert.rejects(setPassword(app.world, app.ada.id, 'short', cheapPassword), /at least 10 characters/u);
});

test('who has left is signed out and cannot come back', async () => {
  await using app = await createTestApp();
  assert.equal((await app.ada.basic('/jmap/session')).status, 200);
  await setPersonActive(app.world, app.ada.id, false);
  assert.equal(await isSignedIn(app.ada), false);
  assert.equal((await app.ada.basic('/jmap/session')).status, 401);
  assert.equal((await app.ada.signIn()).status, 401);
  await setPersonActive(app.world, app.ada.id, true);
  assert.equal((await app.ada.signIn()).status, 204);
});

test('a made-up cookie is nobody', async () => {
  await using app = await createTestApp();
  app.ada.cookie = 'coterie=made-up; other=1';
  assert.equal(await isSignedIn(app.ada), false);
});
