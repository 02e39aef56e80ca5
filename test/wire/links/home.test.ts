import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCard } from '../../../src/core/card/createCard.ts';
import { transact, within } from '../../../src/core/change/transact.ts';
import { endShare } from '../../../src/core/share/changeShare.ts';
import { noMail } from '../../../src/core/share/types.ts';
import { basicHeader } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import { contextOf, makeFolder, shareWith } from './folderFiles.ts';

const bom = '\ufeff';

test('the owner gets the folder as CSV, by cookie and by HTTP Basic', async () => {
  await using app = await createTestApp();
  await makeFolder(app, app.ada, 'Presse', ['Zoé Œuvrard', 'Ali Ba']);
  for (const response of [
    await app.ada.get('/home/ada@demo.example/Presse'),
    await app.ada.basic('/home/ada@demo.example/Presse.csv'),
  ]) {
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('Content-Type'), 'text/csv; charset=utf-8; header=present');
    const bytes = Buffer.from(await response.arrayBuffer());
    assert.equal(
      bytes.toString('utf8'),
      `${bom}firstName,lastName,email\r\nAli,Ba,ali@x.example\r\nZoé,Œuvrard,zoé@x.example\r\n`,
    );
  }
});

test('the separator can be the semicolon of a French Excel', async () => {
  await using app = await createTestApp();
  await makeFolder(app, app.ada, 'Presse', ['Ali Ba']);
  const response = await app.ada.basic('/home/ada/Presse.csv?separator=;');
  assert.equal(
    Buffer.from(await response.arrayBuffer()).toString('utf8'),
    `${bom}firstName;lastName;email\r\nAli;Ba;ali@x.example\r\n`,
  );
});

test('somebody who opens the address in a French browser gets the semicolon too, unless the comma is asked for', async () => {
  await using app = await createTestApp();
  await makeFolder(app, app.ada, 'Presse', ['Ali Ba']);
  const headings = async (query: string, language: string, accept = 'text/html,*/*;q=0.8') => {
    const headers = { Accept: accept, 'Accept-Language': language };
    const response = await app.ada.basic(`/home/ada/Presse${query}`, { headers });
    return (await response.text()).split('\r\n')[0];
  };
  assert.equal(await headings('', 'fr-FR,fr;q=0.9,en;q=0.8'), 'firstName;lastName;email');
  assert.equal(await headings('.csv?separator=,', 'fr'), 'firstName,lastName,email');
  assert.equal(await headings('', 'en-GB,en;q=0.9'), 'firstName,lastName,email');
  assert.equal(await headings('', 'fr', '*/*'), 'firstName,lastName,email');
});

test('vCard holds the records as they are stored', async () => {
  await using app = await createTestApp();
  await makeFolder(app, app.ada, 'Presse', ['Ali Ba', 'Bo Xu']);
  const response = await app.ada.basic('/home/ada/Presse.vcf');
  assert.equal(response.headers.get('Content-Type'), 'text/vcard; charset=utf-8');
  const stored = await app.world.db.all(app.world.db.build.selectFrom('card_record').select('vcard'));
  const text = await response.text();
  assert.equal(
    text.length,
    stored.reduce((sum, { vcard }) => sum + vcard.length, 0),
  );
  for (const { vcard } of stored) assert.ok(text.includes(vcard));
});

test('the file has the name of the folder, with and without accents', async () => {
  await using app = await createTestApp();
  await makeFolder(app, app.ada, 'Été – « l’équipe »');
  const response = await app.ada.basic(`/home/ada/${encodeURIComponent('Été – « l’équipe »')}.csv`);
  assert.equal(
    response.headers.get('Content-Disposition'),
    `attachment; filename="Ete _ _ l_equipe _.csv"; filename*=UTF-8''%C3%89t%C3%A9%20%E2%80%93%20%C2%AB%20l%E2%80%99%C3%A9quipe%20%C2%BB.csv`,
  );
});

test('the path names folders in folders; the owner is an address, what stands before the @, an id, or ~', async () => {
  await using app = await createTestApp();
  const top = await makeFolder(app, app.ada, 'Fournisseurs');
  await makeFolder(app, app.ada, 'Imprimeurs & Cie', ['Ali Ba'], top);
  for (const owner of ['ada@demo.example', 'ADA@Demo.Example', 'ada', app.ada.id, '~']) {
    for (const path of [
      'Fournisseurs/Imprimeurs%20%26%20Cie.csv',
      'fournisseurs/IMPRIMEURS%20%26%20cie',
      'Fournisseurs/Imprimeurs%20%26%20Cie/',
    ]) {
      const response = await app.ada.basic(`/home/${owner}/${path}`);
      assert.equal(response.status, 200, `${owner} ${path}`);
      assert.match(await response.text(), /Ali/u);
    }
  }
});

test('the download address that JMAP names works', async () => {
  await using app = await createTestApp();
  const top = await makeFolder(app, app.ada, 'Fournisseurs');
  const below = await makeFolder(app, app.ada, 'A & B ?', ['Ali Ba'], top);
  await shareWith(app, app.ada, below, { type: 'principal', email: app.ben.email });
  for (const person of [app.ada, app.ben]) {
    const { list } = await person.call('AddressBook/get', {
      accountId: app.ada.id,
      ids: [below],
      properties: ['downloadUrl'],
    });
    const url = new URL(list![0]!['downloadUrl'] as unknown as string);
    assert.equal((await person.basic(`${url.pathname}.csv`)).status, 200, url.href);
  }
});

test('a folder whose name ends like a file is found by its whole name', async () => {
  await using app = await createTestApp();
  await makeFolder(app, app.ada, 'liste.vcf', ['Ali Ba']);
  assert.match((await app.ada.basic('/home/ada/liste.vcf')).headers.get('Content-Type')!, /^text\/csv/u);
  assert.match((await app.ada.basic('/home/ada/liste.vcf.vcf')).headers.get('Content-Type')!, /^text\/vcard/u);
});

test('a sharee uses the same address, also while the invitation waits, and for a folder below one that is not shared', async () => {
  await using app = await createTestApp();
  const top = await makeFolder(app, app.ada, 'Fournisseurs');
  const below = await makeFolder(app, app.ada, 'Imprimeurs', ['Ali Ba'], top);
  await shareWith(app, app.ada, below, { type: 'principal', email: app.ben.email });
  assert.equal((await app.ben.basic('/home/ada/Fournisseurs/Imprimeurs.csv')).status, 200);
  assert.equal((await app.ben.basic(`/home/ada/${below}.csv`)).status, 200);
  assert.equal((await app.ben.basic('/home/ada/Fournisseurs.csv')).status, 404);
});

test('who may not read gets the same answer as for a folder or a person that does not exist', async () => {
  await using app = await createTestApp();
  const id = await makeFolder(app, app.ada, 'Presse', ['Ali Ba']);
  const answers = new Set<string>();
  for (const path of [
    '/home/ada/Presse',
    '/home/ada/Nothing',
    '/home/nobody/Presse',
    `/home/ben/${id}`,
    `/home/ada/${id}.csv`,
    '/home/ada',
    '/home/ada/',
    '/home/',
    '/home/%E0%A4/x',
  ]) {
    const response = await app.ben.basic(path);
    answers.add(`${response.status} ${await response.text()}`);
  }
  assert.equal(answers.size, 1);
  assert.match([...answers][0]!, /^404 /u);
});

test('a browser shows a page about it, the same for all of them', async () => {
  await using app = await createTestApp();
  await makeFolder(app, app.ada, 'Presse');
  const pages = new Set<string>();
  for (const path of ['/home/ada/Presse', '/home/nobody/x.csv']) {
    const response = await app.ben.fetch(path, { headers: { Accept: 'text/html', 'Accept-Language': 'fr' } });
    assert.equal(response.status, 404);
    pages.add((await response.text()).replace(/nonce="[^"]+"/u, ''));
  }
  assert.equal(pages.size, 1);
  assert.match([...pages][0]!, /Ce dossier est introuvable/u);
});

test('a share that ends, is revoked or has the role « Aucune » gives nothing', async () => {
  await using app = await createTestApp();
  const id = await makeFolder(app, app.ada, 'Presse', ['Ali Ba']);
  const status = async () => (await app.ben.basic('/home/ada/Presse.csv')).status;
  const grantee = { type: 'principal', email: app.ben.email } as const;
  const share = await shareWith(app, app.ada, id, grantee, { expiresAt: new Date(Date.now() + 60_000).toISOString() });
  assert.equal(await status(), 200);
  app.clock.advance(61_000);
  assert.equal(await status(), 404);
  await endShare(contextOf(app, app.ada), share, noMail);
  await shareWith(app, app.ada, id, grantee);
  assert.equal(await status(), 200);
  await shareWith(app, app.ada, id, grantee, { role: 'none' });
  assert.equal(await status(), 404);
});

test('a declined share gives nothing', async () => {
  await using app = await createTestApp();
  const id = await makeFolder(app, app.ada, 'Presse', ['Ali Ba']);
  await shareWith(app, app.ada, id, { type: 'principal', email: app.ben.email });
  await app.ben.call('ShareInvitation/set', { update: { [id]: { status: 'declined' } } });
  assert.equal((await app.ben.get('/home/ada/Presse.csv')).status, 404);
});

test('programs without a password are asked for one, people are led to the sign-in page', async () => {
  await using app = await createTestApp();
  const asProgram = await fetch(`${app.url}/home/ada/Presse.csv`, { redirect: 'manual' });
  assert.equal(asProgram.status, 401);
  assert.match(asProgram.headers.get('WWW-Authenticate')!, /^Basic realm=/u);
  const wrong = await fetch(`${app.url}/home/ada/Presse.csv`, {
    headers: { Authorization: basicHeader('ada@demo.example', 'wrong'), Accept: 'text/html' },
  });
  assert.equal(wrong.status, 401);
  const asBrowser = await fetch(`${app.url}/home/ada/A%20B.csv?separator=;`, {
    redirect: 'manual',
    headers: { Accept: 'text/html,*/*' },
  });
  assert.equal(asBrowser.status, 303);
  assert.equal(
    asBrowser.headers.get('Location'),
    `/sign-in?next=${encodeURIComponent('/home/ada/A%20B.csv?separator=;')}`,
  );
});

test('HEAD says what GET would, and nothing else than these two is understood', async () => {
  await using app = await createTestApp();
  await makeFolder(app, app.ada, 'Presse', ['Ali Ba']);
  const head = await app.ada.basic('/home/ada/Presse.csv', { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.match(head.headers.get('Content-Disposition')!, /Presse\.csv/u);
  assert.equal(await head.text(), '');
  assert.equal((await app.ada.basic('/home/ada/Presse.csv', { method: 'POST', body: 'x' })).status, 405);
});

test('a folder larger than a page arrives complete, in the order of the list, and harmless', async () => {
  await using app = await createTestApp();
  const id = await makeFolder(app, app.ada, 'Grand');
  const context = contextOf(app, app.ada);
  await transact(context, async (tx) => {
    for (let number = 0; number < 1101; number++) {
      await createCard(within(context, tx), id, {
        name: { full: '=1+1' },
        emails: { e: { address: `p${String(number % 550).padStart(4, '0')}.${number}@x.example` } },
      });
    }
  });
  const lines = (await (await app.ada.basic('/home/ada/Grand.csv')).text()).trimEnd().split('\r\n').slice(1);
  assert.equal(lines.length, 1101);
  assert.equal(new Set(lines).size, 1101);
  assert.ok(lines.every((line) => line.startsWith("'=1+1,")));
  const vcards = await (await app.ada.basic('/home/ada/Grand.vcf')).text();
  assert.equal(vcards.match(/^BEGIN:VCARD\r$/gmu)?.length, 1101);
});

test('what is in the trash is not in the file', async () => {
  await using app = await createTestApp();
  const id = await makeFolder(app, app.ada, 'Presse', ['Ali Ba', 'Bo Xu']);
  const { list } = await app.ada.call('ContactCard/get', { ids: null, properties: ['id', 'name'] });
  await app.ada.call('ContactCard/set', { destroy: [list![0]!['id']] });
  assert.equal((await (await app.ada.basic('/home/ada/Presse.vcf')).text()).match(/BEGIN:VCARD/gu)?.length, 1);
  await app.ada.call('AddressBook/set', { destroy: [id], onDestroyRemoveContents: true });
  assert.equal((await app.ada.basic('/home/ada/Presse.vcf')).status, 404);
});
