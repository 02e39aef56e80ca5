import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { processorSeconds } from '../test/kit/cost.ts';
import { ConfigError, describeSettings, readConfig } from './config.ts';

test('without any setting the defaults hold', () => {
  const config = readConfig({ PATH: '/bin', COTERIE_PORT: '' });
  assert.equal(config.port, 8080);
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.data, './data');
  assert.equal(config.demo, 'auto');
  assert.equal(config.url, null);
  assert.equal(config.chosen.size, 0);
});

const refusals: [string, string, RegExp][] = [
  ['COTERIE_PROT', '80', /There is no setting COTERIE_PROT \(in the environment\)\. Did you mean COTERIE_PORT\?/u],
  ['COTERIE_SOMETHING_ELSE_ALTOGETHER', '1', /There is no setting .*Remove it/u],
  ['COTERIE_PORT', 'eighty', /COTERIE_PORT must be a whole number from 0 to 65535, not "eighty"/u],
  ['COTERIE_PORT', '70000', /from 0 to 65535/u],
  ['COTERIE_HOST', '127.0.0.1:80', /without a port/u],
  ['COTERIE_URL', 'contacts.example.org', /must be an address such as https:/u],
  ['COTERIE_URL', 'https://contacts.example.org/contacts', /without a path/u],
  ['COTERIE_DEMO', 'yes', /COTERIE_DEMO must be auto, on or off, not "yes"/u],
  ['COTERIE_MAIL_FROM', 'nobody', /COTERIE_MAIL_FROM must be an address/u],
  ['COTERIE_CONFIG', '/nowhere/at/all', /which cannot be read/u],
];

for (const [name, value, message] of refusals) {
  test(`${name}=${value} stops the start with a sentence`, () => {
    assert.throws(
      () => readConfig({ [name]: value }),
      (error) => error instanceof ConfigError && message.test(error.message),
    );
  });
}

test('an attribute that is spelled wrong is refused at once, however long it is', async () => {
  const value = `department=${'extensionAttribute'.repeat(20)}_`;
  const read = () => readConfig({ COTERIE_LDAP_ATTRIBUTES: value });
  const refused = () => assert.throws(read, /must be of the form department=ou,departmentNumber/u);
  assert.ok((await processorSeconds(refused)) < 1);
});

test('a wrong mail server is refused without repeating the password in it', () => {
  const environment = { COTERIE_SMTP_URL: 'http://user:hush@mail.example.org' };
  assert.throws(
    () => readConfig(environment),
    (error: Error) => /smtps:/u.test(error.message) && !error.message.includes('hush'),
  );
});

test('the address loses its last slash', () => {
  assert.equal(readConfig({ COTERIE_URL: 'https://contacts.example.org/' }).url, 'https://contacts.example.org');
});

test('a file gives settings, and the environment wins over it', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-'));
  context.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'coterie.conf');
  await writeFile(file, '# ours\n\nCOTERIE_PORT = 9000\nCOTERIE_ORGANISATION="Demo University"\n');
  const config = readConfig({ COTERIE_CONFIG: file, COTERIE_PORT: '9001' });
  assert.equal(config.port, 9001);
  assert.equal(config.organisation, 'Demo University');
  assert.ok(config.chosen.has('COTERIE_ORGANISATION'));
  await writeFile(file, 'COTERIE_PORT=9000\nCOTERIE_HOTS=::1\n');
  assert.throws(
    () => readConfig({ COTERIE_CONFIG: file }),
    /COTERIE_HOTS \(in line 2 of .*\)\. Did you mean COTERIE_HOST\?/u,
  );
  await writeFile(file, 'port 9000\n');
  assert.throws(() => readConfig({ COTERIE_CONFIG: file }), /Line 1 of .* is not of the form NAME=value/u);
});

test('docs/config.md is what the table of settings says', async () => {
  const page = await readFile(new URL('../docs/config.md', import.meta.url), 'utf8');
  assert.equal(
    page,
    describeSettings(),
    'Write it anew: node -e "import(\'./src/config.ts\').then((config) => process.stdout.write(config.describeSettings()))" > docs/config.md',
  );
});
