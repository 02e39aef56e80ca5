import assert from 'node:assert/strict';
import { test } from 'node:test';
import { items } from '../../kit/calls.ts';
import { C, D, dav, namesIn, propfind } from '../../kit/dav.ts';
import { createTestApp } from '../../kit/world.ts';

test('a client that takes the states of its own writes for its own misses nothing that comes by CardDAV meanwhile', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const listed = await propfind(ada, `/dav/addressbooks/${ada.id}/`, 1, [D('resourcetype')]);
  const book = listed.responses.find((one) => namesIn(one, D('resourcetype')).includes(C('addressbook')))!.href;
  const vcard = (uid: string) => `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:x\r\nN:x;;;;\r\nEND:VCARD\r\n`;
  const known = new Set<string>();
  let state = (await ada.call('ContactCard/get', { ids: [] }))['state']!;
  const follow = async () => {
    const told = await ada.call('ContactCard/changes', { sinceState: state });
    for (const id of items(told['created'])) known.add(id);
    state = told['newState']!;
  };
  for (let round = 0; round < 15; round++) {
    const puts = [0, 1, 2].map((index) =>
      dav(ada, 'PUT', `${book}${round}-${index}.vcf`, { body: vcard(`${round}-${index}`) }),
    );
    const set = await ada.call('ContactCard/set', { create: { a: { name: { full: String(round) } } } });
    await Promise.all(puts);
    if (set['oldState'] !== state) await follow();
    else {
      known.add(set['created']!['a']!['id']!);
      state = set['newState']!;
    }
  }
  await follow();
  const all = items((await ada.call('ContactCard/get', { properties: ['id'] }))['list']).map(({ id }) => id!);
  assert.deepEqual([...known].toSorted(), all.toSorted());
});
