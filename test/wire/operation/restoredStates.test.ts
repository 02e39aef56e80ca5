import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { createGroup } from '../../../src/core/principal/createGroup.ts';
import { createPerson } from '../../../src/core/principal/createPerson.ts';
import { setGroupMembers } from '../../../src/core/principal/setGroupMembers.ts';
import { assertSame, davCopy, jmapCopy } from '../../kit/copies.ts';
import { openBackupPlaces } from '../../kit/backupPlaces.ts';
import type { BackupPlaces } from '../../kit/backupPlaces.ts';
import {
  card,
  changes,
  create,
  destroy,
  folder,
  list,
  share,
  shareAccepted,
  stateOf,
  update,
} from '../../kit/calls.ts';
import { booksOf, contactsOf, homeOf, said, sync, tokenOf } from '../../kit/dav.ts';
import { createClient } from '../../kit/person.ts';
import type { Person } from '../../kit/person.ts';
import { cheapPassword, createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

const contact = (person: Person, full: string) => create(person, 'ContactCard', { name: { full } });

async function contacts(person: Person, name: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1; number <= count; number++) ids.push(await contact(person, `${name} ${number}`));
  return ids;
}

async function backup(places: BackupPlaces, name = 'backup'): Promise<string> {
  const file = join(places.root, name);
  const made = await places.run('backup', '--from', places.source, '--to', file);
  assert.equal(made.code, 0, made.said);
  return file;
}

/** The server on a new place into which the backup has been restored. */
async function restored(places: BackupPlaces, file: string): Promise<TestApp> {
  const target = await places.target();
  const done = await places.run('restore', '--from', file, '--to', target);
  assert.equal(done.code, 0, done.said);
  return createTestApp({ database: await places.open(target), empty: true });
}

/** The same person at another server. */
async function at(app: TestApp, { id, name, email, password }: Person): Promise<Person> {
  const person = createClient(app.url, { id, name, email, password });
  await person.signIn();
  return person;
}

test('after a restore clients that know more than the backup read anew, those from before it are told exactly what changed: C206', async () => {
  await using places = await openBackupPlaces();
  const source = await createTestApp({ folder: places.folder });
  const { ada, ben } = source;
  const [changed, gone] = await contacts(ada, 'Kept', 3);
  const path = await contactsOf(ada);
  const book = (await list(ada, 'AddressBook')).find((each) => String(each['isDefault']) === 'true')!['id']!;
  await shareAccepted(ada, book, ben, 'viewer');
  const copies = () => ({
    jmap: [jmapCopy(ada.id), ada] as const,
    ben: [jmapCopy(ada.id), ben] as const,
    dav: [davCopy(path), ada] as const,
    thunderbird: [davCopy(path, { agent: 'Thunderbird/128', refusal: 400 }), ada] as const,
  });
  const [early, late] = [copies(), copies()];
  for (const [copy, person] of Object.values(early)) await copy.follow(person);
  await contact(ada, 'Last before the backup');
  const file = await backup(places);
  for (const [copy, person] of Object.values(late)) await copy.follow(person);
  await contacts(ada, 'Lost', 4);
  await update(ada, 'ContactCard', changed!, { 'name/full': 'Lost name' });
  await destroy(ada, 'ContactCard', gone!);
  for (const [copy, person] of Object.values(late)) assert.equal(await copy.follow(person), 'changes');
  await source.close();

  await using app = await restored(places, file);
  const people = new Map([[ada, await at(app, ada)]]);
  people.set(ben, await at(app, ben));
  const fresh = copies();
  // At once, and again when as many changes have been made as were lost, and more.
  for (const [name, [copy, person]] of Object.entries(late)) {
    if (name === 'ben' || name === 'dav') continue;
    assert.equal(await copy.follow(people.get(person)!), 'anew', name);
  }
  await contacts(people.get(ada)!, 'New', 12);
  for (const [name, [copy, person]] of Object.entries(late)) {
    const isAgain = name !== 'ben' && name !== 'dav';
    assert.equal(await copy.follow(people.get(person)!), isAgain ? 'changes' : 'anew', name);
    await assertSame(copy, fresh[name as keyof typeof fresh][0], people.get(person)!);
  }
  for (const [name, [copy, person]] of Object.entries(early)) {
    assert.equal(await copy.follow(people.get(person)!), 'changes', name);
    await assertSame(copy, fresh[name as keyof typeof fresh][0], people.get(person)!);
  }
  // Step by step, too: the state just before the first new number is that of the backup.
  const first = await people.get(ada)!.call('ContactCard/changes', { sinceState: '0', maxChanges: 4 });
  let [state, steps] = [first['newState']!, 1];
  for (; ; steps++) {
    const part = await people.get(ada)!.call('ContactCard/changes', { sinceState: state, maxChanges: 4 });
    assert.ok(part['newState'], JSON.stringify(part));
    state = part['newState'];
    if (String(part['hasMoreChanges']) === 'false') break;
  }
  assert.equal(steps, 3);
});

test('a server on which a backup was restored gives no number that another restore of it gives', async () => {
  await using places = await openBackupPlaces();
  const source = await createTestApp({ folder: places.folder });
  const { ada } = source;
  await contacts(ada, 'Kept', 2);
  const path = await contactsOf(ada);
  const file = await backup(places);
  await source.close();
  const copies = [jmapCopy(ada.id), davCopy(path)];
  {
    await using app = await restored(places, file);
    const there = await at(app, ada);
    await contacts(there, 'Lost', 3);
    for (const copy of copies) await copy.follow(there);
  }
  await using app = await restored(places, file);
  const there = await at(app, ada);
  await contacts(there, 'New', 6);
  const fresh = [jmapCopy(ada.id), davCopy(path)];
  for (const [index, copy] of copies.entries()) {
    assert.equal(await copy.follow(there), 'anew');
    await assertSame(copy, fresh[index]!, there);
  }
});

test('an account that began after the backup and begins again after its restore is read anew', async () => {
  await using places = await openBackupPlaces();
  const source = await createTestApp({ folder: places.folder });
  const facts = { name: 'Dora', email: 'dora@demo.example', password: 'password of Dora' };
  const { id } = await createPerson(source.world, { ...facts, passwordCost: cheapPassword });
  const file = await backup(places);
  const before = createClient(source.url, { id, ...facts });
  await before.signIn();
  await contacts(before, 'Lost', 2);
  const copy = jmapCopy(id);
  await copy.follow(before);
  await source.close();
  await using app = await restored(places, file);
  const after = await at(app, before);
  await contacts(after, 'New', 4);
  assert.equal(await copy.follow(after), 'anew');
  await assertSame(copy, jmapCopy(id), after);
});

test('after a restore the directory, what groups open and homes are read anew by whoever knows more of them', async () => {
  await using places = await openBackupPlaces();
  const source = await createTestApp({ folder: places.folder });
  const { ada, ben, world } = source;
  const [one, other] = [
    await createGroup(world, { name: 'One', email: null }),
    await createGroup(world, { name: 'Other', email: null }),
  ];
  for (const { id } of [one, other]) await share(ada, await folder(ada, `For ${id}`), { id }, 'viewer');
  const shared = await folder(ada, 'For Ben');
  await shareAccepted(ada, shared, ben, 'viewer');
  const home = async (person: Person) => tokenOf(await sync(person, homeOf(person), ''));
  await home(ben);
  const early = await stateOf(ada, 'Principal');
  await source.person('Before');
  const file = await backup(places);
  await setGroupMembers(world, one.id, [ben.id]);
  await source.person('Lost');
  await folder(ben, 'Lost');
  const late = {
    people: await stateOf(ada, 'Principal'),
    shared: await stateOf(ben, 'ContactCard', ada.id),
    home: await home(ben),
  };
  await source.close();

  await using app = await restored(places, file);
  const [adaThere, benThere] = [await at(app, ada), await at(app, ben)];
  await setGroupMembers(app.world, other.id, [ben.id]);
  const added = [(await app.person('New')).id, (await app.person('More')).id];
  await card(adaThere, shared, 'New');
  await folder(benThere, 'New');
  await folder(benThere, 'More');
  await home(benThere);
  assert.equal((await changes(adaThere, 'Principal', late.people))['type'], 'cannotCalculateChanges');
  assert.equal((await changes(benThere, 'ContactCard', late.shared, ada.id))['type'], 'cannotCalculateChanges');
  assert.equal((await sync(benThere, homeOf(benThere), late.home)).status, 403);
  const told = await changes(adaThere, 'Principal', early);
  const people = await list(adaThere, 'Principal', { ids: [...told['created']!] });
  assert.deepEqual(people.map((person) => String(person['name'])).sort(), ['Before', 'More', 'New']);
  assert.ok(added.every((id) => told['created']!.includes(id)));
  // From there on the tokens of the home are as before.
  const token = await home(benThere);
  await folder(benThere, 'Later');
  assert.equal(Object.keys(said(await sync(benThere, homeOf(benThere), token))).length, 1);
});

test('a folder that is handed over after a restore takes along which of its tokens are lost', async () => {
  await using places = await openBackupPlaces();
  const source = await createTestApp({ folder: places.folder });
  const { ada, ben } = source;
  const book = await folder(ada, 'Common');
  await card(ada, book, 'Kept');
  await shareAccepted(ada, book, ben);
  // Ben's numbers are far beyond those of Ada.
  await contacts(ben, 'Kept', 40);
  const trashed = await contact(ben, 'Trashed');
  await destroy(ben, 'ContactCard', trashed);
  const trash = await stateOf(ben, 'TrashItem');
  const file = await backup(places);
  await card(ada, book, 'Lost');
  const lost = tokenOf(await sync(ada, `${homeOf(ada)}${book}/`, ''));
  await source.close();
  await using app = await restored(places, file);
  const [adaThere, benThere] = [await at(app, ada), await at(app, ben)];
  const offer = await create(adaThere, 'FolderHandover', {
    addressBookId: book,
    toId: ben.id,
    keptRole: 'none',
  });
  await update(benThere, 'FolderHandover', offer, { status: 'accepted' });
  await card(benThere, book, 'New', { accountId: ben.id });
  const path = [...(await booksOf(benThere))].find(([name]) => name.includes('Common'))![1].href;
  assert.equal((await sync(benThere, path, lost)).status, 403);
  assert.equal(Object.keys(said(await sync(benThere, path, ''))).length, 2);
  // What of Ben's own has not changed since is not read again and again, whatever is lost of Ada's.
  assert.equal((await changes(benThere, 'TrashItem', trash))['type'], undefined);
});
