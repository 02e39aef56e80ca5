import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { card, create, folder, pixel, share, upload } from '../../kit/calls.ts';
import type { Person, Result } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
let ada: Person;
let ben: Person;
before(async () => {
  app = await createTestApp();
  ({ ada, ben } = app);
});
after(() => app.close());

const fox = 'The quick brown fox jumped over the lazy dog.';

async function make(data: readonly object[], type?: string): Promise<Result> {
  const result = await ada.call('Blob/upload', { create: { new: { data, ...(type === undefined ? {} : { type }) } } });
  return result['created']?.['new'] ?? result['notCreated']!['new']!;
}

async function textBlob(text: string): Promise<string> {
  return (await make([{ 'data:asText': text }]))['id']!;
}

test('the session announces blobs with an empty object, and each account what it can do', async () => {
  const session = (await (await ada.get('/jmap/session')).json()) as Result;
  const uri = 'urn:ietf:params:jmap:blob';
  assert.deepEqual(session['capabilities']![uri], {});
  const account = session['accounts']![ada.id]!['accountCapabilities']![uri]!;
  assert.ok(Number(account['maxDataSources']) >= 64 && Number(account['maxSizeBlobSet']) > 0);
  assert.ok((account['supportedDigestAlgorithms'] as unknown as string[]).includes('sha'));
  assert.deepEqual(account['supportedTypeNames'], ['ContactCard', 'AddressBook']);
});

test('the complex example of RFC 9404 §4.1.2: a blob of texts, base64 and parts of another, read back', async () => {
  const responses = await ada.jmap([
    ['Blob/upload', { accountId: ada.id, create: { b4: { data: [{ 'data:asText': fox }] } } }],
    [
      'Blob/upload',
      {
        accountId: ada.id,
        create: {
          cat: {
            data: [
              { 'data:asText': 'How' },
              { blobId: '#b4', length: 7, offset: 3 },
              { 'data:asText': 'was t' },
              { blobId: '#b4', length: 1, offset: 1 },
              { 'data:asBase64': 'YXQ/' },
            ],
          },
        },
      },
    ],
    ['Blob/get', { accountId: ada.id, properties: ['data:asText', 'size'], ids: ['#cat'] }],
  ]);
  assert.deepEqual(responses[0]![1]['created']!['b4']!['size'], 45);
  const { id, type, size } = responses[1]![1]['created']!['cat'] as unknown as Record<string, unknown>;
  assert.deepEqual([type, size], ['application/octet-stream', 19]);
  assert.deepEqual(responses[2]![1]['list'], [{ id, size: 19, 'data:asText': 'How quick was that?' }]);
});

test('digests are those of the selected octets (RFC 9404 §4.2.1)', async () => {
  const id = await textBlob(fox);
  const properties = ['data:asText', 'digest:sha', 'digest:sha-256', 'size'];
  const whole = await ada.call('Blob/get', { ids: [id, 'not-a-blob'], properties });
  assert.equal(whole['list']![0]!['digest:sha'], 'wIVPufsDxBzOOALLDSIFKebu+U4=');
  assert.deepEqual(whole['notFound'], ['not-a-blob']);
  const part = await ada.call('Blob/get', { ids: [id], properties, offset: 4, length: 9 });
  assert.deepEqual(part['list'], [
    {
      id,
      size: 45,
      'data:asText': 'quick bro',
      'digest:sha': 'QiRAPtfyX8K6tm1iOAtZ87Xj3Ww=',
      'digest:sha-256': 'gdg9INW7lwHK6OQ9u0dwDz2ZY/gubi0En0xlFpKt0OA=',
    },
  ]);
});

test('what is no UTF-8 is told as base64, and ranges beyond the end as truncated (RFC 9404 §4.2.2)', async () => {
  const base64 = 'VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wZWQgb3ZlciB0aGUggYEgZG9nLg==';
  const b1 = (await make([{ 'data:asBase64': base64 }]))['id']!;
  const b2 = await textBlob('hello world');
  const get = async (more: object) => (await ada.call('Blob/get', { ids: [b1, b2], ...more }))['list'];
  const [one, two] = [
    { id: b1, size: 43 },
    { id: b2, size: 11 },
  ];
  assert.deepEqual(await get({}), [
    { ...one, 'data:asBase64': base64, isEncodingProblem: true },
    { ...two, 'data:asText': 'hello world' },
  ]);
  assert.deepEqual(await get({ properties: ['data:asText', 'size'] }), [
    { ...one, 'data:asText': null, isEncodingProblem: true },
    { ...two, 'data:asText': 'hello world' },
  ]);
  assert.deepEqual(await get({ properties: ['data:asBase64', 'size'] }), [
    { ...one, 'data:asBase64': base64 },
    { ...two, 'data:asBase64': 'aGVsbG8gd29ybGQ=' },
  ]);
  assert.deepEqual(await get({ offset: 0, length: 5 }), [
    { ...one, 'data:asText': 'The q' },
    { ...two, 'data:asText': 'hello' },
  ]);
  assert.deepEqual(await get({ offset: 20, length: 100 }), [
    { ...one, 'data:asBase64': 'anVtcGVkIG92ZXIgdGhlIIGBIGRvZy4=', isEncodingProblem: true, isTruncated: true },
    { ...two, 'data:asText': '', isTruncated: true },
  ]);
});

test('a source that would have to be guessed refuses the creation', async () => {
  const id = await textBlob(fox);
  const wrong = [
    [{ 'data:asBase64': 'not base64!' }],
    [{ 'data:asText': 'a', 'data:asBase64': 'YQ==' }],
    [{ 'data:asText': 'a', offset: 1 }],
    [{}],
    [{ blobId: 'not-a-blob' }],
    [{ blobId: id, offset: 40, length: 10 }],
    [{ blobId: id, offset: 46 }],
    [{ blobId: id, offset: -1 }],
  ];
  for (const data of wrong) assert.equal((await make(data))['type'], 'invalidProperties', JSON.stringify(data));
  assert.equal((await make([], 'no type'))['type'], 'invalidProperties');
  assert.equal((await make([]))['size'], 0);
});

test('an unknown property or digest is an invalid argument', async () => {
  for (const properties of [['digest:md4'], ['name']])
    assert.equal((await ada.call('Blob/get', { ids: [], properties }))['type'], 'invalidArguments');
});

test('lookup tells the cards and folders that show a blob, only as far as one may read them', async () => {
  const [open, secret] = [await folder(ada, 'Open'), await folder(ada, 'Secret')];
  await share(ada, open, ben, 'viewer');
  const blobId = await upload(ada, pixel, 'image/png');
  const media = { photo: { '@type': 'Media', kind: 'photo', blobId, mediaType: 'image/png' } };
  const made = await ada.call('ContactCard/set', {
    create: {
      one: { name: { full: 'One' }, addressBookIds: { [open]: true }, media },
      two: { name: { full: 'Two' }, addressBookIds: { [secret]: true }, media },
    },
  });
  const [one, two] = [made['created']!['one']!['id']!, made['created']!['two']!['id']!];
  const asked = { accountId: ada.id, typeNames: ['ContactCard', 'AddressBook'], ids: [blobId, 'not-a-blob'] };
  const own = await ada.call('Blob/lookup', asked);
  assert.deepEqual(new Set(own['list']![0]!['matchedIds']!['ContactCard']), new Set([one, two]));
  const read = await ben.call('Blob/lookup', asked);
  assert.deepEqual(read['list'], [
    { id: blobId, matchedIds: { ContactCard: [one], AddressBook: [open] } },
    { id: 'not-a-blob', matchedIds: { ContactCard: [], AddressBook: [] } },
  ]);
});

test('lookup of a type that is unknown, or whose capability is not used, is unknownDataType', async () => {
  assert.equal((await ada.call('Blob/lookup', { typeNames: ['Email'], ids: [] }))['type'], 'unknownDataType');
  const using = ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:blob'];
  const args = { accountId: ada.id, typeNames: ['ContactCard'], ids: [] };
  assert.equal((await ada.jmap([['Blob/lookup', args]], using))[0]![1]['type'], 'unknownDataType');
});

const vcards = (...names: readonly string[]) =>
  Buffer.from(names.map((name) => `BEGIN:VCARD\r\nVERSION:4.0\r\nFN:${name}\r\nEND:VCARD\r\n`).join(''));

test('parse gives the cards of each file without keeping them', async () => {
  const two = await upload(ada, vcards('Élise Un', 'Zoé Deux'), 'text/vcard');
  const none = await upload(ada, Buffer.from('no card at all'), 'text/vcard');
  const result = await ada.call('ContactCard/parse', { blobIds: [two, none, 'not-a-blob'], properties: ['name'] });
  const cards: readonly Result[] = result['parsed']![two]!;
  const names = cards.map((parsed) => parsed['name']!['full']);
  assert.deepEqual(names, ['Élise Un', 'Zoé Deux']);
  assert.deepEqual(Object.keys(cards[0]!), ['name']);
  assert.deepEqual([result['notParsable'], result['notFound']], [[none], ['not-a-blob']]);
  assert.deepEqual((await ada.call('ContactCard/query', { filter: { text: 'Zoé' } }))['ids'], []);
});

test('a parsed card can be created as it is, with its picture', async () => {
  const photo = Buffer.concat([pixel, Buffer.alloc(2000, 7)]).toString('base64');
  const text = `BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:2f5d7c5e-0c57-4b9f-8d9e-3f1f0a1f7c11\r\nFN:With Photo\r\nPHOTO:data:image/png;base64,${photo}\r\nEND:VCARD\r\n`;
  const blobId = await upload(ada, Buffer.from(text), 'text/vcard');
  const parsed = await ada.call('ContactCard/parse', { blobIds: [blobId] });
  const value = parsed['parsed']![blobId]![0]!;
  const [media] = Object.values(value['media']!) as Result[];
  assert.ok(media!['blobId'] && !('uri' in media!));
  const made = await ada.call('ContactCard/set', { create: { new: value } });
  assert.ok(made['created']?.['new']?.['id'], JSON.stringify(made));
});

test('quotas tell how many contacts there are and may be, and follow what happens', async () => {
  const chloe = app.chloe;
  const book = await folder(chloe, 'Counted');
  const before = await chloe.call('Quota/get');
  const quota = async (id: string) =>
    ((await chloe.call('Quota/get', { ids: [id] }))['list'] as unknown as Record<string, unknown>[])[0]!;
  const { used, hardLimit, resourceType, scope } = await quota('cards');
  assert.deepEqual([used, hardLimit, resourceType, scope], [0, 100_000, 'count', 'account']);
  await card(chloe, book, 'One more');
  const changes = await chloe.call('Quota/changes', { sinceState: before['state'] });
  assert.deepEqual([changes['updated'], changes['updatedProperties']], [['cards'], ['used']]);
  await upload(chloe, Buffer.alloc(1234), 'application/octet-stream');
  const query = await chloe.call('Quota/query', { filter: { resourceType: 'octets' } });
  assert.deepEqual(query['ids'], ['uploads']);
  assert.equal((await quota('uploads'))['used'], 1234);
  const since = { sinceQueryState: before['state'], sort: [{ property: 'used' }] };
  const follow = await chloe.call('Quota/queryChanges', since);
  assert.deepEqual(follow['removed'], ['cards', 'uploads']);
  assert.deepEqual(
    follow['added'],
    [
      { id: 'cards', index: 0 },
      { id: 'uploads', index: 1 },
    ],
    'both in their new places',
  );
  assert.equal((await chloe.call('Quota/changes', { sinceState: 'x' }))['type'], 'cannotCalculateChanges');
});

test('the quotas of somebody else are not told', async () => {
  const shared = await folder(ada, 'For Ben');
  await share(ada, shared, ben, 'viewer');
  assert.equal((await ben.call('Quota/get', { accountId: ada.id }))['type'], 'accountNotSupportedByMethod');
});

test('what one has waiting does not tell whether somebody else uses the same file', async () => {
  const dora = await app.person('Dora');
  const bookId = await folder(ada, 'With a photo');
  const blobId = await upload(ada, pixel, 'image/png');
  const media = { photo: { kind: 'photo', blobId, mediaType: 'image/png' } };
  await create(ada, 'ContactCard', { name: { full: 'Jean Dupont' }, media, addressBookIds: { [bookId]: true } });
  await upload(dora, pixel, 'image/png');
  const quotas = (await dora.call('Quota/get', { ids: ['uploads'] }))['list'] as unknown as { used: number }[];
  assert.equal(quotas[0]!.used, pixel.length);
});

test('a photo may be what Blob/upload makes in the same request (RFC 9404 §4.1), new, patched in or on a copy', async () => {
  const asBase64 = (data: Buffer) => ({ data: [{ 'data:asBase64': data.toString('base64') }], type: 'image/png' });
  const other = Buffer.concat([pixel, Buffer.from('other')]);
  const where = { accountId: ada.id };
  const photo = (blobId: string) => ({ kind: 'photo', blobId, mediaType: 'image/png' });
  const upload = ['Blob/upload', { ...where, create: { img: asBase64(pixel), other: asBase64(other) } }] as const;
  const responses = await ada.jmap([
    upload,
    ['ContactCard/set', { ...where, create: { a: { name: { full: 'Pictured' }, media: { p: photo('#img') } } } }],
    ['ContactCard/set', { ...where, update: { '#a': { 'media/p/blobId': '#other' } } }],
    ['ContactCard/get', { ...where, ids: ['#a'], properties: ['media'] }],
    ['ContactCard/set', { ...where, update: { '#a': { 'media/q': photo('#img'), 'media/p/blobId': '#nowhere' } } }],
    ['ContactCard/set', { ...where, update: { '#a': { media: { r: photo('#img') } } } }],
    ['ContactCard/get', { ...where, ids: ['#a'], properties: ['media'] }],
  ]);
  const { img, other: second } = responses[0]![1]['created'] as unknown as Record<string, { id: string }>;
  const mediaOf = (index: number) => responses[index]![1]['list']![0]!['media'];
  assert.deepEqual(mediaOf(3), { p: photo(second!.id) });
  const [refused] = Object.values(responses[4]![1]['notUpdated']!) as unknown as {
    type: string;
    properties: string[];
  }[];
  assert.deepEqual([refused!.type, refused!.properties], ['invalidProperties', ['media']]);
  assert.deepEqual(mediaOf(6), { r: photo(img!.id) });
});
