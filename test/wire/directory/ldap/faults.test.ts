import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Directory } from '../../../../src/core/directory/directory.ts';
import { AppError } from '../../../../src/errors.ts';
import { addPerson, passwordOf } from '../../../kit/ldap/people.ts';
import { startProxy } from '../../../kit/ldap/proxy.ts';
import { ldapSettings, openDirectory, openScene } from '../../../kit/ldap/scene.ts';
import { startSlapd } from '../../../kit/ldap/slapd.ts';
import { selfSigned } from '../../../kit/selfSigned.ts';

/** A slapd with people in it. */
async function open(uids: readonly string[], options: Parameters<typeof startSlapd>[0] = {}) {
  const slapd = await startSlapd(options);
  await slapd.asAdmin(async (client) => {
    for (const uid of uids) await addPerson(client, uid);
  });
  return slapd;
}

async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

async function idsOf(directory: Directory): Promise<string[]> {
  return (await collect(directory.allIds())).flat();
}

/** The question fails as it should when the directory cannot be asked, and never with an empty answer. */
async function assertUnavailable(question: Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(question, (error) => {
    assert.ok(error instanceof AppError, String(error));
    assert.equal(error.kind, 'unavailable');
    assert.match(error.message, message);
    return true;
  });
}

test('slapd stopped and started again in mid-use: nobody is lost, nothing is asked as nobody, sessions go on', async () => {
  await using scene = await openScene((client) => addPerson(client, 'dora'));
  const dora = await scene.signedIn('dora');
  const id = (await idsOf(scene.directory))[0]!;
  assert.equal((await scene.directory.lookUp([id])).length, 1);
  await scene.slapd.stop();
  await assertUnavailable(scene.directory.lookUp([id]), /nothing listens there|broke the connection off/u);
  await assertUnavailable(scene.directory.authenticate('dora', passwordOf('dora')), /./u);
  await assert.rejects(scene.sync());
  assert.equal((await dora.get('/jmap/session')).status, 200);
  assert.equal((await scene.basic('dora', passwordOf('dora'))).status, 200, 'it is remembered');
  for (const path of ['/dav/', '/jmap/session', `/home/dora@demo.example/Contacts.csv`]) {
    const response = await scene.basic('dora', 'another password', path);
    assert.equal(response.status, 503, path);
    assert.equal(response.headers.get('WWW-Authenticate'), null, path);
    assert.ok(Number(response.headers.get('Retry-After')) > 0, path);
  }
  assert.ok((await dora.call('Suggestion/query', { text: 'ada' }))['directoryDownSince']);
  await scene.slapd.start();
  // Whoever comes back as nobody may read nothing here: the list would be empty.
  assert.equal((await scene.directory.lookUp([id])).length, 1);
  await scene.sync();
  assert.equal((await dora.call('Suggestion/query', { text: 'ada' }))['directoryDownSince'], null);
  assert.equal((await dora.get('/jmap/session')).status, 200);
});

test('a server that is slow or silent is given up after a time, and asked over a new connection after that', async () => {
  await using slapd = await open(['dora']);
  await using proxy = await startProxy(slapd.port);
  const directory = openDirectory(
    ldapSettings(proxy.url, { COTERIE_LDAP_SECONDS: '1', COTERIE_LDAP_CONNECT_SECONDS: '1' }),
  );
  const [id] = await idsOf(directory);
  proxy.milliseconds = 100;
  assert.equal((await directory.lookUp([id!])).length, 1, 'slow is not down');
  proxy.milliseconds = Infinity;
  const started = performance.now();
  await assertUnavailable(directory.lookUp([id!]), /timed out/u);
  await assertUnavailable(idsOf(directory), /timed out|No answer/u);
  assert.ok(performance.now() - started < 10_000);
  proxy.milliseconds = 0;
  assert.equal((await directory.lookUp([id!])).length, 1);
  await directory.close();
});

test('closing ends a question under way', async () => {
  await using slapd = await open(['dora']);
  await using proxy = await startProxy(slapd.port);
  const directory = openDirectory(ldapSettings(proxy.url));
  await idsOf(directory);
  proxy.milliseconds = Infinity;
  const question = assertUnavailable(directory.lookUp(['00000000-0000-0000-0000-000000000000']), /./u);
  const reading = assertUnavailable(idsOf(directory), /./u);
  while (proxy.connections < 3) await new Promise((resolve) => setTimeout(resolve, 10));
  await directory.close();
  await Promise.all([question, reading]);
});

test('with two servers the other one answers when the first is gone, also in the middle of a connection', async () => {
  await using slapd = await open(['dora', 'emil']);
  await using first = await startProxy(slapd.port);
  await using second = await startProxy(slapd.port);
  const directory = openDirectory(ldapSettings(`${first.url} ${second.url}`));
  const ids = await idsOf(directory);
  assert.equal((await directory.lookUp(ids)).length, 2);
  assert.equal(second.connections, 0);
  await first.close();
  assert.equal((await directory.lookUp(ids)).length, 2);
  assert.equal((await idsOf(directory)).length, 2);
  assert.ok(await directory.authenticate('dora', passwordOf('dora')));
  assert.ok(second.connections > 0);
  await second.close();
  await assertUnavailable(directory.lookUp(ids), /nothing listens there.*; .*nothing listens there/u);
  await directory.close();
});

test('a part of a list is never taken for the whole', async () => {
  const uids = Array.from({ length: 8 }, (_, index) => `p${index}`);
  await using slapd = await open(uids);
  const directory = openDirectory(ldapSettings(slapd.url, { COTERIE_LDAP_PAGE_SIZE: '3' }));
  const ids = await idsOf(directory);
  assert.equal(ids.length, 8);
  await directory.close();
  await slapd.stop();
  slapd.configure('sizelimit size.soft=5 size.hard=5 size.prtotal=5');
  await slapd.start();
  const limited = openDirectory(ldapSettings(slapd.url, { COTERIE_LDAP_PAGE_SIZE: '3' }));
  await assertUnavailable(idsOf(limited), /size limit/u);
  await assertUnavailable(collect(limited.changesSince(null)), /size limit/u);
  await assertUnavailable(limited.lookUp(ids), /size limit/u);
  assert.equal((await limited.lookUp(ids.slice(0, 4))).length, 4);
  await limited.close();
});

test('a certificate that nobody vouches for, or for another name, is not trusted; with its own file it is', async () => {
  await using slapd = await open(['dora'], { certificate: selfSigned() });
  await using elsewhere = await startProxy(slapd.port, '127.0.0.2');
  const folder = mkdtempSync(join(tmpdir(), 'coterie-ca-'));
  try {
    for (const [name, certificate] of [
      ['ours', slapd.certificate!],
      ['other', selfSigned()],
    ] as const)
      writeFileSync(join(folder, `${name}.pem`), certificate.cert);
    const ask = async (url: string, settings: Record<string, string>) => {
      const directory = openDirectory(ldapSettings(url, settings));
      try {
        return (await idsOf(directory)).length;
      } finally {
        await directory.close();
      }
    };
    const ours = { COTERIE_LDAP_CA_FILE: join(folder, 'ours.pem') };
    const other = { COTERIE_LDAP_CA_FILE: join(folder, 'other.pem') };
    const required = { COTERIE_LDAP_TLS: 'required' };
    const untrusted = /is not trusted: see COTERIE_LDAP_CA_FILE/u;
    await assertUnavailable(ask(slapd.secureUrl, {}), untrusted);
    await assertUnavailable(ask(slapd.secureUrl, other), untrusted);
    assert.equal(await ask(slapd.secureUrl, ours), 1);
    assert.equal(await ask(slapd.secureUrl.replace('127.0.0.1', 'localhost'), ours), 1);
    await assertUnavailable(ask(slapd.url, required), untrusted);
    await assertUnavailable(ask(slapd.url, { ...required, ...other }), untrusted);
    assert.equal(await ask(slapd.url, { ...required, ...ours }), 1);
    await assertUnavailable(
      ask(elsewhere.url, { ...required, ...ours }),
      /certificate of the server is for other names/u,
    );
    assert.equal(await ask(slapd.url, { COTERIE_LDAP_TLS: 'off' }), 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a password goes over an encrypted connection or not at all', async () => {
  await using slapd = await open(['dora']);
  const directory = openDirectory(ldapSettings(slapd.url, { COTERIE_LDAP_TLS: 'required' }));
  await assertUnavailable(directory.authenticate('dora', passwordOf('dora')), /./u);
  await directory.close();
});

test('a wrong sign-in of Coterie itself is said, and nobody is told that their password is wrong', async () => {
  await using slapd = await open(['dora']);
  const directory = openDirectory(ldapSettings(slapd.url, { COTERIE_LDAP_BIND_PASSWORD: 'wrong' }));
  await assertUnavailable(directory.authenticate('dora', passwordOf('dora')), /check COTERIE_LDAP_BIND_DN/u);
  const elsewhere = openDirectory(ldapSettings(slapd.url, { COTERIE_LDAP_BASE: 'ou=nowhere,dc=demo,dc=example' }));
  await assertUnavailable(idsOf(elsewhere), /check COTERIE_LDAP_BASE/u);
  await directory.close();
  await elsewhere.close();
});
