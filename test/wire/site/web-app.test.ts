import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createTestApp } from '../../kit/world.ts';

const page = '<!doctype html><meta property="csp-nonce" content="__CSP_NONCE__" /><title>Coterie</title>';
const script = 'export const answer = 42;\n'.repeat(200);
const folder = await mkdtemp(join(tmpdir(), 'coterie-web-'));
const webFolder = join(folder, 'dist');
await mkdir(join(webFolder, 'assets'), { recursive: true });
await mkdir(join(webFolder, '.vite'));
await writeFile(join(webFolder, 'index.html'), page);
await writeFile(join(webFolder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
await writeFile(join(webFolder, 'assets', 'index-abc.js'), script);
await writeFile(join(webFolder, '.vite', 'manifest.txt'), 'hidden');
await writeFile(join(folder, 'secret.txt'), 'secret');
after(() => rm(folder, { recursive: true }));

const browser = { headers: { Accept: 'text/html,application/xhtml+xml' } };

/** Asks for a path as it is, without the tidying that `fetch` does; the body. */
function bodyAt(url: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request(url, { path }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString())).on('end', () => resolve(body));
    })
      .on('error', reject)
      .end();
  });
}

test('whatever a browser opens is the web app, with a policy whose nonce is new each time', async () => {
  await using app = await createTestApp({ webFolder });
  const nonces = new Set<string>();
  for (const path of ['/', '/contacts/abc', '/setup?token=x', '/share/a/b/accept']) {
    const response = await fetch(app.url + path, browser);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('Cache-Control'), 'no-cache');
    const nonce = /content="([^"]+)"/u.exec(await response.text())![1]!;
    const policy = response.headers.get('Content-Security-Policy') ?? '';
    assert.ok(policy.includes(`style-src 'self' 'nonce-${nonce}'`));
    for (const part of [
      "default-src 'self'",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
    ]) {
      assert.ok(policy.includes(part), part);
    }
    assert.ok(!policy.includes('unsafe'));
    nonces.add(nonce);
  }
  assert.equal(nonces.size, 4);
});

test('every reply of every door carries the headers that keep browsers from mischief', async () => {
  await using app = await createTestApp({ webFolder });
  for (const path of ['/', '/assets/index-abc.js', '/assets/gone.js', '/jmap/session', '/site/context', '/healthz']) {
    const { headers } = await fetch(app.url + path);
    assert.equal(headers.get('X-Content-Type-Options'), 'nosniff', path);
    assert.equal(headers.get('Referrer-Policy'), 'same-origin', path);
    assert.equal(headers.get('Cross-Origin-Opener-Policy'), 'same-origin', path);
    assert.match(headers.get('Content-Security-Policy') ?? '', /frame-ancestors 'none'/u, path);
    assert.ok(headers.has('Permissions-Policy'), path);
    assert.equal(headers.get('Strict-Transport-Security'), null, 'not over plain HTTP');
  }
});

test('files with a hash in their name are kept for ever, others are asked for again', async () => {
  await using app = await createTestApp({ webFolder });
  const asset = await fetch(`${app.url}/assets/index-abc.js`, { headers: { 'Accept-Encoding': 'br' } });
  assert.equal(asset.headers.get('Cache-Control'), 'public, max-age=31536000, immutable');
  assert.equal(asset.headers.get('Content-Type'), 'text/javascript; charset=utf-8');
  assert.equal(asset.headers.get('Content-Encoding'), 'br');
  assert.equal(await asset.text(), script);
  const plain = await fetch(`${app.url}/assets/index-abc.js`, { headers: { 'Accept-Encoding': 'identity' } });
  assert.equal(await plain.text(), script);
  const icon = await fetch(`${app.url}/icon.svg`);
  assert.equal(icon.headers.get('Cache-Control'), 'no-cache');
  const again = await fetch(`${app.url}/icon.svg`, { headers: { 'If-None-Match': icon.headers.get('ETag') ?? '' } });
  assert.equal(again.status, 304);
});

test('a file that is not there is 404 rather than a page', async () => {
  await using app = await createTestApp({ webFolder });
  assert.equal((await fetch(`${app.url}/assets/gone.js`, browser)).status, 404);
  assert.equal((await fetch(`${app.url}/favicon.ico`, { headers: { Accept: 'image/*' } })).status, 404);
  assert.equal((await fetch(`${app.url}/somewhere`, { method: 'POST' })).status, 405);
});

test('nothing outside of the folder, and nothing hidden, is ever served', async () => {
  await using app = await createTestApp({ webFolder });
  for (const path of [
    '/../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/.vite/manifest.txt',
    '/%00.txt',
    '/%',
  ]) {
    const response = await fetch(app.url + path, { headers: { Accept: 'image/*' } });
    assert.equal(response.status, 404, path);
    assert.doesNotMatch(await bodyAt(app.url, path), /^(secret|hidden)/u, path);
  }
});

test('without a built web app a plain page says what to do', async () => {
  await using app = await createTestApp();
  const response = await fetch(app.url, browser);
  assert.equal(response.status, 503);
  assert.match(await response.text(), /npm start/u);
});

test('the other name of this machine leads to the one in the settings', async () => {
  await using app = await createTestApp({ webFolder });
  const local = app.url.replace('127.0.0.1', 'localhost');
  const response = await fetch(`${local}/contacts?x=1`, { ...browser, redirect: 'manual' });
  assert.equal(response.status, 307);
  assert.equal(response.headers.get('Location'), `${app.url}/contacts?x=1`);
});

test('the site says what a page needs before sign-in', async () => {
  await using app = await createTestApp({ environment: { COTERIE_ORGANISATION: 'Demo University' } });
  const context = () => fetch(`${app.url}/site/context`).then((response) => response.json());
  const expected = {
    organisation: 'Demo University',
    demo: null,
    signedIn: false,
    setup: false,
    publicUrl: app.url,
    usesDirectory: false,
  };
  assert.deepEqual(await context(), expected);
  const demo = { people: [{ name: 'Ada', email: 'ada@demo.example', description: 'Owns folders' }], password: 'demo' };
  app.app.offer(demo);
  assert.deepEqual(await context(), { ...expected, demo });
});

test('the health check asks the database', async () => {
  await using app = await createTestApp();
  const response = await fetch(`${app.url}/healthz`);
  assert.equal(response.status, 200);
  assert.equal(await response.text(), 'ok\n');
});
