import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';
import { answer, card, destroy, folder, get, share, shareAccepted, update } from '../../kit/calls.ts';
import {
  booksOf,
  C,
  conditionsOf,
  contactsOf,
  CS,
  D,
  dav,
  document,
  homeOf,
  hrefIn,
  namesIn,
  plainCard,
  propfind,
  put,
  report,
  said,
  sync,
  tokenOf,
} from '../../kit/dav.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

/** Ada's folder with a card, which Ben has accepted in a role. */
async function scene(app: TestApp, role: string) {
  const bookId = await folder(app.ada, 'Presse', { color: 'red', description: 'Tous' });
  const shareId = await shareAccepted(app.ada, bookId, app.ben, role);
  const [mine, theirs] = [`${homeOf(app.ada)}${bookId}/`, `${homeOf(app.ben)}${bookId}/`];
  await put(app.ada, `${mine}a.vcf`, plainCard('a'));
  return { bookId, shareId, mine, theirs };
}

const refused = async (reply: ReturnType<typeof dav>, privilege: string) => {
  const { status, root, text } = await reply;
  assert.equal(status, 403);
  assert.ok(root && text.includes(`<D:privilege><D:${privilege}/></D:privilege>`), text);
};

const patch = (person: Person, path: string, prop: string) =>
  dav(person, 'PROPPATCH', path, { body: document('D:propertyupdate', `<D:set><D:prop>${prop}</D:prop></D:set>`) });

test('what is not shared is as if it were not there, for every method: C230', async () => {
  await using app = await createTestApp();
  const bookId = await folder(app.ada, 'Secret');
  await put(app.ada, `${homeOf(app.ada)}${bookId}/a.vcf`, plainCard('a'));
  const bodies: Readonly<Record<string, string | undefined>> = {
    GET: undefined,
    PROPFIND: document('D:propfind', '<D:allprop/>'),
    REPORT: document('C:addressbook-query', '<D:prop/>'),
    DELETE: undefined,
    PROPPATCH: document('D:propertyupdate', '<D:set><D:prop><D:displayname>x</D:displayname></D:prop></D:set>'),
    PUT: plainCard('b'),
    MKCOL: undefined,
    POST: plainCard('b'),
  };
  const ask = async (method: string, path: string) => {
    const body = bodies[method];
    const reply = await dav(app.ben, method, path, body === undefined ? {} : { body });
    return [reply.status, reply.text.replaceAll(path, '')];
  };
  for (const method of Object.keys(bodies)) {
    for (const home of [homeOf(app.ada), homeOf(app.ben)]) {
      for (const name of ['', 'a.vcf'])
        assert.deepEqual(
          await ask(method, `${home}${bookId}/${name}`),
          await ask(method, `${home}f${'0'.repeat(20)}/${name}`),
          method,
        );
    }
    const status = (await ask(method, `${homeOf(app.ben)}${bookId}/a.vcf`))[0];
    assert.ok([404, 409].includes(Number(status)), method);
  }
});

test('what was accepted stands in the home, whose it is and what one may do with it: C232, C233', async () => {
  await using app = await createTestApp();
  for (const role of ['viewer', 'manager', 'admin']) {
    const { theirs } = await scene(app, role).catch(async () => scene(app, role));
    const [book] = [...(await booksOf(app.ben)).values()].filter(({ href }) => href === theirs);
    assert.ok(book);
    assert.equal(hrefIn(book, D('owner')), `/dav/principals/${app.ada.id}/`);
    assert.ok(namesIn(book, D('resourcetype')).includes(CS('shared')));
    const privileges = namesIn(book, D('current-user-privilege-set'));
    const has = (name: string) => privileges.includes(D(name));
    assert.ok(has('read') && has('read-current-user-privilege-set') && !has('all'));
    for (const name of ['write', 'write-properties', 'write-content', 'bind', 'unbind'])
      assert.equal(has(name), role !== 'viewer', name);
    for (const name of ['write-acl', 'share', 'read-acl']) assert.equal(has(name), role === 'admin', name);
    assert.equal((await dav(app.ben, 'GET', `${theirs}a.vcf`)).text, plainCard('a'));
    await destroy(app.ada, 'AddressBook', theirs.split('/').at(-2)!, { onDestroyRemoveContents: true });
  }
});

test('a contributor adds to the folder, and writes what they added', async () => {
  await using app = await createTestApp();
  const { theirs, bookId, shareId } = await scene(app, 'contributor');
  await put(app.ben, `${theirs}b.vcf`, plainCard('b'));
  const may = async (path: string) => {
    const { responses } = await propfind(app.ben, path, 0, [D('current-user-privilege-set')]);
    const held = namesIn(responses[0]!, D('current-user-privilege-set'));
    return ['write', 'write-content', 'bind', 'unbind', 'share'].filter((name) => held.includes(D(name)));
  };
  assert.deepEqual(await may(theirs), ['bind']);
  assert.deepEqual(await may(`${theirs}a.vcf`), []);
  assert.deepEqual(await may(`${theirs}b.vcf`), ['write-content', 'unbind']);
  // A list says of each card what is true of it.
  const listed = await propfind(app.ben, theirs, 1, [D('current-user-privilege-set')]);
  const changeable = listed.responses.filter((one) =>
    namesIn(one, D('current-user-privilege-set')).includes(D('write-content')),
  );
  assert.deepEqual(
    changeable.map(({ href }) => href),
    [`${theirs}b.vcf`],
  );
  await refused(dav(app.ben, 'PUT', `${theirs}a.vcf`, { body: plainCard('a', 'NOTE:x') }), 'write-content');
  await refused(dav(app.ben, 'DELETE', `${theirs}a.vcf`), 'unbind');
  // In the words of the drafts they read, and stay what they are when that is said again.
  const { responses } = await propfind(app.ben, theirs, 0, [D('share-access')]);
  assert.deepEqual(namesIn(responses[0]!, D('share-access')), [D('read')]);
  const reading = `<CS:set><D:href>mailto:${app.ben.email}</D:href><CS:read/></CS:set>`;
  const path = `${homeOf(app.ada)}${bookId}/`;
  await dav(app.ada, 'POST', path, { body: document('CS:share', reading) });
  assert.equal((await get(app.ada, 'Share', shareId))!['role'], 'contributor');
  const writing = reading.replace('CS:read/', 'CS:read-write/');
  await dav(app.ada, 'POST', path, { body: document('CS:share', writing) });
  assert.equal((await get(app.ada, 'Share', shareId))!['role'], 'manager');
});

test('a viewer reads; what would write is refused by the privilege that is missing: C234', async () => {
  await using app = await createTestApp();
  const { theirs, mine } = await scene(app, 'viewer');
  await refused(dav(app.ben, 'PUT', `${theirs}b.vcf`, { body: plainCard('b') }), 'bind');
  await refused(dav(app.ben, 'PUT', `${theirs}a.vcf`, { body: plainCard('a', 'NOTE:x') }), 'write-content');
  await refused(dav(app.ben, 'DELETE', `${theirs}a.vcf`), 'unbind');
  const headers = { Destination: `${await contactsOf(app.ben)}a.vcf` };
  await refused(dav(app.ben, 'MOVE', `${theirs}a.vcf`, { headers }), 'unbind');
  await put(app.ben, `${await contactsOf(app.ben)}own.vcf`, plainCard('own'));
  await refused(
    dav(app.ben, 'MOVE', `${await contactsOf(app.ben)}own.vcf`, { headers: { Destination: `${theirs}own.vcf` } }),
    'bind',
  );
  assert.equal((await dav(app.ben, 'GET', `${await contactsOf(app.ben)}own.vcf`)).status, 200);
  await refused(
    dav(app.ben, 'POST', theirs, {
      body: document('CS:share', `<CS:set><D:href>/dav/principals/${app.chloe.id}/</D:href><CS:read/></CS:set>`),
    }),
    'share',
  );
  assert.deepEqual((await dav(app.ada, 'GET', `${mine}a.vcf`)).text, plainCard('a'));
});

test('a manager and the owner see at once what the other does: C235, C243', async () => {
  await using app = await createTestApp();
  const { theirs, mine } = await scene(app, 'manager');
  const [a, b] = [tokenOf(await sync(app.ada, mine, '')), tokenOf(await sync(app.ben, theirs, ''))];
  await put(app.ben, `${theirs}b.vcf`, plainCard('b'));
  assert.equal((await dav(app.ada, 'GET', `${mine}b.vcf`)).text, plainCard('b'));
  assert.equal((await dav(app.ada, 'DELETE', `${mine}a.vcf`)).status, 204);
  assert.equal((await dav(app.ben, 'GET', `${theirs}a.vcf`)).status, 404);
  for (const reply of [await sync(app.ada, mine, a), await sync(app.ben, theirs, b)])
    assert.deepEqual(said(reply), { 'b.vcf': 'there', 'a.vcf': '404' });
});

test('a change of the role holds at once, and the home says so: C236', async () => {
  await using app = await createTestApp();
  const { theirs, shareId } = await scene(app, 'manager');
  const token = tokenOf(await sync(app.ben, homeOf(app.ben), ''));
  await put(app.ben, `${theirs}b.vcf`, plainCard('b'));
  await update(app.ada, 'Share', shareId, { role: 'viewer' });
  await refused(dav(app.ben, 'PUT', `${theirs}c.vcf`, { body: plainCard('c') }), 'bind');
  assert.deepEqual(said(await sync(app.ben, homeOf(app.ben), token)), { [theirs.split('/').at(-2)!]: 'there' });
});

test('who may write may also delete, and the trash of the owner gives it back: C237', async () => {
  await using app = await createTestApp();
  const { theirs, mine } = await scene(app, 'manager');
  assert.equal((await dav(app.ben, 'DELETE', `${theirs}a.vcf`)).status, 204);
  assert.equal((await dav(app.ada, 'GET', `${mine}a.vcf`)).status, 404);
  const trash = await app.ada.call('TrashItem/query');
  assert.equal(trash['ids']!.length, 1);
  await app.ada.call('TrashItem/restore', { ids: trash['ids'] });
  for (const [person, path] of [
    [app.ada, mine],
    [app.ben, theirs],
  ] as const)
    assert.equal((await dav(person, 'GET', `${path}a.vcf`)).text, plainCard('a'));
});

test('an ended share is gone from the home, and its cards stay its owner’s: C238', async () => {
  await using app = await createTestApp();
  const { theirs, mine, shareId, bookId } = await scene(app, 'manager');
  const home = tokenOf(await sync(app.ben, homeOf(app.ben), ''));
  const token = tokenOf(await sync(app.ben, theirs, ''));
  await destroy(app.ada, 'Share', shareId);
  assert.equal((await dav(app.ben, 'GET', `${theirs}a.vcf`)).status, 404);
  assert.equal((await sync(app.ben, theirs, token)).status, 404);
  assert.deepEqual(said(await sync(app.ben, homeOf(app.ben), home)), { [bookId]: '404' });
  assert.equal((await dav(app.ada, 'GET', `${mine}a.vcf`)).status, 200);
});

test('a shared folder that its sharee deletes is only left; one that its owner deletes is gone for both: C239, C240', async () => {
  await using app = await createTestApp();
  const { theirs, mine, bookId } = await scene(app, 'manager');
  assert.equal((await dav(app.ben, 'DELETE', theirs)).status, 204);
  assert.equal((await propfind(app.ben, theirs, 0)).status, 404);
  assert.equal((await dav(app.ada, 'GET', `${mine}a.vcf`)).status, 200);
  await answer(app.ben, bookId, 'accepted');
  assert.equal((await dav(app.ada, 'DELETE', mine)).status, 204);
  assert.equal((await propfind(app.ben, theirs, 0)).status, 404);
});

test('a folder that was left and is accepted again has its cards, and whoever kept a token of before misses nothing: C241', async () => {
  await using app = await createTestApp();
  const { theirs, mine, bookId } = await scene(app, 'manager');
  await put(app.ada, `${mine}b.vcf`, plainCard('b'));
  const home = tokenOf(await sync(app.ben, homeOf(app.ben), ''));
  const token = tokenOf(await sync(app.ben, theirs, ''));
  await dav(app.ben, 'DELETE', theirs);
  const between = tokenOf(await sync(app.ben, homeOf(app.ben), home));
  await put(app.ada, `${mine}a.vcf`, plainCard('a', 'NOTE:x'));
  await dav(app.ada, 'DELETE', `${mine}b.vcf`);
  await put(app.ada, `${mine}c.vcf`, plainCard('c'));
  await answer(app.ben, bookId, 'accepted');
  assert.deepEqual(said(await sync(app.ben, theirs, '')), { 'a.vcf': 'there', 'c.vcf': 'there' });
  assert.deepEqual(said(await sync(app.ben, theirs, token)), { 'a.vcf': 'there', 'b.vcf': '404', 'c.vcf': 'there' });
  for (const since of [home, between])
    assert.deepEqual(said(await sync(app.ben, homeOf(app.ben), since)), { [bookId]: 'there' });
});

test('name, colour and description of a shared folder are each person’s own, also a viewer’s: C242', async () => {
  await using app = await createTestApp();
  const { theirs, mine, bookId } = await scene(app, 'viewer');
  const description = C('addressbook-description');
  const color = '{http://apple.com/ns/ical/}calendar-color';
  const read = async (person: Person, path: string) => {
    const { found } = (await propfind(person, path, 0, [D('displayname'), description, color])).responses[0]!;
    return [...found.values()].map(textOf);
  };
  assert.equal((await read(app.ben, theirs))[1], 'Tous');
  const before = textOf(
    (await propfind(app.ada, mine, 0, [D('sync-token')])).responses[0]!.found.get(D('sync-token'))!,
  );
  const reply = await patch(
    app.ben,
    theirs,
    '<D:displayname>Mien</D:displayname><C:addressbook-description>À moi</C:addressbook-description><x:calendar-color xmlns:x="http://apple.com/ns/ical/">#5B9BF2FF</x:calendar-color>',
  );
  assert.equal(reply.responses[0]!.refused.size, 0, reply.text);
  assert.deepEqual(await read(app.ben, theirs), ['Mien', 'À moi', '#5B9BF2FF']);
  assert.deepEqual(await read(app.ada, mine), ['Presse', 'Tous', '#F66666FF']);
  const after = textOf((await propfind(app.ada, mine, 0, [D('sync-token')])).responses[0]!.found.get(D('sync-token'))!);
  assert.equal(after, before);
  assert.equal((await get(app.ben, 'AddressBook', bookId, { accountId: app.ada.id }))!['color'], 'blue');
});

test('a shared folder is not where a person writes by default: C244', async () => {
  await using app = await createTestApp();
  const { theirs } = await scene(app, 'manager');
  assert.notEqual(await contactsOf(app.ben), theirs);
  const books = [...(await booksOf(app.ben)).values()].map(({ href }) => href);
  assert.ok(books.indexOf(theirs) > 0);
});

test('a conflict of uids does not show what one may not see: C245', async () => {
  await using app = await createTestApp();
  const { theirs } = await scene(app, 'manager');
  await put(app.ada, `${await contactsOf(app.ada)}hidden-name.vcf`, plainCard('secret'));
  const reply = await dav(app.ben, 'PUT', `${theirs}x.vcf`, { body: plainCard('secret') });
  assert.deepEqual([reply.status, conditionsOf(reply)], [403, [C('no-uid-conflict')]]);
  assert.doesNotMatch(reply.text, /hidden-name|href/u);
});

test('the list of access is read and set by those who may share: C246', async () => {
  await using app = await createTestApp();
  const { theirs, mine } = await scene(app, 'viewer');
  const [told] = (await propfind(app.ada, mine, 0, [D('acl')])).responses;
  assert.match(JSON.stringify(told!.found.get(D('acl'))), new RegExp(app.ben.id, 'u'));
  const [secret] = (await propfind(app.ben, theirs, 0, [D('acl')])).responses;
  assert.equal(secret!.refused.get(D('acl')), 'HTTP/1.1 403 Forbidden');
  const ace = (href: string, privilege: string) =>
    `<D:ace><D:principal><D:href>${href}</D:href></D:principal><D:grant><D:privilege><D:${privilege}/></D:privilege></D:grant></D:ace>`;
  const acl = (person: Person, path: string, inner: string) =>
    dav(person, 'ACL', path, { body: document('D:acl', inner) });
  const unknown = await acl(app.ada, mine, ace('/dav/principals/nobody/', 'read'));
  assert.deepEqual(conditionsOf(unknown), [D('recognized-principal')]);
  await refused(acl(app.ben, theirs, ''), 'write-acl');
  const both = ace(`/dav/principals/${app.ben.id}/`, 'write') + ace(`/dav/principals/${app.chloe.id}/`, 'read');
  assert.equal((await acl(app.ada, mine, both)).status, 200);
  await put(app.ben, `${theirs}b.vcf`, plainCard('b'));
  const everybody =
    '<D:ace><D:principal><D:all/></D:principal><D:grant><D:privilege><D:read/></D:privilege></D:grant></D:ace>';
  assert.deepEqual(conditionsOf(await acl(app.ada, mine, everybody)), [D('allowed-principal')]);
});

test('what waits, was declined or gives nothing is in no home; sub-folders are named by what is above them', async () => {
  await using app = await createTestApp();
  const above = await folder(app.ada, 'Équipe');
  const below = await folder(app.ada, 'Lyon', { parentId: above });
  await card(app.ada, below, 'Zoé');
  await share(app.ada, above, app.ben, 'viewer');
  const before = [...(await booksOf(app.ben)).keys()];
  assert.equal((await propfind(app.ben, `${homeOf(app.ben)}${below}/`, 0)).status, 404);
  await answer(app.ben, above, 'accepted', { name: 'Eux' });
  assert.deepEqual([...(await booksOf(app.ben)).keys()], [...before, 'Eux', 'Eux › Lyon']);
  assert.ok((await booksOf(app.ada)).has('Équipe › Lyon'));
  await answer(app.ben, above, 'declined');
  assert.deepEqual([...(await booksOf(app.ben)).keys()], before);
});

test('what a person keeps from their devices is not there for them, and for others nothing changes', async () => {
  await using app = await createTestApp();
  const { theirs, mine, bookId } = await scene(app, 'manager');
  const home = tokenOf(await sync(app.ben, homeOf(app.ben), ''));
  const state = (await app.ben.call('AddressBook/get', { accountId: app.ada.id }))['state']!;
  await update(app.ben, 'AddressBook', bookId, { offerToDevices: false }, { accountId: app.ada.id });
  assert.equal((await propfind(app.ben, theirs, 0)).status, 404);
  assert.deepEqual(said(await sync(app.ben, homeOf(app.ben), home)), { [bookId]: '404' });
  assert.equal((await propfind(app.ada, mine, 0)).status, 207);
  const told = await app.ben.call('AddressBook/changes', { accountId: app.ada.id, sinceState: state });
  assert.deepEqual([...told['updated']!], [bookId]);
  const collected = (await app.ada.call('AddressBook/get'))['list']!.find((book) => book['role'] === 'collected')!;
  const own = (await app.ada.call('AddressBook/get'))['state']!;
  await update(app.ada, 'AddressBook', collected['id']!, { offerToDevices: false });
  assert.ok(!(await booksOf(app.ada)).has('Personnes contactées par mail'));
  assert.deepEqual(
    [...(await app.ada.call('AddressBook/changes', { sinceState: own }))['updated']!],
    [collected['id']],
  );
  await update(app.ada, 'AddressBook', collected['id']!, { offerToDevices: true });
  assert.ok((await booksOf(app.ada)).has('Personnes contactées par mail'));
});

test('in the directory people are found however their names are typed, in a folder by its collation: C277', async () => {
  await using app = await createTestApp();
  await app.person('Élodie Œuvrard');
  const book = await contactsOf(app.ada);
  await put(app.ada, `${book}a.vcf`, plainCard('a', 'NICKNAME:Élodie Œuvrard'));
  const search = async (path: string, prop: string, text: string, collation = 'i;unicode-casemap') => {
    const filter = `<C:filter><C:prop-filter name="${prop}"><C:text-match collation="${collation}">${text}</C:text-match></C:prop-filter></C:filter>`;
    return (await report(app.ada, path, 'C:addressbook-query', `<D:prop><D:getetag/></D:prop>${filter}`)).responses
      .length;
  };
  for (const text of ['elodie', 'ÉLODIE', 'Élodie', 'oeuvrard', 'œuv']) {
    assert.equal(await search('/dav/directory/', 'FN', text), 1, text);
    assert.equal(await search('/dav/directory/', 'FN', text, 'i;ascii-casemap'), 1, text);
  }
  assert.equal(await search('/dav/directory/', 'FN', 'elodie', 'i;octet'), 0);
  assert.equal(await search(book, 'NICKNAME', 'elodie'), 0, 'RFC 5051');
  assert.equal(await search(book, 'NICKNAME', 'ÉLODIE'), 1);
});

test('the directory answers a search by words, lists nobody, and gives no more than it says', async () => {
  await using app = await createTestApp();
  const search = (text: string) =>
    report(
      app.ada,
      '/dav/directory/',
      'C:addressbook-query',
      `<D:prop><D:getetag/><C:address-data/></D:prop><C:filter test="anyof"><C:prop-filter name="FN"><C:text-match match-type="contains">${text}</C:text-match></C:prop-filter></C:filter><C:limit><C:nresults>50</C:nresults></C:limit>`,
    );
  const [found, ...more] = (await search('ben')).responses;
  assert.equal(more.length, 0);
  assert.match(textOf(found!.found.get(C('address-data'))!), /^FN:Ben\r$/mu);
  assert.equal((await dav(app.ada, 'GET', found!.href)).text, textOf(found!.found.get(C('address-data'))!));
  assert.deepEqual((await search('')).responses, []);
  const [self, ...members] = (await propfind(app.ada, '/dav/directory/', 1, [D('resourcetype')])).responses;
  assert.ok(namesIn(self, D('resourcetype')).includes(C('directory')));
  assert.deepEqual(members, []);
  assert.equal((await dav(app.ada, 'PUT', '/dav/directory/x.vcf', { body: plainCard('x') })).status, 403);
});

test('a refusal names where it was refused so that a program can read it, whatever the folder is called', async () => {
  await using app = await createTestApp();
  const { theirs } = await scene(app, 'viewer');
  const odd = `${homeOf(app.ben)}r&d/`;
  assert.equal((await dav(app.ben, 'MOVE', theirs, { headers: { Destination: odd } })).status, 201);
  await refused(dav(app.ben, 'PUT', `${odd}b.vcf`, { body: plainCard('b') }), 'bind');
  await refused(dav(app.ben, 'DELETE', `${odd}a.vcf`), 'unbind');
});
