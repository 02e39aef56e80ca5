/** ContactCard/get and /changes: lines J040 to J056 of docs/conformance.md that no other test proves. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { card, changes, create, destroy, folder, get, items, list, stateOf, update, upload } from '../../kit/calls.ts';
import type { Result } from '../../kit/person.ts';
import { putRecord, vCard } from '../../kit/records.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
let bookId: string;
before(async () => {
  app = await createTestApp();
  bookId = await folder(app.ada, 'Fiches');
});
after(() => app.close());

const fnAnd = (...lines: readonly string[]) => vCard('4.0', 'FN:Ann Roy', ...lines);

async function read(text: string): Promise<Result> {
  return (await get(app.ada, 'ContactCard', await putRecord(app, app.ada, bookId, text)))!;
}

/** The values of a map whose keys are the server's choice. */
const values = (map: object | undefined) => Object.values(map ?? {}) as unknown[];

test('J040 J041 all, none, some: ids left out or null, [], repeated, unknown; and only the properties asked for', async () => {
  const own = await app.person('Nadia');
  const { id: book } = (await list(own, 'AddressBook'))[0] as unknown as { id: string };
  const ids = [await card(own, book, 'Un'), await card(own, book, 'Deux')].toSorted();
  const answer = async (args: object) => {
    const result = await own.call('ContactCard/get', { properties: [], ...args });
    return [
      items(result['list'])
        .map((item) => item['id'] as unknown)
        .toSorted(),
      result['notFound'],
    ] as unknown[];
  };
  assert.deepEqual(await answer({}), [ids, []]);
  assert.deepEqual(await answer({ ids: null }), [ids, []]);
  assert.deepEqual(await answer({ ids: [] }), [[], []]);
  assert.deepEqual(await answer({ ids: [ids[0], ids[0], 'cnothing', 'cnothing'] }), [[ids[0]], ['cnothing']]);
  const { list: named } = await own.call('ContactCard/get', {
    ids: [ids[0]],
    properties: ['kind', 'uid', 'demo.example:none'],
  });
  assert.deepEqual(Object.keys(named![0]!).sort(), ['id', 'uid']);
});

test('J042 J043 every card has type, version, uid and its folder; without kind it is a person, a group has members', async () => {
  await create(app.ada, 'ContactCard', {
    kind: 'group',
    members: { 'urn:uuid:x': true },
    addressBookIds: { [bookId]: true },
  });
  await card(app.ada, bookId, 'Simple');
  const books = new Set((await list(app.ada, 'AddressBook')).map((book) => book['id'] as unknown));
  const cards = await list(app.ada, 'ContactCard');
  for (const one of cards) {
    assert.deepEqual([one['@type'], one['version'], typeof one['uid']], ['Card', '1.0', 'string'] as unknown[]);
    const [entry, ...more] = Object.entries(one['addressBookIds']!);
    assert.ok(entry && books.has(entry[0]) && (entry[1] as unknown) === true && more.length === 0);
  }
  const kinds = cards.map((one) => [one['kind'] as unknown, one['members'] !== undefined]);
  assert.ok(kinds.some(([kind, hasMembers]) => kind === 'group' && hasMembers));
  assert.ok(kinds.some(([kind, hasMembers]) => kind === undefined && !hasMembers));
});

test('J044 J146 a 3.0 card reads as a right card: labels, dates, and an embedded photo as a blob that downloads', async () => {
  const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(300, 7)]);
  const one = await read(
    vCard(
      '3.0',
      'N:Roy;Anna;;;',
      'FN:Anna Roy',
      'item1.TEL:06',
      'item1.X-ABLabel:_$!<Other>!$_',
      'item2.X-ABDATE;type=pref:2009-08-08',
      'item2.X-ABLabel:_$!<Anniversary>!$_',
      `PHOTO;ENCODING=b;TYPE=JPEG:${photo.toString('base64')}`,
    ),
  );
  assert.equal(one['name']!['full'], 'Anna Roy');
  assert.deepEqual(values(one['phones']), [{ number: '06', label: '_$!<Other>!$_' }]);
  assert.deepEqual(values(one['anniversaries']), [{ kind: 'wedding', date: { year: 2009, month: 8, day: 8 } }]);
  const [media] = values(one['media']) as { blobId: string }[];
  assert.deepEqual(media, { kind: 'photo', blobId: media!.blobId, mediaType: 'image/jpeg' });
  const file = await app.ada.get(`/jmap/download/${app.ada.id}/${media!.blobId}/photo.jpg?accept=image/jpeg`);
  assert.deepEqual(Buffer.from(await file.arrayBuffer()), photo);
});

test('J045 J046 J047 a 4.0 card reads as a right card: languages, order, sort-as and sound', async () => {
  const one = await read(
    vCard(
      '4.0',
      'FN:Ana Ruiz',
      'N;ALTID=1;LANGUAGE=zh-Hant;SORT-AS="Ruiz,Ana":孫;中山;;;',
      'N;ALTID=1;PHONETIC=jyut;SCRIPT=Latn;LANGUAGE=yue:syun1;zung1saan1;;;',
      'LANGUAGE:zh-Hant',
      'TITLE;PROP-ID=t;ALTID=2:Chief',
      'TITLE;ALTID=2;LANGUAGE=fr:Cheffe',
      'BDAY:--0203',
      'LANG;PREF=1:fr',
    ),
  );
  assert.deepEqual(one['name']!['sortAs'], { surname: 'Ruiz', given: 'Ana' });
  assert.equal(one['localizations']!['fr']!['titles/t/name'], 'Cheffe');
  assert.equal(one['localizations']!['yue']!['name/components/0/phonetic'], 'syun1');
  assert.deepEqual(values(one['anniversaries']), [{ kind: 'birth', date: { month: 2, day: 3 } }]);
  assert.deepEqual(values(one['preferredLanguages']), [{ language: 'fr', pref: 1 }]);
  const ordered = await read(fnAnd('N;JSCOMPS=";1;0":Doe;Jane;;;'));
  assert.deepEqual([ordered['name']!['isOrdered'], ordered['name']!['components']], [
    true,
    [
      { kind: 'given', value: 'Jane' },
      { kind: 'surname', value: 'Doe' },
    ],
  ] as unknown[]);
});

test('J048 broken parameters are ignored, and a card that has them keeps no other from being read', async () => {
  const ids = [
    await putRecord(
      app,
      app.ada,
      bookId,
      fnAnd('N;JSCOMPS=";1;7;x":Roy;Ann;;;', 'JSPROP;JSPTR="a/b":1', 'ADR;JSCOMPS=";99":;;x;;;;'),
    ),
    await putRecord(app, app.ada, bookId, fnAnd('JSPROP;JSPTR="emails":{', 'TEL;PREF=high:1', 'REV:yesterday')),
    await card(app.ada, bookId, 'En ordre'),
  ];
  const result = await app.ada.call('ContactCard/get', { ids });
  assert.deepEqual([items(result['list']).length, result['notFound']], [3, []]);
  const bytes = Buffer.concat([
    Buffer.from('BEGIN:VCARD\r\nVERSION:3.0\r\nN:Roy;;;;\r\nFN:Caf'),
    Buffer.from([0xe9]),
    Buffer.from('\r\nEND:VCARD\r\n'),
  ]);
  const blobId = await upload(app.ada, bytes, 'text/vcard');
  const { parsed } = await app.ada.call('ContactCard/parse', { blobIds: [blobId] });
  assert.equal(parsed![blobId]![0]!['name']!['full'], 'Café');
});

test('J049 empty names and addresses leave nothing behind', async () => {
  const one = await read(vCard('4.0', 'FN:', 'N:;;;;', 'ADR;TYPE=home:;;;;;;', 'ORG:;'));
  for (const name of ['name', 'addresses', 'organizations']) assert.equal(one[name], undefined, name);
});

test('J050 the product is told, country codes are read, a TYPE that nobody knows does not show', async () => {
  const one = await read(
    vCard(
      '3.0',
      'N:Roy;;;;',
      'FN:Roy',
      'PRODID:-//Demo//1',
      'item1.ADR:;;x;;;;',
      'item1.X-ABADR:fr',
      'TEL;TYPE=CELL,x-odd:1',
    ),
  );
  assert.equal(one['prodId'], '-//Demo//1');
  assert.equal((values(one['addresses']) as { countryCode: string }[])[0]!.countryCode, 'FR');
  assert.deepEqual(values(one['phones']), [{ number: '1', features: { mobile: true } }]);
});

test('J051 J052 J054 changes of cards and groups come in steps that continue one another', async () => {
  const { ada } = app;
  const group = await create(ada, 'ContactCard', {
    kind: 'group',
    members: { a: true },
    addressBookIds: { [bookId]: true },
  });
  const doomed = await card(ada, bookId, 'Partira');
  const since = await stateOf(ada, 'ContactCard');
  const made = [await card(ada, bookId, 'Un'), await card(ada, bookId, 'Deux'), await card(ada, bookId, 'Trois')];
  await update(ada, 'ContactCard', group, { 'members/b': true });
  await destroy(ada, 'ContactCard', doomed);
  await destroy(ada, 'ContactCard', await card(ada, bookId, 'Passant'));
  const seen: Record<'created' | 'updated' | 'destroyed', string[]> = { created: [], updated: [], destroyed: [] };
  let state = since;
  for (let more = true; more;) {
    const step = await ada.call('ContactCard/changes', { sinceState: state, maxChanges: 2 });
    for (const kind of ['created', 'updated', 'destroyed'] as const)
      seen[kind].push(...(step[kind] as unknown as string[]));
    assert.ok(items(step['created']).length + items(step['updated']).length + items(step['destroyed']).length <= 2);
    [state, more] = [step['newState']!, step['hasMoreChanges'] as unknown as boolean];
  }
  assert.equal(state, await stateOf(ada, 'ContactCard'));
  assert.deepEqual([seen.created.toSorted(), seen.updated, seen.destroyed], [made.toSorted(), [group], [doomed]]);
});

test('J055 a state that was never given cannot be followed', async () => {
  assert.equal((await changes(app.ada, 'ContactCard', 'never'))['type'], 'cannotCalculateChanges');
});
