import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setPersonActive } from '../../../src/core/principal/setPersonActive.ts';
import { updatePrincipal } from '../../../src/core/principal/updatePrincipal.ts';
import { card, create, folder, get, shareAccepted, update } from '../../kit/calls.ts';
import { booksOf, dav, homeOf, plainCard, put, said, sync, tokenOf } from '../../kit/dav.ts';
import { createClient } from '../../kit/person.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

async function handOver(from: Person, addressBookId: string, to: Person, keptRole = 'none'): Promise<void> {
  const id = await create(from, 'FolderHandover', { addressBookId, toId: to.id, keptRole });
  await update(to, 'FolderHandover', id, { status: 'accepted' });
}

test('devices of all go on with a folder that has a new owner, at the same addresses, with the tokens that they had', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe } = app;
  // Ben's log is shorter than Ada's, and will be longer: no number of one is ever taken for one of the other.
  const other = await folder(ada, 'Autre');
  for (let count = 0; count < 30; count++) await card(ada, other, `Autre ${count}`);
  const made = await dav(ada, 'MKCOL', `${homeOf(ada)}presse/`, {
    body: '<?xml version="1.0"?><D:mkcol xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:set><D:prop><D:resourcetype><D:collection/><C:addressbook/></D:resourcetype><D:displayname>Presse</D:displayname></D:prop></D:set></D:mkcol>',
  });
  assert.equal(made.status, 201);
  const path = `${homeOf(ada)}presse/`;
  await put(ada, `${path}jean.vcf`, plainCard('jean'));
  await put(ada, `${path}marie.vcf`, plainCard('marie'));
  const books = (await ada.call('AddressBook/get'))['list']!;
  const press = String([...books].find((book) => book['name'] === 'Presse')!['id']);
  await shareAccepted(ada, press, chloe, 'manager');
  const hers = `${homeOf(chloe)}${press}/`;
  const tokens = { ada: tokenOf(await sync(ada, path, '')), chloe: tokenOf(await sync(chloe, hers, '')) };
  const homes = {
    ada: tokenOf(await sync(ada, homeOf(ada), '')),
    ben: tokenOf(await sync(ben, homeOf(ben), '')),
  };
  await put(ada, `${path}marie.vcf`, plainCard('marie', 'NOTE:Avant'));
  await dav(ada, 'DELETE', `${path}jean.vcf`);
  await handOver(ada, press, ben, 'manager');

  assert.deepEqual(said(await sync(ben, homeOf(ben), homes.ben)), { [press]: 'there' });
  const afterwards = await sync(chloe, hers, tokens.chloe);
  assert.deepEqual(said(afterwards), { 'jean.vcf': '404', 'marie.vcf': 'there' });
  assert.deepEqual(said(await sync(ada, path, tokens.ada)), { 'jean.vcf': '404', 'marie.vcf': 'there' });
  const home = await sync(ada, homeOf(ada), homes.ada);
  assert.deepEqual(said(home), { presse: 'there' }, 'the same folder, with another owner');
  assert.equal((await dav(ada, 'GET', `${path}marie.vcf`)).status, 200);
  await put(ben, `${homeOf(ben)}${press}/paul.vcf`, plainCard('paul'));
  assert.deepEqual(said(await sync(chloe, hers, tokenOf(afterwards))), { 'paul.vcf': 'there' });
  // However much Ben does afterwards, a device that was away hears of all of it.
  await dav(ben, 'DELETE', `${homeOf(ben)}${press}/marie.vcf`);
  const own = await folder(ben, 'À moi');
  for (let count = 0; count < 40; count++) await card(ben, own, `À moi ${count}`);
  await put(ben, `${homeOf(ben)}${press}/zoe.vcf`, plainCard('zoe'));
  assert.deepEqual(said(await sync(chloe, hers, tokens.chloe)), {
    'jean.vcf': '404',
    'marie.vcf': '404',
    'paul.vcf': 'there',
    'zoe.vcf': 'there',
  });
  assert.deepEqual(app.faults, []);
});

test('who keeps nothing has the folder no more on their devices', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const press = await folder(ada, 'Presse');
  await card(ada, press, 'Jean');
  const token = tokenOf(await sync(ada, homeOf(ada), ''));
  await handOver(ada, press, ben);
  assert.deepEqual(said(await sync(ada, homeOf(ada), token)), { [press]: '404' });
  assert.equal((await dav(ada, 'PROPFIND', `${homeOf(ada)}${press}/`)).status, 404);
  assert.ok((await booksOf(ben)).has('Presse'));
});

test('a folder stays as it is when a sharee gets another name and address, is kept out, and is let in again: C247', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const bookId = await folder(ada, 'Presse');
  const shareId = await shareAccepted(ada, bookId, app.ben, 'manager');
  const [mine, theirs] = [`${homeOf(ada)}${bookId}/`, `${homeOf(app.ben)}${bookId}/`];
  await put(ada, `${mine}a.vcf`, plainCard('a'));
  await put(app.ben, `${theirs}b.vcf`, plainCard('b'));
  const tokens = [tokenOf(await sync(ada, mine, '')), tokenOf(await sync(app.ben, theirs, ''))] as const;
  const email = 'benoit@demo.example';
  await updatePrincipal(app.world, app.ben.id, { name: 'Benoît Démo', email });
  const ben = createClient(app.url, { ...app.ben, email });
  const expectAllFor = async (person: Person, path: string, token: string) => {
    for (const name of ['a', 'b']) assert.equal((await dav(person, 'GET', `${path}${name}.vcf`)).text, plainCard(name));
    assert.deepEqual(said(await sync(person, path, token)), {});
  };
  await expectAllFor(ada, mine, tokens[0]);
  await expectAllFor(ben, theirs, tokens[1]);
  await setPersonActive(app.world, ben.id, false);
  assert.equal((await dav(ben, 'GET', `${theirs}a.vcf`)).status, 401);
  await expectAllFor(ada, mine, tokens[0]);
  await setPersonActive(app.world, ben.id, true);
  await expectAllFor(ben, theirs, tokens[1]);
  assert.equal((await get(ada, 'Share', shareId))!['role'], 'manager');
});
