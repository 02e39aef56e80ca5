import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSetupToken } from '../../../src/core/auth/setUp.ts';
import { findPrincipalByEmail } from '../../../src/core/principal/findPrincipalByEmail.ts';
import { cookiesOf, postJson } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

const administrator = { name: 'Grace Démo', email: 'grace@demo.example', password: 'ten letters' };

function setUp(app: TestApp, token: string, change: Partial<typeof administrator> = {}): Promise<Response> {
  return fetch(`${app.url}/site/setup`, postJson({ token, ...administrator, ...change }));
}

async function context(app: TestApp): Promise<{ setup: boolean }> {
  return (await (await fetch(`${app.url}/site/context`)).json()) as { setup: boolean };
}

test('the link of the first start makes the first administrator, who is then signed in', async () => {
  await using app = await createTestApp({ empty: true });
  assert.equal((await context(app)).setup, true);
  const response = await setUp(app, await createSetupToken(app.world));
  assert.equal(response.status, 204);
  const session = await fetch(`${app.url}/jmap/session`, { headers: { Cookie: cookiesOf(response) } });
  assert.equal(((await session.json()) as { username: string }).username, administrator.email);
  assert.equal((await findPrincipalByEmail(app.world.db, administrator.email))?.is_administrator, 1);
  assert.equal((await context(app)).setup, false);
});

test('the link works once', async () => {
  await using app = await createTestApp({ empty: true });
  const token = await createSetupToken(app.world);
  assert.equal((await setUp(app, token)).status, 204);
  assert.equal((await setUp(app, token, { email: 'second@demo.example' })).status, 403);
});

test('of two at the same time one is made', async () => {
  await using app = await createTestApp({ empty: true });
  const token = await createSetupToken(app.world);
  const both = await Promise.all(['one@demo.example', 'two@demo.example'].map((email) => setUp(app, token, { email })));
  assert.deepEqual(both.map(({ status }) => status).sort(), [204, 403]);
});

test('a link ends after a day, and when the next start makes another', async () => {
  await using app = await createTestApp({ empty: true });
  const first = await createSetupToken(app.world);
  const second = await createSetupToken(app.world);
  assert.equal((await setUp(app, first)).status, 403);
  app.clock.advance(86_400_001);
  assert.equal((await setUp(app, second)).status, 403);
});

test('a made-up link, or one where somebody exists, is refused', async () => {
  await using empty = await createTestApp({ empty: true });
  assert.equal((await setUp(empty, 'made-up')).status, 403);
  await using inhabited = await createTestApp();
  assert.equal((await setUp(inhabited, await createSetupToken(inhabited.world))).status, 403);
});

test('what is wrong is said, and the link still works', async () => {
  await using app = await createTestApp({ empty: true });
  const token = await createSetupToken(app.world);
  for (const [property, value] of [
    ['name', ' '],
    ['email', 'grace'],
    ['password', 'short'],
  ] as const) {
    const response = await setUp(app, token, { [property]: value });
    assert.equal(response.status, 400);
    assert.deepEqual(((await response.json()) as { properties: string[] }).properties, [property]);
  }
  assert.equal((await setUp(app, token)).status, 204);
});
