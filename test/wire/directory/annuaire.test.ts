import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildDirectoryCards } from '../../../src/core/directorybook/buildDirectoryCards.ts';
import { syncDirectory } from '../../../src/core/directory/syncDirectory.ts';
import { createGroup } from '../../../src/core/principal/createGroup.ts';
import { setPersonActive } from '../../../src/core/principal/setPersonActive.ts';
import { createTestDirectory } from '../../kit/directory.ts';
import type { TestDirectory } from '../../kit/directory.ts';
import type { Person, Result } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

const accountId = 'directory';

/** Names of the cards that a query finds, in its order. */
async function found(person: Person, args: object): Promise<string[]> {
  const query = await person.call('ContactCard/query', { accountId, ...args });
  if (query['type']) return [query['type']];
  const get = await person.call('ContactCard/get', { accountId, ids: query['ids'], properties: ['name'] });
  const names = new Map([...get['list']!].map((card) => [String(card['id']), String(card['name']!['full'])]));
  return [...query['ids']!].map((id) => names.get(String(id))!);
}

async function only(person: Person, name: string): Promise<Result> {
  const ids = (await person.call('ContactCard/query', { accountId, filter: { name } }))['ids'];
  return (await person.call('ContactCard/get', { accountId, ids }))['list']![0]!;
}

/** An organisation with a directory of its own. */
async function organisation(environment: Record<string, string> = {}): Promise<TestApp & { directory: TestDirectory }> {
  const directory = createTestDirectory();
  const app = await createTestApp({ directory, environment });
  const people = 'ou=people,dc=demo,dc=example';
  directory.put({
    externalId: 'elodie',
    name: 'Élodie Essai',
    place: `uid=elodie, OU=People,dc=demo,dc=example`,
    details: {
      given: 'Élodie',
      surname: 'Essai',
      organization: 'Université de Démonstration',
      department: 'Service des essais',
      title: 'Ingénieure',
      phones: [
        { number: '+33 1 99 00 12 34', kind: 'work' },
        { number: '+33 6 99 00 56 78', kind: 'mobile' },
      ],
    },
  });
  directory.put({ externalId: 'hugo', name: 'Hugo Caché', isListed: false, place: `uid=hugo,${people}` });
  directory.put({ externalId: 'zoe', name: 'Zoé Autre', place: 'uid=zoe,ou=guests,dc=demo,dc=example' });
  directory.put({
    externalId: 'group-essais',
    name: 'Équipe des essais',
    place: 'cn=essais,ou=groups,dc=demo,dc=example',
    members: ['cn=elodie,dc=demo', 'cn=hugo,dc=demo'],
  });
  await syncDirectory(app.world, directory);
  return { ...app, directory };
}

test('« Annuaire » is a read-only account of its own, with one folder that may be read and nothing else', async () => {
  await using app = await createTestApp();
  const session = (await (await app.ada.get('/jmap/session')).json()) as { accounts: Record<string, Result> };
  const account = session.accounts[accountId]!;
  assert.deepEqual([account['name'], account['isPersonal'], account['isReadOnly']], ['Annuaire', false, true]);
  const [book] = (await app.ada.call('AddressBook/get', { accountId }))['list']!;
  assert.deepEqual(
    [book!['id'], book!['name'], book!['role'], book!['cardCount'], book!['isSubscribed']],
    [accountId, 'Annuaire', 'directory', 3, true],
  );
  assert.deepEqual(book!['myRights'], {
    mayRead: true,
    mayWrite: false,
    mayAdd: false,
    mayShare: false,
    mayDelete: false,
  });
});

test('the people and groups made here are its cards where there is no other directory', async () => {
  await using app = await createTestApp();
  const { id } = await createGroup(app.world, {
    name: 'Zèbres',
    email: 'zebres@demo.example',
    memberIds: [app.ben.id],
  });
  assert.deepEqual(await found(app.ada, {}), ['Ada', 'Ben', 'Chloé', 'Zèbres']);
  const get = await app.ada.call('ContactCard/get', { accountId, ids: [app.ben.id, id] });
  const cards = [...get['list']!].toSorted((one) => (one['kind'] === 'group' ? 1 : -1));
  assert.equal(cards[0]!['emails']!['e1']!['address'], 'ben@demo.example');
  assert.deepEqual(cards[0]!['addressBookIds'], { [accountId]: true });
  assert.deepEqual(cards[1]!['members'], { [app.ben.id]: true });
  await setPersonActive(app.world, app.ben.id, false);
  assert.deepEqual(await found(app.ada, {}), ['Ada', 'Chloé', 'Zèbres']);
  assert.equal(
    String((await app.ada.call('ContactCard/get', { accountId, ids: [app.ben.id] }))['notFound']),
    app.ben.id,
  );
});

test('what the directory tells becomes a card: name, mail, telephones, place of work', async () => {
  await using app = await organisation();
  const card = await only(app.ada, 'essai elod');
  const { id: _id, created: _created, uid: _uid, ...rest } = card as Record<string, unknown>;
  assert.deepEqual(rest, {
    '@type': 'Card',
    addedByMe: false,
    version: '1.0',
    kind: 'individual',
    name: {
      components: [
        { kind: 'given', value: 'Élodie' },
        { kind: 'surname', value: 'Essai' },
      ],
      full: 'Élodie Essai',
    },
    emails: { e1: { address: 'elodie@demo.example' } },
    organizations: { o1: { name: 'Université de Démonstration', units: [{ name: 'Service des essais' }] } },
    titles: { t1: { name: 'Ingénieure' } },
    phones: {
      p1: { number: '+33 1 99 00 12 34', features: { voice: true }, contexts: { work: true } },
      p2: { number: '+33 6 99 00 56 78', features: { mobile: true } },
    },
    addressBookIds: { [accountId]: true },
    fileAs: 'Essai, Élodie',
  });
});

test('it is searched without accents, by any word in any order, by place of work and by telephone; in windows', async () => {
  await using app = await organisation();
  const { ada } = app;
  for (const text of [
    'ELODIE',
    'essai elo',
    'ingenieure',
    'service des essais elodie',
    '06 99 00 56',
    '"Service des essais"',
  ])
    assert.deepEqual(await found(ada, { filter: { text, kind: 'individual' } }), ['Élodie Essai'], text);
  assert.deepEqual(await found(ada, { filter: { text: '"essais des service"' } }), []);
  assert.deepEqual(await found(ada, { filter: { text: 'ESS' } }), ['Équipe des essais', 'Élodie Essai']);
  assert.deepEqual(await found(ada, { filter: { nameStartsWith: 'E' } }), ['Équipe des essais', 'Élodie Essai']);
  assert.deepEqual(await found(ada, { position: 1, limit: 2 }), ['Zoé Autre', 'Ben']);
  assert.deepEqual(await found(ada, { sort: [{ property: 'name/given', isAscending: false }], limit: 1 }), [
    'Zoé Autre',
  ]);
  const all = await ada.call('ContactCard/query', { accountId, calculateTotal: true, limit: 1 });
  assert.deepEqual([Number(all['total']), Boolean(all['canCalculateChanges'])], [6, false]);
  for (const [args, type] of [
    [{ filter: { createdAfter: '2026-01-01T00:00:00Z' } }, 'unsupportedFilter'],
    [{ sort: [{ property: 'name/surname2' }] }, 'unsupportedSort'],
  ] as const)
    assert.deepEqual(await found(ada, args), [type]);
});

test('it is sorted by when somebody came into it, in windows and with other properties, also from a database from before', async () => {
  await using app = await createTestApp();
  const { ada, world } = app;
  const born: Record<string, string> = { Ada: '2026-03-01', Ben: '2026-01-01', Chloé: '2026-02-01', Zoé: '2026-01-01' };
  await createGroup(world, { name: 'Zoé', email: 'zoe@demo.example', memberIds: [] });
  await world.db.transaction(async (tx) => {
    const { build } = tx;
    for (const [name, day] of Object.entries(born))
      await tx.run(
        build
          .updateTable('principal')
          .set({ created_at: `${day}T08:00:00.000Z` })
          .where('name', '=', name),
      );
  });
  await world.db.transaction(async (tx) => {
    const { build } = tx;
    await tx.run(build.deleteFrom('directory_card'));
    await tx.run(build.deleteFrom('setting').where('name', '=', 'directoryCards'));
  });
  await buildDirectoryCards(world);
  // As the version before writes one while nodes are upgraded one after the other.
  await world.db.transaction(async (tx) => {
    const { build } = tx;
    const { created: _created, ...row } = (await tx.first(
      build.selectFrom('directory_card').selectAll().where('id', '=', app.ben.id),
    ))!;
    await tx.run(build.deleteFrom('directory_card').where('id', '=', app.ben.id));
    await tx.run(build.insertInto('directory_card').values(row as typeof row & { created: string }));
  });
  const by = (property: string, isAscending: boolean) => ({ property, isAscending });
  for (const property of ['created', 'updated']) {
    const sort = [by(property, true), by('fileAs', false)];
    assert.deepEqual(await found(ada, { sort }), ['Zoé', 'Ben', 'Chloé', 'Ada'], property);
    assert.deepEqual(await found(ada, { sort, position: 1, limit: 2 }), ['Ben', 'Chloé'], property);
    assert.deepEqual((await found(ada, { sort: [by(property, false)] })).slice(0, 2), ['Ada', 'Chloé'], property);
  }
  const sort = [by('created', false)];
  assert.deepEqual(await found(ada, { sort, filter: { name: 'chloe' } }), ['Chloé']);
});

test('who is not listed appears nowhere: not by name, not by id, not among the members of a group', async () => {
  await using app = await organisation();
  const { ada } = app;
  const row = await app.world.db.first(
    app.world.db.build.selectFrom('principal').select('id').where('external_id', '=', 'hugo'),
  );
  assert.deepEqual(await found(ada, { filter: { text: 'hugo' } }), []);
  assert.equal(String((await ada.call('ContactCard/get', { accountId, ids: [row!.id] }))['notFound']), row!.id);
  const group = await only(ada, 'equipe');
  const elodie = await only(ada, 'elodie');
  assert.deepEqual(group['members'], { [elodie['id']!]: true });
  assert.deepEqual(await found(ada, { filter: { hasMember: elodie['uid'] } }), ['Équipe des essais']);
  assert.deepEqual(await found(ada, { filter: { hasMember: row!.id } }), []);
  app.directory.put({ externalId: 'elodie', isListed: false });
  await syncDirectory(app.world, app.directory);
  assert.deepEqual(await found(ada, { filter: { text: 'elodie' } }), []);
});

test('administrators choose branches, details and groups: what is not shown is not found either', async () => {
  await using app = await organisation({
    COTERIE_DIRECTORY_BRANCHES: 'ou=people, dc=demo,DC=example; ou=groups,dc=demo,dc=example',
    COTERIE_DIRECTORY_DETAILS: 'title work',
    COTERIE_DIRECTORY_GROUPS: 'names',
  });
  const { ada } = app;
  assert.deepEqual(await found(ada, { filter: { text: 'zoe' } }), []);
  assert.deepEqual(await found(ada, { filter: { text: 'service' } }), []);
  assert.deepEqual(await found(ada, { filter: { phone: '0699005678' } }), []);
  assert.deepEqual(await found(ada, { filter: { phone: '0199001234' } }), ['Élodie Essai']);
  const card = await only(ada, 'elodie');
  assert.deepEqual(
    [Object.keys(card['phones']!), card['organizations'], card['titles']!['t1']!['name']],
    [['p1'], undefined, 'Ingénieure'],
  );
  assert.equal((await only(ada, 'equipe'))['members'], undefined);
  assert.deepEqual(await found(ada, { filter: { hasMember: card['uid'] } }), []);
});

test('another choice of branches, and a database from before, are made good in the background', async () => {
  await using app = await organisation();
  const { db } = app.world;
  await db.transaction((tx) => tx.run(tx.build.deleteFrom('directory_card')));
  await db.transaction((tx) => tx.run(tx.build.deleteFrom('setting').where('name', '=', 'directoryCards')));
  assert.deepEqual(await found(app.ada, {}), []);
  await buildDirectoryCards(app.world);
  assert.equal((await found(app.ada, {})).length, 6);
});

test('nobody writes in it, by any method; a copy is of one’s own', async () => {
  await using app = await organisation();
  const { ada } = app;
  const elodie = await only(ada, 'elodie');
  const [own] = (await ada.call('AddressBook/get'))['list']!;
  for (const [method, args] of [
    ['ContactCard/set', { update: { [elodie['id']!]: { 'name/full': 'X' } } }],
    ['ContactCard/set', { destroy: [elodie['id']] }],
    ['AddressBook/set', { create: { a: { name: 'X' } } }],
    ['Share/set', { destroy: ['x'] }],
    ['TrashItem/set', { destroy: ['x'] }],
    ['ContactCard/copy', { fromAccountId: ada.id, create: {} }],
  ] as const)
    assert.equal((await ada.call(method, { accountId, ...args }))['type'], 'accountReadOnly', method);
  const copy = (more: object) =>
    ada.call('ContactCard/copy', {
      fromAccountId: accountId,
      create: { c: { id: elodie['id'], addressBookIds: { [own!['id']!]: true } } },
      ...more,
    });
  assert.equal((await copy({ onSuccessDestroyOriginal: true }))['type'], 'accountReadOnly');
  const id = (await copy({}))['created']!['c']!['id'];
  const [card] = (await ada.call('ContactCard/get', { ids: [id] }))['list']!;
  assert.deepEqual([card!['name']!['full'], card!['titles']!['t1']!['name']], ['Élodie Essai', 'Ingénieure']);
  assert.notEqual(card!['uid'], elodie['uid']);
  assert.ok((await copy({}))['created'], 'into another folder, or once more');
  assert.deepEqual(app.faults, []);
});

test('its state moves with what is shown; changes are none, or cannot be calculated', async () => {
  await using app = await organisation();
  const { ada } = app;
  const before = await ada.call('ContactCard/query', { accountId });
  const sinceState = (await ada.call('ContactCard/get', { accountId, ids: [] }))['state'];
  const same = await ada.call('ContactCard/changes', { accountId, sinceState });
  assert.deepEqual([same['newState'], same['updated']], [sinceState, []]);
  app.directory.put({ externalId: 'elodie', name: 'Élodie Neuve' });
  await syncDirectory(app.world, app.directory);
  for (const [method, args] of [
    ['ContactCard/changes', { sinceState }],
    ['AddressBook/changes', { sinceState }],
    ['ContactCard/queryChanges', { sinceQueryState: before['queryState'] }],
  ] as const)
    assert.equal((await ada.call(method, { accountId, ...args }))['type'], 'cannotCalculateChanges', method);
  assert.deepEqual(await found(ada, { filter: { name: 'neuve' } }), ['Élodie Neuve']);
});

test('where the administrator does not want it, it does not exist', async () => {
  await using app = await organisation({ COTERIE_DIRECTORY_FOLDER: 'off' });
  const session = (await (await app.ada.get('/jmap/session')).json()) as { accounts: object };
  assert.deepEqual(Object.keys(session.accounts), [app.ada.id]);
  for (const method of ['ContactCard/get', 'ContactCard/query', 'AddressBook/get', 'ContactCard/set'])
    assert.equal((await app.ada.call(method, { accountId }))['type'], 'accountNotFound', method);
});

/** What a program gets that searches the directory by CardDAV, as telephones do. */
async function foundByDav(person: Person, text: string): Promise<{ status: number; body: string }> {
  const body = `<C:addressbook-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:prop><C:address-data/></D:prop><C:filter test="anyof"><C:prop-filter name="FN"><C:text-match match-type="contains">${text}</C:text-match></C:prop-filter></C:filter></C:addressbook-query>`;
  const reply = await person.fetch('/dav/directory/', { method: 'REPORT', headers: { Depth: '1' }, body });
  return { status: reply.status, body: await reply.text() };
}

test('devices that search the directory are told what « Annuaire » shows, and nothing more', async () => {
  await using app = await organisation({
    COTERIE_DIRECTORY_BRANCHES: 'ou=people,dc=demo,dc=example',
    COTERIE_DIRECTORY_DETAILS: 'title work',
  });
  const { body } = await foundByDav(app.ada, 'Élodie');
  assert.match(body, /FN:Élodie Essai/u);
  assert.match(body, /TITLE[^:]*:Ingénieure/u);
  assert.match(body, /00 12 34/u);
  assert.doesNotMatch(body, /00 56 78|Service des essais/u);
  assert.doesNotMatch((await foundByDav(app.ada, 'Zoé')).body, /Autre/u);
  assert.doesNotMatch((await foundByDav(app.ada, 'Hugo')).body, /Caché/u);
});

test('where there is no « Annuaire » devices find no directory either', async () => {
  await using app = await organisation({ COTERIE_DIRECTORY_FOLDER: 'off' });
  assert.equal((await foundByDav(app.ada, 'elodie')).status, 404);
  const body = `<D:propfind xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:prop><C:directory-gateway/></D:prop></D:propfind>`;
  const reply = await app.ada.fetch(`/dav/principals/${app.ada.id}/`, {
    method: 'PROPFIND',
    headers: { Depth: '0' },
    body,
  });
  assert.doesNotMatch(await reply.text(), /\/dav\/directory/u);
});
