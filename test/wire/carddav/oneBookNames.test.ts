import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childOf, textOf } from '../../../src/lib/xml/xmlElement.ts';
import { folder, shareAccepted } from '../../kit/calls.ts';
import { C, conditionsOf, contactsOf, D, dav, homeOf, plainCard, propfind, put, report } from '../../kit/dav.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const oneOf = ({ id }: Person) => `/dav/one/${id}/all/`;

async function listed(person: Person): Promise<string[]> {
  const { responses } = await propfind(person, oneOf(person), 1, [D('getetag')]);
  return responses.slice(1).map(({ href }) => href);
}

/** Names that programs may give, some of them looking like « folder, then name ». */
const likeIds = [
  'f3a91c0d7be24f6a8c1d2e3b.vcf',
  'f3a91c0d7be24f6a.vcf',
  'f3a91c0d7be24f6a8c1d2.vcf',
  'f3a91c0d7be24f6a8c1d2.f.vcf',
  'fwxyz00d7be24f6a8c1d2.vcf',
  'f3a91c0d7be24f6a8c1d2',
];

test('every address that the one book lists is read, changed and deleted there, whatever the card is called', async () => {
  await using app = await createTestApp();
  const contacts = await contactsOf(app.ben);
  for (const name of likeIds) await put(app.ben, `${contacts}${name}`, plainCard(name));
  const hrefs = await listed(app.ben);
  assert.equal(hrefs.length, likeIds.length);
  const asked = `<D:prop><C:address-data/></D:prop>${hrefs.map((href) => `<D:href>${href}</D:href>`).join('')}`;
  const got = (await report(app.ben, oneOf(app.ben), 'C:addressbook-multiget', asked)).responses;
  assert.deepEqual(got.map(({ href, found }) => found.has(C('address-data')) && href).toSorted(), hrefs.toSorted());
  for (const href of hrefs) {
    const { status, text, headers } = await dav(app.ben, 'GET', href);
    assert.equal(status, 200, href);
    const body = text.replace('END:VCARD', 'NOTE:neu\r\nEND:VCARD');
    assert.equal((await put(app.ben, href, body, { 'If-Match': headers.get('etag')! })).status, 204, href);
  }
  assert.deepEqual(await listed(app.ben), hrefs);
  for (const name of likeIds) assert.match((await dav(app.ben, 'GET', `${contacts}${name}`)).text, /NOTE:neu/u);
  for (const href of hrefs) assert.equal((await dav(app.ben, 'DELETE', href)).status, 204, href);
  assert.deepEqual(await listed(app.ben), []);
});

test('a card that a program adds to the one book is listed under the name that it gave', async () => {
  await using app = await createTestApp();
  const names = ['8F0A2C4E-1B3D-4F5A-9C7E-2D4B6A8C0E1F.vcf', 'f3a91c0d7be24f6a8c1d2e3b.vcf', 'é @:,.vcf'];
  for (const name of names)
    assert.equal((await put(app.ben, `${oneOf(app.ben)}${encodeURIComponent(name)}`, plainCard(name))).status, 201);
  const told = (await listed(app.ben)).map((href) => decodeURIComponent(href.slice(oneOf(app.ben).length)));
  assert.deepEqual(told.toSorted(), names.toSorted());
});

test('a card of the one book is renamed, moved and copied to addresses in it', async () => {
  await using app = await createTestApp();
  const one = oneOf(app.ben);
  const bookId = await folder(app.ada, 'Presse');
  await shareAccepted(app.ada, bookId, app.ben, 'manager');
  await put(app.ben, `${one}a.vcf`, plainCard('a'));
  const send = async (method: string, from: string, to: string) =>
    (await dav(app.ben, method, `${one}${from}`, { headers: { Destination: to } })).status;
  assert.equal(await send('MOVE', 'a.vcf', `${one}b.vcf`), 201);
  assert.equal(await send('COPY', 'b.vcf', `${one}${bookId}.b.vcf`), 201);
  assert.equal((await dav(app.ada, 'GET', `${homeOf(app.ada)}${bookId}/b.vcf`)).status, 200);
  assert.equal((await dav(app.ben, 'DELETE', `${one}${bookId}.b.vcf`)).status, 204);
  assert.equal(await send('MOVE', 'b.vcf', `${one}${bookId}.c.vcf`), 201);
  assert.deepEqual(await listed(app.ben), [`${one}${bookId}.c.vcf`]);
  assert.equal(await send('MOVE', `${bookId}.c.vcf`, `${one}${'x'.repeat(256)}`), 403);
  const nowhere = `${one}f3a91c0d7be24f6a8c1d2.c.vcf`;
  assert.equal(await send('MOVE', `${bookId}.c.vcf`, nowhere), 409);
  // Under whichever of its addresses, it is the card itself.
  assert.equal(await send('MOVE', `${bookId}.c.vcf`, `${homeOf(app.ben)}${bookId}/c.vcf`), 403);
  assert.equal((await dav(app.ben, 'GET', `${one}${bookId}.c.vcf`)).status, 200);
  assert.equal(await send('MOVE', `${bookId}.c.vcf`, `/dav/one/${app.ada.id}/all/c.vcf`), 409);
});

test('what is said of the one book names addresses in it', async () => {
  await using app = await createTestApp();
  const one = oneOf(app.ben);
  const bookId = await folder(app.ada, 'Presse');
  await shareAccepted(app.ada, bookId, app.ben, 'viewer');
  await put(app.ada, `${homeOf(app.ada)}${bookId}/a.vcf`, plainCard('a'));
  await put(app.ben, `${one}b.vcf`, plainCard('b'));
  const card = `${one}${bookId}.a.vcf`;
  const refused = async (method: string, path: string, body?: string) => {
    const reply = await dav(app.ben, method, path, body === undefined ? {} : { body });
    assert.equal(reply.status, 403);
    return /<D:href>([^<]*)<\/D:href>/u.exec(reply.text)?.[1];
  };
  assert.equal(await refused('PUT', card, plainCard('a', 'NOTE:x')), card);
  assert.equal(await refused('PUT', `${one}${bookId}.new.vcf`, plainCard('new')), one);
  assert.equal(await refused('DELETE', card), one);
  assert.equal(await refused('PUT', `${one}again.vcf`, plainCard('b')), `${one}b.vcf`);
  const data = '<D:prop><C:address-data/></D:prop>';
  for (const [root, asked] of [
    ['C:addressbook-query', data],
    ['C:addressbook-multiget', `${data}<D:href>${card}</D:href>`],
  ] as const) {
    const { responses } = await report(app.ben, card, root, asked);
    assert.deepEqual(
      responses.map(({ href, found }) => [href, found.has(C('address-data'))]),
      [[card, true]],
    );
  }
});

test('a Mac that changes a card of a folder which it has lost is told that the card has gone', async () => {
  await using app = await createTestApp();
  const bookId = await folder(app.ada, 'Presse');
  await shareAccepted(app.ada, bookId, app.ben, 'manager');
  await put(app.ada, `${homeOf(app.ada)}${bookId}/a.vcf`, plainCard('a'));
  const card = `${oneOf(app.ben)}${bookId}.a.vcf`;
  const tag = (await dav(app.ben, 'GET', card)).headers.get('etag')!;
  const share = (await app.ada.call('Share/get'))['list']![0]!['id']!;
  await app.ada.call('Share/set', { destroy: [share] });
  const changed = { body: plainCard('a', 'NOTE:x'), headers: { 'If-Match': tag } };
  assert.equal((await dav(app.ben, 'PUT', card, changed)).status, 412);
  assert.deepEqual(await listed(app.ben), []);
});

test('where the default folder is kept from devices, the one book takes no new cards, and says so', async () => {
  await using app = await createTestApp();
  const one = oneOf(app.ben);
  const [bookId, defaultId] = [await folder(app.ben, 'Vereine'), (await contactsOf(app.ben)).split('/').at(-2)!];
  await put(app.ben, `${homeOf(app.ben)}${bookId}/v.vcf`, plainCard('v'));
  await app.ben.call('AddressBook/set', { update: { [defaultId]: { offerToDevices: false } } });
  const privileges = async () =>
    (await propfind(app.ben, one, 0, [D('current-user-privilege-set')])).responses[0]!.found.get(
      D('current-user-privilege-set'),
    )!;
  const has = async (name: string) => {
    const set = await privileges();
    return set.children.some((child) => typeof child === 'object' && childOf(child, D(name)) !== undefined);
  };
  assert.deepEqual(
    [await has('read'), await has('bind'), await has('write'), await has('write-content'), await has('unbind')],
    [true, false, false, true, true],
  );
  const reply = await dav(app.ben, 'PUT', `${one}new.vcf`, { body: plainCard('new') });
  assert.equal(reply.status, 403);
  assert.deepEqual(conditionsOf(reply), [D('need-privileges')]);
  const resource = childOf(childOf(reply.root!, D('need-privileges'))!, D('resource'))!;
  assert.equal(textOf(childOf(resource, D('href'))!), one);
  assert.ok(childOf(childOf(resource, D('privilege'))!, D('bind')));
  assert.equal((await put(app.ben, `${one}${bookId}.v.vcf`, plainCard('v', 'NOTE:x'))).status, 204);
  assert.equal((await dav(app.ben, 'DELETE', `${one}${bookId}.v.vcf`)).status, 204);
  await app.ben.call('AddressBook/set', { update: { [defaultId]: { offerToDevices: true } } });
  assert.ok(await has('bind'));
  assert.equal((await put(app.ben, `${one}new.vcf`, plainCard('new'))).status, 201);
});
