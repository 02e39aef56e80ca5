/** ContactCard/set create: lines J060 to J080 of docs/conformance.md that no other test proves. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  card,
  create,
  folder,
  get,
  items,
  list,
  pixel,
  refusal,
  shareAccepted,
  stateOf,
  update,
  upload,
} from '../../kit/calls.ts';
import type { Result } from '../../kit/person.ts';
import { recordsOf } from '../../kit/records.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
let bookId: string;
before(async () => {
  app = await createTestApp();
  bookId = await folder(app.ada, 'Fiches');
});
after(() => app.close());

const make = (value: object) => create(app.ada, 'ContactCard', { addressBookIds: { [bookId]: true }, ...value });
const read = async (id: string) => (await get(app.ada, 'ContactCard', id))! as unknown as Record<string, unknown>;
const refuse = (value: object): Promise<Result> =>
  refusal(app.ada, 'ContactCard/set', { create: { new: { addressBookIds: { [bookId]: true }, ...value } } });

/** The type of the refusal, and what it blames. */
async function blamed(value: object): Promise<unknown[]> {
  const error = await refuse(value);
  return [error['type'], ...(error['properties'] as unknown as string[])];
}

/** One of each property of RFC 9553, as a client sends it. */
const rich = {
  '@type': 'Card',
  version: '1.0',
  uid: 'urn:uuid:5b2c7a1e-0000-4000-8000-000000000001',
  kind: 'individual',
  language: 'fr',
  created: '2024-01-10T08:00:00Z',
  updated: '2025-01-10T08:00:00Z',
  prodId: '-//Demo//1',
  name: {
    full: 'Dr Ana Ruiz',
    components: [
      { kind: 'title', value: 'Dr' },
      { kind: 'given', value: 'Ana', phonetic: 'ana' },
      { kind: 'separator', value: ' ' },
      { kind: 'surname', value: 'Ruiz' },
    ],
    isOrdered: true,
    sortAs: { surname: 'Ruiz' },
    phoneticSystem: 'ipa',
  },
  nicknames: { n: { name: 'Nana', contexts: { private: true } } },
  organizations: { o: { name: 'Demo', units: [{ name: 'Ventes' }], sortAs: 'Demo' } },
  titles: { t: { kind: 'role', name: 'Cheffe', organizationId: 'o' } },
  speakToAs: { grammaticalGender: 'feminine', pronouns: { p: { pronouns: 'elle' } } },
  emails: { e: { address: 'ana@demo.example', contexts: { work: true }, pref: 1, label: 'Bureau' } },
  phones: { p: { number: '+33 1 02', features: { voice: true, fax: true }, label: 'Atelier' } },
  onlineServices: { s: { service: 'Mastodon', user: '@ana', uri: 'https://demo.example/@ana' } },
  schedulingAddresses: { c: { uri: 'mailto:ana@demo.example', label: 'Agenda' } },
  preferredLanguages: { l: { language: 'es', pref: 2 } },
  calendars: { c: { kind: 'calendar', uri: 'https://demo.example/ana.ics' } },
  directories: { d: { kind: 'entry', uri: 'https://demo.example/ana.vcf' } },
  links: { l: { uri: 'https://demo.example/' } },
  cryptoKeys: { k: { uri: 'https://demo.example/key', mediaType: 'application/pgp-keys' } },
  media: { m: { kind: 'logo', uri: 'https://demo.example/logo.png' } },
  addresses: {
    a: {
      components: [
        { kind: 'name', value: '1 rue A' },
        { kind: 'locality', value: 'Lyon' },
      ],
      countryCode: 'FR',
      timeZone: 'Europe/Paris',
    },
  },
  anniversaries: {
    b: { kind: 'birth', date: { month: 2, day: 3 }, place: { full: 'Lyon' } },
    w: { kind: 'wedding', date: { year: 2009 } },
  },
  keywords: { amie: true },
  notes: { n: { note: 'Une note,\nsur deux lignes', created: '2024-01-10T08:00:00Z', author: { name: 'Jo' } } },
  personalInfo: { i: { kind: 'hobby', value: 'échecs', level: 'high', listAs: 1 } },
  relatedTo: { 'urn:uuid:1': { relation: { friend: true } } },
  localizations: { en: { 'titles/t/name': 'Head' } },
  'demo.example:house': { color: ['blue', null] },
  somethingNew: 7,
};

test('J060 J069 J070 a card with every property, a vendor’s and unknown ones comes back as it was sent', async () => {
  const id = await make(rich);
  const { id: _id, fileAs: _fileAs, addedByMe: _addedByMe, addressBookIds, ...content } = await read(id);
  assert.deepEqual(content, rich);
  assert.deepEqual(addressBookIds, { [bookId]: true });
});

test('J060 J061 J062 J076 what a small card does not say is made by the server and told', async () => {
  const result = await app.ada.call('ContactCard/set', {
    create: { new: { uid: 'small', addressBookIds: { [bookId]: true } } },
  });
  const made = result['created']!['new']! as unknown as Record<string, unknown>;
  const whole = await read(made['id'] as string);
  for (const name of ['id', '@type', 'version', 'prodId', 'created', 'updated'])
    assert.equal(made[name], whole[name], name);
  assert.match(String(whole['prodId']), /Coterie/u);
  assert.ok(!('uid' in made) && !('addressBookIds' in made), 'what was sent is not repeated');
  assert.match(String((await read(await make({})))['uid']), /^urn:uuid:/u);
});

test('J065 J066 J067 J068 J074 what is no Card is refused with its path', async () => {
  const wrong: readonly [value: object, path: string][] = [
    [{ extra: 1 }, 'extra'],
    [{ emails: { e: { address: 'a', extra: 1 } } }, 'emails/e/extra'],
    [{ name: { full: 'a' }, localizations: { fr: { 'name/extra': 'b' } } }, 'localizations/fr/name~1extra'],
    [{ Emails: {} }, 'Emails'],
    [{ name: { components: [{ kind: 'middle', value: 'x' }] } }, 'name/components/0/kind'],
    [{ addresses: { a: { components: [{ kind: 'streetAddress', value: 'x' }] } } }, 'addresses/a/components/0/kind'],
    [{ name: { '@type': 'Nom', full: 'x' } }, 'name/@type'],
    [{ emails: { e: { address: 5 } } }, 'emails/e/address'],
    [{ localizations: { fr: { 'titles/t/name': 'x' } } }, 'localizations/fr'],
    [{ localizations: { 'not a tag': {} } }, 'localizations/not a tag'],
  ];
  for (const [value, path] of wrong) assert.deepEqual(await blamed(value), ['invalidProperties', path]);
});

test('J071 empty strings never become empty properties of a vCard', async () => {
  const own = await folder(app.ada, 'Vides');
  const where = { addressBookIds: { [own]: true } };
  await create(app.ada, 'ContactCard', {
    ...where,
    name: { full: '' },
    notes: { n: { note: '' } },
    emails: { e: { address: '', label: '' } },
  });
  await create(app.ada, 'ContactCard', {
    ...where,
    phones: { p: { number: '1', label: '', contexts: {} } },
    nicknames: { k: { name: '' } },
  });
  const lines = await recordsOf(app.ada, own);
  assert.deepEqual(
    lines.filter((line) => /[:=]$|[=;](?=[;:])/u.test(line)),
    [],
  );
});

test('J071 J076 what is empty and not kept is told as null, on create and on update', async () => {
  const empty = { emails: {}, notes: { n: { note: '' } } };
  const result = await app.ada.call('ContactCard/set', {
    create: { new: { addressBookIds: { [bookId]: true }, kind: 'org', ...empty } },
  });
  const made = result['created']!['new']! as unknown as Record<string, unknown>;
  assert.deepEqual([made['emails'], made['notes'], 'kind' in made], [null, null, false]);
  const told = await update(app.ada, 'ContactCard', made['id'] as string, { ...empty, kind: 'group' });
  const { updated: _time, ...beyond } = told as unknown as Record<string, unknown>;
  assert.deepEqual(beyond, { emails: null, notes: null });
});

test('J072 J073 J078 FN is made from the best there is and marked as such; a year may be missing; a uid may be any text', async () => {
  const own = await folder(app.ada, 'Noms');
  const id = await create(app.ada, 'ContactCard', {
    uid: 'my, card',
    addressBookIds: { [own]: true },
    name: {
      components: [
        { kind: 'surname', value: 'Roy' },
        { kind: 'given', value: 'Ann' },
      ],
    },
    anniversaries: { b: { kind: 'birth', date: { month: 2, day: 3 } } },
  });
  const before = await recordsOf(app.ada, own);
  for (const line of ['FN;DERIVED=TRUE:Ann Roy', 'UID;VALUE=text:my\\, card']) assert.ok(before.includes(line), line);
  assert.ok(before.some((line) => /^BDAY.*:--0203$/u.test(line)));
  await app.ada.call('ContactCard/set', { update: { [id]: { 'name/full': 'Ann Roy, Ing.' } } });
  const after = (await recordsOf(app.ada, own)).filter((line) => line.startsWith('FN'));
  assert.deepEqual(after, ['FN:Ann Roy\\, Ing.']);
});

test('J075 a card names a folder by the creation id of an earlier call', async () => {
  const answers = await app.ada.jmap([
    ['AddressBook/set', { accountId: app.ada.id, create: { b: { name: 'Du même appel' } } }],
    ['ContactCard/set', { accountId: app.ada.id, create: { c: { addressBookIds: { '#b': true } } } }],
  ]);
  const book: string = answers[0]![1]['created']!['b']!['id']!;
  const made: string = answers[1]![1]['created']!['c']!['id']!;
  assert.deepEqual((await read(made))['addressBookIds'], { [book]: true });
});

test('J075 a copy, too, goes to a folder by its creation id, and to the default one where none is said', async () => {
  const { ada, ben } = app;
  const shared = await folder(ada, 'Partagé');
  const [first, second] = [await card(ada, shared, 'Un'), await card(ada, shared, 'Deux')];
  await shareAccepted(ada, shared, ben, 'viewer');
  const between = { fromAccountId: ada.id, accountId: ben.id };
  const answers = await ben.jmap([
    ['AddressBook/set', { accountId: ben.id, create: { b: { name: 'Copies' } } }],
    [
      'ContactCard/copy',
      { ...between, create: { x: { id: first, addressBookIds: { '#b': true } }, y: { id: second } } },
    ],
    ['ContactCard/get', { accountId: ben.id, ids: ['#x', '#y'], properties: ['name', 'addressBookIds'] }],
  ]);
  const into: string = answers[0]![1]['created']!['b']!['id']!;
  const home: string = (await list(ben, 'AddressBook')).find((book) => book['isDefault'])!['id']!;
  const found = items(answers[2]![1]['list']).map((item) => [item['name']!['full'], item['addressBookIds']] as unknown);
  const expected = [
    ['Un', { [into]: true }],
    ['Deux', { [home]: true }],
  ];
  assert.deepEqual(new Set(found), new Set(expected));
});

test('J076 J145 a photo is named by its blob, with the type that its bytes have', async () => {
  const blobId = await upload(app.ada, pixel, 'application/octet-stream');
  const result = await app.ada.call('ContactCard/set', {
    create: { new: { addressBookIds: { [bookId]: true }, media: { p: { kind: 'photo', blobId } } } },
  });
  const made = result['created']!['new']! as unknown as Record<string, unknown>;
  const whole = await read(made['id'] as string);
  assert.deepEqual(made['media'], whole['media'], 'the server has added the type');
  const { p } = whole['media'] as Record<string, Record<string, string>>;
  assert.equal(p!['mediaType'], 'image/png');
  const file = await app.ada.get(`/jmap/download/${app.ada.id}/${p!['blobId']}/p.png?accept=image/png`);
  assert.deepEqual(Buffer.from(await file.arrayBuffer()), pixel);
});

test('J080 more objects than announced are requestTooLarge, and none of them is made', async () => {
  const state = await stateOf(app.ada, 'ContactCard');
  const many = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`c${index}`, {}]));
  assert.equal((await app.ada.call('ContactCard/set', { create: many }))['type'], 'requestTooLarge');
  assert.equal(await stateOf(app.ada, 'ContactCard'), state);
  assert.ok(await card(app.ada, bookId, 'Une seule'));
});
