import assert from 'node:assert/strict';
import { test } from 'node:test';
import { basicHeader, postJson } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

const behindProxy = { environment: { COTERIE_TRUSTED_PROXY: 'on' } };

/** Tries a password from an address. */
function attempt(app: TestApp, email: string, password: string, address: string, cookie = ''): Promise<Response> {
  return fetch(
    `${app.url}/site/sign-in`,
    postJson({ email, password }, { 'X-Forwarded-For': address, Cookie: cookie }),
  );
}

async function guess(app: TestApp, email: string, address: string, times: number, cookie = ''): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < times; i++) statuses.push((await attempt(app, email, `guess ${i}`, address, cookie)).status);
  return statuses;
}

test('after a few wrong passwords one has to wait, longer each time, and is told how long', async () => {
  await using app = await createTestApp(behindProxy);
  const { email, password } = app.ada;
  assert.deepEqual(await guess(app, email, '192.0.2.1', 6), [401, 401, 401, 401, 401, 401]);
  const refused = await attempt(app, email, password, '192.0.2.1');
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get('Retry-After'), '2');
  assert.equal(((await refused.json()) as { type: string }).type, 'tooManyAttempts');
  app.clock.advance(2000);
  assert.equal((await attempt(app, email, 'guess again', '192.0.2.1')).status, 401);
  assert.equal((await attempt(app, email, password, '192.0.2.1')).headers.get('Retry-After'), '4');
  app.clock.advance(4000);
  assert.equal((await attempt(app, email, password, '192.0.2.1')).status, 204);
});

test('somebody who does not exist is made to wait just the same', async () => {
  await using app = await createTestApp(behindProxy);
  for (const email of [app.ada.email, 'nobody@demo.example']) {
    assert.deepEqual(await guess(app, email, '192.0.2.1', 8), [401, 401, 401, 401, 401, 401, 429, 429]);
  }
});

test('guesses from elsewhere lock nobody out', async () => {
  await using app = await createTestApp(behindProxy);
  const { email, password } = app.ada;
  assert.equal((await guess(app, email, '192.0.2.1', 10)).at(-1), 429);
  assert.equal((await attempt(app, email, password, '192.0.2.77')).status, 429, 'the same network');
  assert.equal((await attempt(app, email, password, '198.51.100.1')).status, 204, 'another network');
});

test('a browser that signed in before is not locked out by its neighbours either', async () => {
  await using app = await createTestApp(behindProxy);
  const { email, password, cookie } = app.ada;
  assert.equal((await guess(app, email, '192.0.2.1', 10)).at(-1), 429);
  assert.equal((await attempt(app, email, password, '192.0.2.1', cookie)).status, 204);
  assert.equal((await attempt(app, app.ben.email, app.ben.password, '192.0.2.1', cookie)).status, 204);
  const borrowed = await guess(app, app.ben.email, '192.0.2.1', 10, cookie);
  assert.equal(borrowed.at(-1), 429, "Ada's mark is no help with Ben's password");
});

test('the same wrong password again is no new guess: a telephone with an old one locks nobody out', async () => {
  await using app = await createTestApp(behindProxy);
  const { email, password } = app.ada;
  for (let i = 0; i < 20; i++) {
    assert.equal((await attempt(app, email, 'the old password', '192.0.2.1')).status, 401);
    app.clock.advance(600_000);
  }
  assert.equal((await attempt(app, email, password, '192.0.2.1')).status, 204);
});

test('tries at the same moment do not slip through', async () => {
  await using app = await createTestApp(behindProxy);
  const responses = await Promise.all(
    Array.from({ length: 30 }, (_, i) => attempt(app, app.ada.email, `guess ${i}`, '192.0.2.1')),
  );
  assert.equal(responses.filter(({ status }) => status === 401).length, 6);
  assert.equal(responses.filter(({ status }) => status === 429).length, 24);
});

test('who tries many people from one network is slowed down', async () => {
  await using app = await createTestApp(behindProxy);
  const emails = Array.from({ length: 101 }, (_, i) => `person${i}@demo.example`);
  for (const email of emails) await guess(app, email, '192.0.2.1', 1);
  const refused = await attempt(app, app.ada.email, app.ada.password, '192.0.2.9');
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get('Retry-After'), '1');
  assert.equal((await attempt(app, app.ada.email, app.ada.password, '198.51.100.1')).status, 204);
});

test('HTTP Basic waits like the sign-in page, and a right password is quick the second time', async () => {
  await using app = await createTestApp(behindProxy);
  const { email, password } = app.ada;
  const basic = (secret: string, address: string) =>
    fetch(`${app.url}/jmap/session`, {
      headers: { Authorization: basicHeader(email, secret), 'X-Forwarded-For': address },
    });
  assert.equal((await basic(password, '192.0.2.1')).status, 200);
  for (let i = 0; i < 6; i++) assert.equal((await basic(`guess ${i}`, '192.0.2.1')).status, 401);
  assert.equal(
    (await basic(password, '192.0.2.1')).status,
    429,
    'a remembered password is no way to try without waiting',
  );
  assert.equal((await basic(password, '198.51.100.1')).status, 200);
  const many = await Promise.all(Array.from({ length: 20 }, () => basic(password, '203.0.113.1')));
  assert.ok(many.every(({ status }) => status === 200));
});
