import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setPassword } from '../../../src/core/auth/setPassword.ts';
import { basicHeader } from '../../kit/person.ts';
import { openTestDatabase } from '../../kit/testDatabase.ts';
import { createTestApp, cheapPassword } from '../../kit/world.ts';

test('a program that signed in a moment ago is let in no more once its password is another', async () => {
  await using app = await createTestApp();
  const { ada, world } = app;
  const status = async () => (await ada.basic('/dav/', { method: 'PROPFIND' })).status;
  assert.deepEqual([await status(), await status()], [207, 207]);
  await setPassword(world, ada.id, 'another password', cheapPassword);
  assert.equal(await status(), 401);
});

test('nor once an administrator has locked the person out, from the terminal', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coterie-test-'));
  {
    await using app = await createTestApp({ folder });
    const { ada } = app;
    const status = async () => (await ada.basic('/dav/', { method: 'PROPFIND' })).status;
    assert.deepEqual([await status(), await status()], [207, 207]);
    const terminal = await openTestDatabase(folder);
    await terminal.transaction((tx) =>
      tx.run(tx.build.updateTable('principal').set({ is_active: 0 }).where('id', '=', ada.id)),
    );
    await terminal.close();
    assert.equal(await status(), 401);
  }
  await rm(folder, { recursive: true });
});

test('a program that signed in a moment ago tells those who guess beside it nothing while they must wait', async () => {
  await using app = await createTestApp();
  const { ada, url } = app;
  const status = async (password: string) =>
    (
      await fetch(`${url}/dav/`, {
        method: 'PROPFIND',
        headers: { Authorization: basicHeader(ada.email, password) },
      })
    ).status;
  assert.deepEqual([await status(ada.password), await status(ada.password)], [207, 207]);
  for (let guess = 0; guess < 6; guess++) assert.equal(await status(`guess ${guess}`), 401);
  assert.deepEqual([await status('guess'), await status(ada.password)], [429, 429]);
});

test('a program sees at once what a person chooses that it was told a moment ago', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const name = async () => {
    const headers = { 'User-Agent': 'macOS/14 AddressBookCore/2500', Depth: '1' };
    return (await ada.basic(`/dav/one/${ada.id}/`, { method: 'PROPFIND', headers })).text();
  };
  assert.match(await name(), /Tous les contacts/u);
  await ada.call('Preferences/set', { update: { singleton: { language: 'en' } } });
  assert.match(await name(), /All contacts/u);
});
