import assert from 'node:assert/strict';
import { test } from 'node:test';
import { basicHeader, everything, postJson } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const echo = { using: everything, methodCalls: [['Core/echo', {}, 'a']] };

const origins: [
  what: string,
  headers: (url: string) => Record<string, string>,
  cookieMay: boolean,
  basicMay: boolean,
][] = [
  ['our own pages', (url) => ({ Origin: url }), true, true],
  ['our own pages, without Origin', () => ({ 'Sec-Fetch-Site': 'same-origin' }), true, true],
  ['another site', () => ({ Origin: 'https://evil.example' }), false, false],
  ['another site, without Origin', () => ({ 'Sec-Fetch-Site': 'cross-site' }), false, false],
  ['a neighbour domain', () => ({ 'Sec-Fetch-Site': 'same-site' }), false, false],
  ['a sandboxed frame', () => ({ Origin: 'null' }), false, false],
  ['another port of this machine', (url) => ({ Origin: `${url}1` }), false, false],
  ['our name over https', (url) => ({ Origin: url.replace('http:', 'https:') }), false, false],
  ['a program that says nothing', () => ({}), false, true],
];

for (const [what, headers, cookieMay, basicMay] of origins) {
  test(`a request that changes something, from ${what}: cookie ${cookieMay ? 'yes' : 'no'}, Basic ${basicMay ? 'yes' : 'no'}`, async () => {
    await using app = await createTestApp();
    const { cookie, email, password } = app.ada;
    const send = (proof: Record<string, string>) =>
      fetch(`${app.url}/jmap/api`, postJson(echo, { ...headers(app.url), ...proof }));
    assert.equal((await send({ Cookie: cookie })).status, cookieMay ? 200 : 403);
    assert.equal((await send({ Authorization: basicHeader(email, password) })).status, basicMay ? 200 : 403);
    assert.equal((await send({})).status, 401);
  });
}

test('reading is not refused by origin: the browser keeps the answer from the other site', async () => {
  await using app = await createTestApp();
  const response = await app.ada.fetch('/jmap/session', { headers: { Origin: 'https://evil.example' } });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('Access-Control-Allow-Origin'), null);
  assert.equal(response.headers.get('Cross-Origin-Resource-Policy'), 'same-origin');
});

test('another site can neither sign somebody in nor out', async () => {
  await using app = await createTestApp();
  const foreign = { Origin: 'https://evil.example' };
  const { email, password, cookie } = app.ada;
  assert.equal((await fetch(`${app.url}/site/sign-in`, postJson({ email, password }, foreign))).status, 403);
  assert.equal(
    (await fetch(`${app.url}/site/sign-out`, { method: 'POST', headers: { ...foreign, Cookie: cookie } })).status,
    403,
  );
  assert.equal((await app.ada.get('/jmap/session')).status, 200);
});

test('behind a proxy that changes the host, the public address is ours', async () => {
  await using app = await createTestApp({ publicUrl: 'https://contacts.demo.example' });
  const send = (origin: string) => app.ada.fetch('/jmap/api', postJson(echo, { Origin: origin }));
  assert.equal((await send('https://contacts.demo.example')).status, 200);
  assert.equal((await send('http://contacts.demo.example')).status, 403);
  assert.equal((await send(app.url)).status, 403);
});
