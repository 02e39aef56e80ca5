import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elementsOf, textOf } from '../../../src/lib/xml/xmlElement.ts';
import { create, folder, shareAccepted, update } from '../../kit/calls.ts';
import { conditionsOf, CS, contactsOf, D, dav, homeOf, plainCard, propfind, put } from '../../kit/dav.ts';
import { makeDevice } from '../../kit/device.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const oneOf = ({ id }: Person) => `/dav/one/${id}/all/`;
const privilegeSet = D('current-user-privilege-set');

async function told(person: Person): Promise<{ privileges: string[]; title: string; tag: string }> {
  const asked = [privilegeSet, D('displayname'), CS('getctag')];
  const { found } = (await propfind(person, oneOf(person), 0, asked)).responses[0]!;
  const privileges = elementsOf(found.get(privilegeSet)!).flatMap(elementsOf);
  const text = (name: string) => textOf(found.get(name)!);
  return {
    privileges: privileges.map(({ name }) => name.slice('{DAV:}'.length)),
    title: text(D('displayname')),
    tag: text(CS('getctag')),
  };
}

async function listed(person: Person): Promise<string[]> {
  const { responses } = await propfind(person, oneOf(person), 1, [D('getetag')]);
  return responses.slice(1).map(({ href }) => href);
}

const reading = ['read', 'read-current-user-privilege-set'];
const all = [...reading, 'write', 'write-properties', 'write-content', 'bind', 'unbind'];

test('with an app password for one folder, the one book is that folder, and new contacts go there', async () => {
  await using app = await createTestApp();
  const { ada, ben, url } = app;
  const press = await folder(ada, 'Presse');
  const shared = await folder(ben, 'Bureau');
  await shareAccepted(ben, shared, ada, 'manager');
  await put(ada, `${await contactsOf(ada)}private.vcf`, plainCard('private'));
  for (const [bookId, title] of [
    [press, 'Presse'],
    [shared, 'Bureau de Ben'],
  ] as const) {
    await put(ada, `${homeOf(ada)}${bookId}/before.vcf`, plainCard(`before ${title}`));
    const mac = await makeDevice(url, ada, { addressBookId: bookId });
    const one = oneOf(mac);
    const { tag, ...rest } = await told(mac);
    assert.deepEqual(rest, { privileges: all, title });
    assert.deepEqual(await listed(mac), [`${one}before.vcf`]);
    assert.equal((await put(mac, `${one}neu.vcf`, plainCard(`neu ${title}`))).status, 201);
    // It keeps the name that the Mac gave it, and is where the person looks for it.
    assert.deepEqual(await listed(mac), [`${one}before.vcf`, `${one}neu.vcf`]);
    assert.notEqual((await told(mac)).tag, tag);
    assert.equal((await dav(ada, 'GET', `${homeOf(ada)}${bookId}/neu.vcf`)).status, 200);
    assert.equal((await dav(mac, 'DELETE', `${one}before.vcf`)).status, 204);
    assert.equal((await dav(mac, 'GET', `${one}private.vcf`)).status, 404);
  }
  const mac = await makeDevice(url, ada, { addressBookId: press });
  assert.equal((await dav(mac, 'GET', `${oneOf(mac)}${shared}.neu.vcf`)).status, 404);
  assert.equal((await dav(mac, 'PUT', `${oneOf(mac)}${shared}.x.vcf`, { body: plainCard('x') })).status, 409);
  assert.deepEqual(app.faults, []);
});

test('the one book says that it can be written to exactly as far as an app password lets it be', async () => {
  await using app = await createTestApp();
  const { ada, ben, url } = app;
  const press = await folder(ada, 'Presse');
  const [looked, fed] = [await folder(ben, 'Bureau'), await folder(ben, 'Vorschläge')];
  await shareAccepted(ben, looked, ada, 'viewer');
  await shareAccepted(ben, fed, ada, 'contributor');
  const expected = [
    [{}, all],
    [{ mayWrite: false }, reading],
    [{ addressBookId: press }, all],
    [{ addressBookId: press, mayWrite: false }, reading],
    [{ addressBookId: looked }, reading],
    [{ addressBookId: fed }, [...reading, 'bind']],
    [{ addressBookId: fed, mayWrite: false }, reading],
  ] as const;
  for (const [index, [scope, privileges]] of expected.entries()) {
    const mac = await makeDevice(url, ada, scope);
    assert.deepEqual((await told(mac)).privileges, privileges, JSON.stringify(scope));
    const reply = await dav(mac, 'PUT', `${oneOf(mac)}new${index}.vcf`, { body: plainCard(`new${index}`) });
    assert.equal(reply.status, privileges.some((each) => each === 'bind') ? 201 : 403, JSON.stringify(scope));
    if (reply.status === 403) assert.deepEqual(conditionsOf(reply), [D('need-privileges')]);
  }
});

test('when its folder goes, a Mac with an app password for it has an empty book that takes nothing', async () => {
  await using app = await createTestApp();
  const { ada, ben, url } = app;
  const shared = await folder(ben, 'Bureau');
  await shareAccepted(ben, shared, ada, 'manager');
  await put(ada, `${homeOf(ada)}${shared}/a.vcf`, plainCard('a'));
  const mac = await makeDevice(url, ada, { addressBookId: shared });
  const before = await told(mac);
  await update(ada, 'ShareInvitation', shared, { status: 'declined' });
  const after = await told(mac);
  assert.deepEqual(after.privileges, reading);
  assert.notEqual(after.tag, before.tag);
  assert.deepEqual(await listed(mac), []);
  const reply = await dav(mac, 'PUT', `${oneOf(mac)}new.vcf`, { body: plainCard('new') });
  assert.equal(reply.status, 403);
  assert.deepEqual(conditionsOf(reply), [D('need-privileges')]);
  assert.deepEqual(app.faults, []);
});

test('who chooses another default folder has Macs look again, wherever that folder stands', async () => {
  await using app = await createTestApp();
  const { ben, url } = app;
  const above = await folder(ben, 'Vereine');
  const below = await create(ben, 'AddressBook', { name: 'Chor', parentId: above });
  await put(ben, `${homeOf(ben)}${below}/c.vcf`, plainCard('c'));
  const mac = await makeDevice(url, ben, { mayWrite: false });
  const before = await told(mac);
  assert.deepEqual(await listed(mac), [`${oneOf(ben)}${below}.c.vcf`]);
  await ben.call('AddressBook/set', { onSuccessSetIsDefault: below });
  assert.deepEqual(await listed(mac), [`${oneOf(ben)}c.vcf`]);
  assert.notEqual((await told(mac)).tag, before.tag);
});
