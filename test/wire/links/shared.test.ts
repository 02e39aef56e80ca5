import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endShare } from '../../../src/core/share/changeShare.ts';
import { noMail } from '../../../src/core/share/types.ts';
import { linkToken } from '../../../src/core/sharing/links.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';
import { contextOf, makeFolder, shareWith } from './folderFiles.ts';

const french = { 'Accept-Language': 'fr' };

async function publicFolder(
  app: TestApp,
  contacts = ['Ali Ba', 'Bo Xu'],
): Promise<{ share: string; path: string; bookId: string }> {
  const bookId = await makeFolder(app, app.ada, 'Presse <b>', contacts);
  const share = await shareWith(app, app.ada, bookId, { type: 'public' });
  return { share, bookId, path: `${app.url}/shared/${linkToken(app.world, share)}` };
}

test('a public link shows the folder to anybody, in their language, with two downloads', async () => {
  await using app = await createTestApp();
  const { path } = await publicFolder(app);
  const page = await (await fetch(path, { headers: french })).text();
  for (const words of [
    'Presse &lt;b&gt;',
    'Dossier de contacts partagé par Ada',
    '2 contacts',
    'Télécharger en CSV',
    'Télécharger en vCard',
    'Toute personne qui a ce lien',
  ]) {
    assert.ok(page.replaceAll('\u00a0', ' ').includes(words), words);
  }
  const english = await (await fetch(path, { headers: { 'Accept-Language': 'en-GB' } })).text();
  assert.match(english, /Contacts folder shared by Ada[\s\S]*2 contacts[\s\S]*Download as CSV/u);
});

test('the two downloads work without signing in', async () => {
  await using app = await createTestApp();
  const { path } = await publicFolder(app);
  const csv = await fetch(`${path}.csv?separator=%3B`);
  assert.equal(csv.status, 200);
  assert.match(await csv.text(), /^firstName;lastName;email\r\nAli;Ba;ali@x\.example\r\n/u);
  const vcf = await fetch(`${path}.vcf`);
  assert.equal((await vcf.text()).match(/BEGIN:VCARD/gu)?.length, 2);
});

test('the address is a secret: it goes neither to other sites nor into a search engine nor into a cache', async () => {
  await using app = await createTestApp();
  const { path } = await publicFolder(app);
  for (const url of [path, `${path}.csv`, `${path}x`]) {
    const { headers } = await fetch(url);
    assert.equal(headers.get('Referrer-Policy'), 'no-referrer');
    assert.match(headers.get('X-Robots-Tag')!, /noindex/u);
    assert.match(headers.get('Cache-Control')!, /no-store/u);
  }
});

test('the page runs no script and loads nothing from elsewhere', async () => {
  await using app = await createTestApp();
  const { path } = await publicFolder(app);
  const response = await fetch(path);
  const policy = response.headers.get('Content-Security-Policy')!;
  const nonce = /style-src 'nonce-([^']+)'/u.exec(policy)![1]!;
  assert.match(policy, /default-src 'none'/u);
  const page = await response.text();
  assert.ok(page.includes(`<style nonce="${nonce}">`));
  assert.ok(!/<script|style=|https?:\/\//u.test(page));
});

test('a public link names its end date', async () => {
  await using app = await createTestApp();
  const bookId = await makeFolder(app, app.ada, 'Presse', ['Ali Ba']);
  const end = { expiresAt: '2099-12-31T12:00:00.000Z' };
  const share = await shareWith(app, app.ada, bookId, { type: 'public' }, end);
  const page = await (await fetch(`${app.url}/shared/${linkToken(app.world, share)}`, { headers: french })).text();
  assert.match(page, /31 décembre 2099/u);
  assert.match(page.replaceAll('\u00a0', ' '), /1 contact</u);
});

test('a revoked, expired, wrong or foreign link is the same page, and it says what to do', async () => {
  await using app = await createTestApp();
  const { path, share, bookId } = await publicFolder(app);
  const guest = await shareWith(
    app,
    app.ada,
    bookId,
    { type: 'guest', email: 'marie@x.example' },
    { expiresAt: new Date(Date.now() + 60_000).toISOString() },
  );
  const internal = await shareWith(app, app.ada, bookId, { type: 'principal', email: app.ben.email });
  await endShare(contextOf(app, app.ada), share, noMail);
  app.clock.advance(61_000);
  const tokens = [
    linkToken(app.world, guest),
    linkToken(app.world, internal),
    'x',
    'x.y',
    `${guest}.`,
    `${guest}.AAAA`,
    '%E0%A4',
    '',
  ];
  const pages = new Set<string>();
  for (const url of [
    path,
    `${path}.csv`,
    `${path}.vcf`,
    `${path}/more`,
    ...tokens.map((token) => `${app.url}/shared/${token}`),
  ]) {
    const response = await fetch(url, { headers: french });
    assert.equal(response.status, 404, url);
    pages.add((await response.text()).replace(/nonce="[^"]+"/u, ''));
  }
  assert.equal(pages.size, 1);
  assert.match([...pages][0]!, /Demandez|demandez un nouveau lien/u);
});

test('links only read', async () => {
  await using app = await createTestApp();
  const { path } = await publicFolder(app);
  assert.equal((await fetch(path, { method: 'POST', body: 'x' })).status, 405);
  assert.equal((await fetch(path, { method: 'HEAD' })).status, 200);
});
