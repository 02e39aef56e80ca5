import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { purgeMerges } from '../../../src/core/duplicate/listMerges.ts';
import { toVCard } from '../../../src/format/jscontact/toVCard.ts';
import { serializeVCard } from '../../../src/format/vcard/serialize.ts';
import { arbitraryCard } from '../../fixtures/cards/arbitraryCard.ts';
import {
  create,
  folder,
  get,
  items,
  list,
  refusal,
  shareAccepted,
  stateOf,
  update,
  changes,
  upload,
  pixel,
} from '../../kit/calls.ts';
import { dav, homeOf, said, sync, tokenOf } from '../../kit/dav.ts';
import type { Person, Result } from '../../kit/person.ts';
import { putRecord, vCard } from '../../kit/records.ts';
import { indexWords } from '../../../src/core/card/words/indexWords.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

const day = 86_400_000;

/** Everything that is told of the cards of an account, and the texts that are kept of them. */
async function everythingOf({ world }: TestApp): Promise<object> {
  const { db } = world;
  const cards = db.build
    .selectFrom('card')
    .innerJoin('card_record', 'card_record.card_id', 'card.id')
    .innerJoin('card_text', 'card_text.card_id', 'card.id')
    .selectAll('card')
    .select(['card_record.vcard', 'card_text.text'])
    .orderBy('card.id');
  await indexWords(world);
  const tables = (
    ['card_token', 'card_member', 'card_email', 'card_words', 'card_blob', 'card_match', 'card_keyword'] as const
  ).map(async (table) =>
    (await db.all(db.build.selectFrom(table).selectAll())).map((row) => JSON.stringify(row)).sort(),
  );
  const counts = await db.all(db.build.selectFrom('address_book').select(['id', 'card_count']).orderBy('id'));
  // Of a record that has no REV this is when it was written last: an undo writes it.
  const rows = (await db.all(cards)).map(({ updated: _written, ...row }) => row);
  return { cards: rows, tables: await Promise.all(tables), counts };
}

async function merge(person: Person, keepId: string, cardIds: readonly string[], more: object = {}): Promise<string> {
  return create(person, 'Merge', { keepId, cardIds, ...more });
}

async function undo(person: Person, id: string): Promise<Result> {
  const { undone, notUndone } = await person.call('Merge/undo', { ids: [id] });
  assert.ok(undone![id], JSON.stringify(notUndone));
  return undone![id]!;
}

const jean = vCard(
  '3.0',
  'UID:jean-1',
  'FN:Jean Dupont',
  'N:Dupont;Jean;;;',
  'EMAIL;TYPE=INTERNET:jean@demo.example',
  'NOTE:Un',
  'X-ODD;X-P=q:kept',
  'item1.URL:https://demo.example',
  'item1.X-ABLabel:Site',
);
const other = vCard(
  '4.0',
  'UID:jean-2',
  'FN:DUPONT Jean',
  'TEL;TYPE=cell:+33612345678',
  'EMAIL:JEAN@demo.example',
  'EMAIL:jd@demo.example',
  'NOTE:Deux',
  'X-OTHER:kept too',
);

test('one card says what both said, the other is gone, and undoing brings all of it back to the letter', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const [book, second] = [await folder(ada, 'Presse'), await folder(ada, 'Amis')];
  const [keepId, otherId] = [await putRecord(app, ada, book, jean), await putRecord(app, ada, second, other)];
  await create(ada, 'ContactCard', {
    kind: 'group',
    name: { full: 'Bureau' },
    members: { 'jean-2': true, 'urn:x:9': true },
    addressBookIds: { [book]: true },
  });
  const before = await everythingOf(app);
  const id = await merge(ada, keepId, [otherId]);
  const kept = (await get(ada, 'ContactCard', keepId))!;
  const values = (property: string, key: string) =>
    (Object.values(kept[property] ?? {}) as Result[]).map((entry) => entry[key]);
  assert.deepEqual(values('emails', 'address'), ['jean@demo.example', 'jd@demo.example']);
  assert.deepEqual(
    values('phones', 'number'),
    ['tel:+33612345678'].map((uri) => uri.slice(4)),
  );
  assert.deepEqual(values('notes', 'note'), ['Un\n\nDeux']);
  const { text } = await dav(ada, 'GET', `${homeOf(ada)}${book}/jean-1.vcf`);
  for (const line of ['X-ODD;X-P=q:kept', 'item1.X-ABLabel:Site', 'X-OTHER:kept too'])
    assert.ok(text.includes(line), line);
  assert.equal(await get(ada, 'ContactCard', otherId), undefined);
  assert.deepEqual(await list(ada, 'TrashItem'), []);
  const [group] = items((await ada.call('ContactCard/query', { filter: { hasMember: 'jean-1' } }))['ids']);
  assert.deepEqual(Object.keys((await get(ada, 'ContactCard', group as unknown as string))!['members']!).sort(), [
    'jean-1',
    'urn:x:9',
  ]);
  assert.deepEqual(await undo(ada, id), { kept: 'restored', restored: [otherId], lost: [], editedGroups: [] });
  assert.deepEqual(await everythingOf(app), before);
  assert.deepEqual(await list(ada, 'Merge'), []);
  assert.deepEqual(app.faults, []);
});

test('whatever the cards say, a merge is undone to the letter', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const book = await folder(ada, 'Presse');
  let number = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryCard, { minLength: 2, maxLength: 3 }), async (values) => {
      const ids: string[] = [];
      for (const value of values) {
        const card = { ...value, kind: 'individual', uid: `urn:x:${++number}` };
        ids.push(await putRecord(app, ada, book, serializeVCard(toVCard(card))));
      }
      const before = await everythingOf(app);
      const id = await merge(ada, ids[0]!, ids.slice(1));
      assert.equal((await undo(ada, id))['kept'], 'restored');
      assert.deepEqual(await everythingOf(app), before);
      await ada.call('ContactCard/set', { destroy: ids });
    }),
    { numRuns: 12, endOnFailure: true },
  );
  assert.deepEqual(app.faults, []);
});

test('one says which name and which photo, and what is left out', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const book = await folder(ada, 'Presse');
  const blobId = await upload(ada, pixel, 'image/png');
  const make = (name: string, number: string, more: object = {}) =>
    create(ada, 'ContactCard', {
      name: { full: name },
      phones: { p: { number } },
      addressBookIds: { [book]: true },
      ...more,
    });
  const keepId = await make('Jean Dupont', '0556000001');
  const otherId = await make('J. Dupond', '0556000002', {
    media: { m: { kind: 'photo', blobId, mediaType: 'image/png' } },
  });
  const id = await merge(ada, keepId, [otherId], {
    choices: { name: otherId, photo: otherId },
    leaveOut: { phones: [{ number: '+33 5 56 00 00 01' }] },
  });
  const kept = (await get(ada, 'ContactCard', keepId))!;
  assert.equal(kept['name']!['full'], 'J. Dupond');
  assert.deepEqual(
    (Object.values(kept['phones']!) as Result[]).map((phone) => phone['number']),
    ['0556000002'],
  );
  assert.equal((Object.values(kept['media']!)[0] as Result)['blobId'], blobId);
  const [told] = await list(ada, 'Merge');
  const { mergedAt, undoUntil, ...rest } = told as unknown as Record<string, unknown>;
  assert.deepEqual(rest, {
    id,
    keepId,
    name: 'J. Dupond',
    cards: [{ id: otherId, name: 'J. Dupond' }],
    mergedBy: ada.id,
    mergedByName: 'Ada',
  });
  assert.equal(Date.parse(undoUntil as string) - Date.parse(mergedAt as string), 90 * day);
});

test('what is no merge is refused, and changes nothing', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const book = await folder(ada, 'Presse');
  const make = (more: object = {}) =>
    create(ada, 'ContactCard', { name: { full: 'Jean Dupont' }, addressBookIds: { [book]: true }, ...more });
  const [keepId, otherId, groupId] = [await make(), await make(), await make({ kind: 'group', members: {} })];
  const before = await everythingOf(app);
  const wrong: readonly (readonly [object, string])[] = [
    [{ keepId, cardIds: [keepId] }, 'invalidProperties'],
    [{ keepId, cardIds: [] }, 'invalidProperties'],
    [{ keepId, cardIds: 'all' }, 'invalidProperties'],
    [{ keepId, cardIds: [otherId], choices: { name: groupId } }, 'invalidProperties'],
    [{ keepId, cardIds: [otherId], choices: ['x'] }, 'invalidProperties'],
    [{ keepId, cardIds: [otherId], leaveOut: { emails: 'all' } }, 'invalidProperties'],
    [{ keepId, cardIds: [groupId] }, 'invalidProperties'],
    [{ keepId, cardIds: [otherId, 'cnothing'] }, 'notFound'],
    [{ keepId, cardIds: Array.from({ length: 20 }, (_, index) => `c${index}`) }, 'invalidProperties'],
    [{ keepId, cardIds: [otherId], name: 'x' }, 'invalidProperties'],
  ];
  for (const [value, type] of wrong)
    assert.equal((await refusal(ada, 'Merge/set', { create: { new: value } }))['type'], type, JSON.stringify(value));
  assert.deepEqual(await everythingOf(app), before);
  assert.equal((await refusal(ada, 'Merge/set', { destroy: ['mnothing'] }))['type'], 'notFound');
});

test('many are merged at once, each for itself, and come apart newest first', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const book = await folder(ada, 'Presse');
  const make = (name: string) => create(ada, 'ContactCard', { name: { full: name }, addressBookIds: { [book]: true } });
  const [a, b, c, d] = [await make('A'), await make('B'), await make('C'), await make('D')];
  const before = await everythingOf(app);
  const { created, notCreated } = await ada.call('Merge/set', {
    create: { one: { keepId: a, cardIds: [b] }, two: { keepId: a, cardIds: [c] }, three: { keepId: d, cardIds: [b] } },
  });
  assert.deepEqual(Object.keys(created!), ['one', 'two']);
  assert.equal(notCreated!['three']!['type'], 'notFound');
  const ids = (Object.values(created!) as Result[]).map((made) => String(made['id']));
  const state = await stateOf(ada, 'Merge');
  assert.deepEqual([...(await ada.call('Merge/query'))['ids']!].sort(), [...ids].sort());
  const { undone } = await ada.call('Merge/undo', { ids });
  assert.deepEqual(
    (Object.values(undone!) as Result[]).map((done) => done['kept']),
    ['restored', 'restored'],
  );
  assert.deepEqual(await everythingOf(app), before);
  assert.notEqual(await stateOf(ada, 'Merge'), state);
});

test('what was edited since stays edited, and the cards come back beside it', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const book = await folder(ada, 'Presse');
  const [keepId, otherId] = [await putRecord(app, ada, book, jean), await putRecord(app, ada, book, other)];
  const groupId = await create(ada, 'ContactCard', {
    kind: 'group',
    name: { full: 'Bureau' },
    members: { 'jean-2': true },
    addressBookIds: { [book]: true },
  });
  const id = await merge(ada, keepId, [otherId]);
  await update(ada, 'ContactCard', keepId, { 'name/full': 'Jean D.' });
  await update(ada, 'ContactCard', groupId, { 'members/urn:x:9': true });
  assert.deepEqual(await undo(ada, id), { kept: 'edited', restored: [otherId], lost: [], editedGroups: [groupId] });
  assert.equal((await get(ada, 'ContactCard', keepId))!['name']!['full'], 'Jean D.');
  assert.deepEqual(Object.keys((await get(ada, 'ContactCard', groupId))!['members']!).sort(), ['jean-2', 'urn:x:9']);
  const again = await merge(ada, keepId, [otherId]);
  await ada.call('ContactCard/set', { destroy: [keepId] });
  assert.equal((await undo(ada, again))['kept'], 'gone');
  assert.ok(await get(ada, 'ContactCard', otherId));
});

test('of a folder that is gone nothing comes back before the folder does', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const [book, second] = [await folder(ada, 'Presse'), await folder(ada, 'Amis')];
  const [keepId, otherId] = [await putRecord(app, ada, book, jean), await putRecord(app, ada, second, other)];
  const id = await merge(ada, keepId, [otherId]);
  await ada.call('AddressBook/set', { destroy: [second] });
  const merged = await get(ada, 'ContactCard', keepId);
  assert.equal((await refusal(ada, 'Merge/set', { destroy: [id] }))['reason'], 'folderGone');
  assert.deepEqual(await get(ada, 'ContactCard', keepId), merged);
  await ada.call('TrashItem/restore', { ids: [second] });
  assert.equal((await undo(ada, id))['kept'], 'restored');
  const last = await merge(ada, keepId, [otherId]);
  await ada.call('AddressBook/set', { destroy: [second] });
  await ada.call('TrashItem/empty');
  assert.deepEqual((await undo(ada, last))['lost'], [otherId]);
});

test('devices see the kept card changed and the other gone, and after the undo both as they were', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const book = await folder(ada, 'Presse');
  const [keepId, otherId] = [await putRecord(app, ada, book, jean), await putRecord(app, ada, book, other)];
  const path = `${homeOf(ada)}${book}/`;
  const start = tokenOf(await sync(ada, path, ''));
  const state = await stateOf(ada, 'ContactCard');
  const id = await merge(ada, keepId, [otherId]);
  const merged = await sync(ada, path, start);
  assert.deepEqual(said(merged), { 'jean-1.vcf': 'there', 'jean-2.vcf': '404' });
  const told = await changes(ada, 'ContactCard', state);
  assert.deepEqual([told['updated'], told['destroyed']], [[keepId], [otherId]]);
  await undo(ada, id);
  assert.deepEqual(said(await sync(ada, path, tokenOf(merged))), { 'jean-1.vcf': 'there', 'jean-2.vcf': 'there' });
  assert.equal((await dav(ada, 'GET', `${path}jean-1.vcf`)).text, jean);
  assert.equal(
    (await dav(ada, 'GET', `${path}jean-2.vcf`, { headers: { Accept: 'text/vcard; version=4.0' } })).text,
    other,
  );
});

test('the owner of a folder sees what a colleague merged there, and undoes it', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe } = app;
  const book = await folder(ada, 'Presse');
  const [keepId, otherId] = [await putRecord(app, ada, book, jean), await putRecord(app, ada, book, other)];
  await shareAccepted(ada, book, ben, 'manager');
  await shareAccepted(ada, book, chloe, 'manager');
  const id = await merge(ben, keepId, [otherId]);
  assert.equal((await list(ada, 'Merge'))[0]!['mergedByName'], 'Ben');
  assert.deepEqual(await list(chloe, 'Merge'), []);
  assert.equal((await chloe.call('Merge/undo', { ids: [id] }))['notUndone']![id]!['type'], 'notFound');
  await undo(ada, id);
  assert.ok(await get(ada, 'ContactCard', otherId));
});

test('between accounts the card goes where it is kept, with its photo, and comes back', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const book = await folder(ada, 'Presse');
  await shareAccepted(ada, book, ben, 'manager');
  const keepId = await create(ada, 'ContactCard', { name: { full: 'Jean Dupont' }, addressBookIds: { [book]: true } });
  const own = await folder(ben, 'Amis');
  const blobId = await upload(ben, pixel, 'image/png');
  const media = { m: { kind: 'photo', blobId, mediaType: 'image/png' } };
  const mine = await create(ben, 'ContactCard', {
    name: { full: 'Jean Dupont' },
    media,
    addressBookIds: { [own]: true },
  });
  const before = await everythingOf(app);
  const id = await merge(ben, keepId, [mine]);
  const kept = (await get(ada, 'ContactCard', keepId))!;
  assert.equal((Object.values(kept['media']!)[0] as Result)['blobId'], blobId);
  assert.equal(await get(ben, 'ContactCard', mine), undefined);
  await undo(ben, id);
  assert.deepEqual(await everythingOf(app), before);
});

test('after ninety days a merge is for good', async () => {
  await using app = await createTestApp();
  const { ada, world, clock } = app;
  const book = await folder(ada, 'Presse');
  const [keepId, otherId] = [await putRecord(app, ada, book, jean), await putRecord(app, ada, book, other)];
  await merge(ada, keepId, [otherId]);
  clock.advance(89 * day);
  await ada.signIn();
  assert.equal(await purgeMerges(world), 0);
  assert.equal((await list(ada, 'Merge')).length, 1);
  clock.advance(2 * day);
  assert.equal(await purgeMerges(world), 1);
  await ada.signIn();
  assert.deepEqual(await list(ada, 'Merge'), []);
  const cards = await world.db.all(world.db.build.selectFrom('card').select('id'));
  assert.deepEqual(
    cards.map((row) => row.id),
    [keepId],
  );
});

test('the history tells of a merge as one thing; what it brings back, the undo leaves as it is', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const book = await folder(ada, 'Presse');
  const [keepId, otherId] = [await putRecord(app, ada, book, jean), await putRecord(app, ada, book, other)];
  const id = await merge(ada, keepId, [otherId]);
  const { ids } = await ada.call('CardVersion/query', { filter: { cardId: otherId }, limit: 1 });
  const [version] = await list(ada, 'CardVersion', { ids: [...ids!] });
  assert.deepEqual([version!['way'], version!['action']], ['merge', 'deleted']);
  const { counts } = await ada.call('CardVersion/undo', { operationId: version!['operationId'] });
  assert.deepEqual([Number(counts!['restored']), Number(counts!['changed'])], [1, 1]);
  assert.ok(await get(ada, 'ContactCard', otherId));
  assert.deepEqual((await get(ada, 'ContactCard', keepId))!['phones'], undefined);
  const { kept, restored, lost } = await undo(ada, id);
  assert.deepEqual([kept, restored, lost], ['edited', [], []]);
  assert.deepEqual(app.faults, []);
});
