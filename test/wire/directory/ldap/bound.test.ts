import assert from 'node:assert/strict';
import { test } from 'node:test';
import { syncDirectory } from '../../../../src/core/directory/syncDirectory.ts';
import { answer, card, create, folder } from '../../../kit/calls.ts';
import { booksOf, dav } from '../../../kit/dav.ts';
import { addGroup, addPerson, change, groupDn, passwordOf, personDn } from '../../../kit/ldap/people.ts';
import { openScene } from '../../../kit/ldap/scene.ts';

test('the server’s own job takes away what a group gave, in the window by push, in CardDAV, in files, within the setting', async () => {
  await using scene = await openScene(
    async (client) => {
      for (const uid of ['dora', 'emil']) await addPerson(client, uid);
      const member = [personDn('dora'), personDn('emil')];
      await addGroup(client, 'Accueil', { objectClass: 'groupOfNames', member });
    },
    { environment: { COTERIE_DIRECTORY_SECONDS: '5' } },
  );
  const { app } = scene;
  const dora = await scene.signedIn('dora');
  const bookId = await folder(app.ada, 'Presse');
  await card(app.ada, bookId, 'Jean Dupont');
  await create(app.ada, 'Share', { addressBookId: bookId, principalId: await scene.idOf('Accueil'), role: 'viewer' });
  await answer(dora, bookId, 'accepted');
  const href = [...(await booksOf(dora)).entries()].find(([name]) => name.startsWith('Presse'))![1].href;
  const file = `/home/${app.ada.email}/Presse.csv`;
  const ways = async () => [
    (await dav(dora, 'PROPFIND', href, { headers: { Depth: '0' } })).status,
    (await scene.basic('dora', passwordOf('dora'), file)).status,
    Number((await dora.call('AddressBook/get', { accountId: app.ada.id, ids: [bookId] }))['list']?.length ?? 0),
  ];
  assert.deepEqual(await ways(), [207, 200, 1]);
  const stream = await dora.get('/jmap/eventsource?types=*&closeafter=no&ping=0');
  const told = (async () => {
    let heard = '';
    for await (const part of stream.body!.pipeThrough(new TextDecoderStream())) {
      heard += part;
      if (heard.includes(app.ada.id) || heard.includes(dora.id)) return performance.now();
    }
    throw new Error('The stream ended');
  })();
  await app.app.start();
  const left = performance.now();
  await scene.slapd.asAdmin((client) => change(client, groupDn('Accueil'), { member: [personDn('emil')] }));
  const seconds = ((await told) - left) / 1000;
  assert.deepEqual(await ways(), [404, 404, 0]);
  assert.ok(seconds < 30, `told after ${seconds} seconds`);
  assert.deepEqual(app.faults, []);
});

test('joining a group is written as one change, and members are asked for once, not person by person', async () => {
  const uids = Array.from({ length: 40 }, (_, index) => `p${index}`);
  await using scene = await openScene(async (client) => {
    for (const uid of uids) await addPerson(client, uid);
    await addGroup(client, 'Tous', { objectClass: 'groupOfNames', member: uids.map(personDn) });
  });
  const { app, directory } = scene;
  const bookId = await folder(app.ada, 'Presse');
  await create(app.ada, 'Share', { addressBookId: bookId, principalId: await scene.idOf('Tous'), role: 'viewer' });
  let asked = 0;
  const counting = {
    ...directory,
    lookUp(ids: readonly string[]) {
      asked += 1;
      return directory.lookUp(ids);
    },
  };
  await syncDirectory(app.world, counting);
  assert.equal(asked, 1);
  const [group] = (await app.ada.call('Suggestion/query', { text: 'tous' }))['list']!;
  assert.equal(Number(group!['memberCount']), 40);
});
