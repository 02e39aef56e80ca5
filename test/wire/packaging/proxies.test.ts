/** The examples of `packaging/proxy`, each in front of the program, as people and their devices come through it. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { setDefaultCACertificates } from 'node:tls';
import { WebSocket } from 'ws';
import { folder, items, upload } from '../../kit/calls.ts';
import { freePort } from '../../kit/daemon.ts';
import { contactsOf, D, dav, plainCard, propfind, put } from '../../kit/dav.ts';
import { createClient, postJson } from '../../kit/person.ts';
import type { Person } from '../../kit/person.ts';
import { selfSigned } from '../../kit/selfSigned.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';
import { proxies, startProxy } from './proxies.ts';
import type { Ports } from './proxies.ts';

const certificate = selfSigned();
setDefaultCACertificates([certificate.cert]);

for (const proxy of proxies) suite(`behind ${proxy.name}`, () => tryBehind(proxy));

function tryBehind(proxy: (typeof proxies)[number]): void {
  let app: TestApp;
  let running: AsyncDisposable;
  let ports: Ports;
  let url: string;
  let ada: Person;

  before(async () => {
    const https = await freePort();
    url = `https://localhost:${https}`;
    app = await createTestApp({ publicUrl: url, environment: { COTERIE_TRUSTED_PROXY: 'on' } });
    ports = { https, http: await freePort(), coterie: Number(new URL(app.url).port) };
    running = await startProxy(proxy, ports, certificate);
    ada = createClient(url, app.ada);
    assert.equal((await ada.signIn()).status, 204);
  });
  after(async () => {
    await running?.[Symbol.asyncDispose]();
    await app.close();
  });

  test('who begins with http:// is sent to https:// with the same method', async () => {
    const reply = await fetch(`http://localhost:${ports.http}/.well-known/carddav?a=b`, {
      method: 'PROPFIND',
      redirect: 'manual',
    });
    assert.equal(reply.status, 308);
    // Caddy takes its port for one that is 443 outside.
    assert.match(reply.headers.get('location') ?? '', /^https:\/\/localhost(:\d+)?\/\.well-known\/carddav\?a=b$/u);
  });

  test('a browser signs in and works through JMAP', async () => {
    const cookies = (await ada.signIn()).headers.getSetCookie();
    assert.ok(cookies.length > 0 && cookies.every((cookie) => /; Secure/u.test(cookie)), cookies.join());
    const id = await folder(ada, `Dossier derrière ${proxy.name}`);
    const [found] = items((await ada.call('AddressBook/get', { ids: [id] })).list);
    assert.equal(found?.name, `Dossier derrière ${proxy.name}`);
  });

  test('a device keeps the names that it chose, encoded as it chose', async () => {
    const book = await contactsOf(ada);
    const name = 'a%2Fb%20c%C3%A9.vcf';
    assert.equal((await put(ada, book + name, plainCard('chosen'))).status, 201);
    const hrefs = (await propfind(ada, book, 1, [D('getetag')])).responses.map(({ href }) => href);
    assert.ok(hrefs.includes(book + name), hrefs.join(' '));
    const moved = await dav(ada, 'MOVE', book + name, { headers: { Destination: `${url}${book}moved%2Fto.vcf` } });
    assert.equal(moved.status, 201);
    assert.equal((await dav(ada, 'GET', `${book}moved%2Fto.vcf`)).text, plainCard('chosen'));
  });

  test('an event stream says at once what changed', async () => {
    const stream = await ada.fetch('/jmap/eventsource?types=*&closeafter=no&ping=0');
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    // The first words come before anything changed: nobody keeps them back until there are more.
    assert.match((await reader.read()).value ?? '', /^: coterie/u);
    await folder(ada, 'Dossier que le flux annonce');
    let heard = '';
    while (!heard.includes('AddressBook')) {
      const { value, done } = await reader.read();
      assert.equal(done, false, heard);
      heard += value;
    }
    await reader.cancel();
  });

  test('a WebSocket opens and answers', async () => {
    const socket = new WebSocket(`${url.replace('https', 'wss')}/jmap/ws`, ['jmap'], {
      headers: { Cookie: ada.cookie, Origin: url },
      ca: certificate.cert,
    });
    const answer = await new Promise<string>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('message', (data: Buffer) => resolve(data.toString()));
      socket.on('open', () => {
        const methodCalls = [['Core/echo', { hello: 'proxy' }, 'a']];
        socket.send(JSON.stringify({ '@type': 'Request', using: ['urn:ietf:params:jmap:core'], methodCalls }));
      });
    });
    assert.deepEqual(JSON.parse(answer).methodResponses, [['Core/echo', { hello: 'proxy' }, 'a']]);
    socket.close();
  });

  test('a file as large as Coterie takes comes through, and a larger one is refused by Coterie itself', async () => {
    assert.notEqual(await upload(ada, new Uint8Array(50_000_000), 'application/octet-stream'), '');
    const reply = await ada.fetch(`/jmap/upload/${ada.id}`, { method: 'POST', body: new Uint8Array(50_000_001) });
    assert.equal(reply.status, 413);
    assert.match(reply.headers.get('content-type') ?? '', /json/u);
  });

  test('who guesses passwords is made to wait, whatever addresses they claim to come from', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 8; i++) {
      const headers = { 'X-Forwarded-For': `198.51.${i}.1` };
      const reply = await fetch(
        `${url}/site/sign-in`,
        postJson({ email: app.chloe.email, password: `guess ${i}` }, headers),
      );
      statuses.push(reply.status);
    }
    assert.equal(statuses.at(-1), 429, statuses.join());
  });
}
