import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';
import { createShare } from '../../../src/core/share/createShare.ts';
import { createAddressBook } from '../../../src/core/addressbook/createAddressBook.ts';
import { rightsOfRole } from '../../../src/core/sharing/rights.ts';

const french = { headers: { 'Accept-Language': 'fr' } };

async function demonstration(): Promise<TestApp> {
  const app = await createTestApp();
  app.app.offer({ people: [], password: 'demo' });
  return app;
}

/** Ada shares a folder with these people; the mails arrive. */
async function share(app: TestApp, name: string, emails: readonly string[], note: string | null = null): Promise<void> {
  const context = { ...app.world, actor: { principalId: app.ada.id, language: 'fr' as const } };
  const addressBookId = await createAddressBook(context, app.ada.id, { name });
  for (const email of emails) {
    const mail = { message: note === null ? ('standard' as const) : ('note' as const), note };
    await createShare(context, { addressBookId, type: 'principal', email, rights: rightsOfRole.viewer }, mail);
  }
  await app.mails();
}

const page = async (app: TestApp, path = '') => (await fetch(`${app.url}/demo/mail${path}`, french)).text();
const firstMail = async (app: TestApp) => /href="(\/demo\/mail\/m[^"]+)"/u.exec(await page(app))![1]!;

test('a real organisation has no such page', async () => {
  await using app = await createTestApp();
  await share(app, 'Presse', [app.ben.email]);
  for (const path of ['', '/list', '/refresh.js']) assert.ok(!(await page(app, path)).includes('Partage créé'));
});

test('without mails the page says so', async () => {
  await using app = await demonstration();
  assert.match(await page(app), /Aucun mail/u);
});

test('mails are listed newest first, and by recipient', async () => {
  await using app = await demonstration();
  await share(app, 'Presse', [app.ben.email]);
  app.clock.advance(1000);
  await share(app, 'Amis', [app.chloe.email]);
  const subjects = async (path: string) =>
    [...(await page(app, path)).matchAll(/class="subject">([^<]+)</gu)].map(([, subject]) =>
      subject?.replaceAll('\u00a0', ' '),
    );
  assert.deepEqual(await subjects(''), [
    'Partage créé : Amis partagé par Ada',
    'Partage créé : Presse partagé par Ada',
  ]);
  assert.deepEqual(await subjects(`?to=${app.ben.email}`), ['Partage créé : Presse partagé par Ada']);
  assert.deepEqual(await subjects(`/list?to=${app.chloe.email}`), ['Partage créé : Amis partagé par Ada']);
});

test('a mail opens in a frame in which its buttons lead out and nothing else works', async () => {
  await using app = await demonstration();
  await share(app, 'Presse', [app.ben.email]);
  const path = await firstMail(app);
  const shown = await (await fetch(app.url + path, french)).text();
  const rights = 'allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation';
  assert.ok(shown.includes(`<iframe sandbox="${rights}" src="${path}/html"`));
  const content = await fetch(`${app.url}${path}/html`);
  assert.match(
    content.headers.get('Content-Security-Policy')!,
    new RegExp(`default-src 'none'.*frame-ancestors 'self'; sandbox ${rights}$`, 'u'),
  );
  const html = await content.text();
  assert.ok(html.includes('<base target="_top">'));
  assert.match(html, /href="[^"]+\/accept"/u);
  assert.match(html, /href="[^"]+\/decline"/u);
});

test('the plain text is one click away, and what people wrote is no markup', async () => {
  await using app = await demonstration();
  await share(app, 'Presse', [app.ben.email], '<script>alert(1)</script>');
  const text = await (await fetch(`${app.url}${await firstMail(app)}?view=text`, french)).text();
  assert.match(text, /&gt; &lt;script&gt;alert\(1\)/u);
  assert.ok(!text.includes('<script>'));
});

test('the page runs its own script and no other', async () => {
  await using app = await demonstration();
  const response = await fetch(`${app.url}/demo/mail`, french);
  assert.match(response.headers.get('Content-Security-Policy')!, /default-src 'none'.*script-src 'self'/u);
  assert.match(await response.text(), /<script src="\/demo\/mail\/refresh\.js" defer><\/script>/u);
  const script = await fetch(`${app.url}/demo/mail/refresh.js`);
  assert.match(script.headers.get('Content-Type')!, /^text\/javascript/u);
});

test('the list is sent again only when there is a new mail', async () => {
  await using app = await demonstration();
  const look = (known: string) => fetch(`${app.url}/demo/mail/list?known=${known}`, french);
  assert.equal((await look('')).status, 204);
  await share(app, 'Presse', [app.ben.email]);
  const news = await look('');
  assert.equal(news.status, 200);
  assert.match(await news.text(), /data-news="Nouveau mail : Partage créé/u);
  assert.equal((await look(news.headers.get('X-Newest')!)).status, 204);
});

test('a mail that is gone says so', async () => {
  await using app = await demonstration();
  const response = await fetch(`${app.url}/demo/mail/m0000`, french);
  assert.equal(response.status, 404);
  assert.match(await response.text(), /Ce mail n’est plus là/u);
  for (const path of ['/m0000/html', '/m0000/other', '/m0000/html/x'])
    assert.equal((await fetch(`${app.url}/demo/mail${path}`)).status, 404);
});
