/** tsdav, the library behind many web calendars and synchronisers, as the owner, a Manager and a Viewer. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDAVClient, getDAVAttribute } from 'tsdav';
import type { DAVAddressBook, DAVVCard } from 'tsdav';
import { startDavSite, teamName, vcard } from './kit/site.ts';
import type { DavPerson, DavSite } from './kit/site.ts';

type Client = Awaited<ReturnType<typeof createDAVClient>>;

let site: DavSite;
let ada: Client;
let ben: Client;
let chloe: Client;

before(async () => {
  site = await startDavSite();
  [ada, ben, chloe] = await Promise.all([enter(site.ada), enter(site.ben), enter(site.chloe)]);
});
after(() => site.stop());

const enter = ({ email: username, password }: DavPerson) =>
  createDAVClient({
    serverUrl: site.url,
    credentials: { username, password },
    authMethod: 'Basic',
    defaultAccountType: 'carddav',
  });

async function teamOf(client: Client): Promise<DAVAddressBook> {
  return (await client.fetchAddressBooks()).find(
    ({ displayName }) => typeof displayName === 'string' && displayName.startsWith(teamName),
  )!;
}

const cardsOf = async (client: Client) =>
  (await client.fetchVCards({ addressBook: await teamOf(client) })).toSorted((a, b) => (a.url < b.url ? -1 : 1));
const uidsOf = (cards: readonly DAVVCard[]) => cards.map(({ data }) => /^UID:(\S+)/mu.exec(String(data))![1]!);

test('from the bare address each finds the shared folder among their own', async () => {
  for (const client of [ada, ben, chloe]) {
    const books = await client.fetchAddressBooks();
    assert.equal(books.length, 3);
    const team = await teamOf(client);
    assert.ok((team.resourcetype as string[]).includes('addressbook'));
    assert.ok((team.reports as string[]).includes('syncCollection'));
    assert.ok(team.ctag !== undefined && team.syncToken !== undefined);
  }
});

test('cards are created, read by query and by multiget, updated and deleted under their entity tags', async () => {
  const addressBook = await teamOf(ada);
  for (const uid of ['a', 'b', 'c']) {
    const made = await ada.createVCard({
      addressBook,
      filename: `${uid}.vcf`,
      vCardString: vcard(uid, `Personne ${uid}`),
    });
    assert.equal(made.status, 201);
  }
  const twice = await ada.createVCard({ addressBook, filename: 'a.vcf', vCardString: vcard('a', 'Une Autre') });
  assert.equal(twice.status, 412);
  const cards = await cardsOf(ben);
  assert.deepEqual(uidsOf(cards), ['a', 'b', 'c']);
  // It cuts white space off the end.
  assert.equal(cards[0]!.data, vcard('a', 'Personne a').trim());
  const mine = await cardsOf(ada);
  const [first, second] = cards;
  const changed = { ...first!, data: vcard('a', 'Changée Parben') };
  assert.equal((await ben.updateVCard({ vCard: changed })).status, 204);
  const [stale] = mine;
  assert.equal((await ada.updateVCard({ vCard: { ...stale!, data: vcard('a', 'Changée Parada') } })).status, 412);
  assert.equal((await ben.deleteVCard({ vCard: second! })).status, 204);
  assert.deepEqual(uidsOf(await cardsOf(chloe)), ['a', 'c']);
  assert.match(String((await cardsOf(chloe))[0]!.data), /FN:Changée Parben/u);
});

test('a folder tells that it has changed, and the synchronisation brings what', async () => {
  const before = { ...(await teamOf(chloe)), objects: await cardsOf(chloe) };
  assert.equal((await chloe.isCollectionDirty({ collection: before })).isDirty, false);
  const mine = await teamOf(ben);
  await ben.createVCard({ addressBook: mine, filename: 'd.vcf', vCardString: vcard('d', 'Quatrième') });
  const c = (await cardsOf(ben)).find(({ url }) => url.endsWith('/c.vcf'))!;
  await ben.deleteVCard({ vCard: c });
  assert.equal((await chloe.isCollectionDirty({ collection: before })).isDirty, true);
  const { created, updated, deleted } = (
    await chloe.smartCollectionSyncDetailed({
      collection: {
        ...before,
        objectMultiGet: (options) => chloe.addressBookMultiGet(options),
      },
      method: 'webdav',
      account: { accountType: 'carddav', serverUrl: site.url, rootUrl: site.url, homeUrl: site.chloe.home },
    })
  ).objects;
  const names = (cards: readonly DAVVCard[]) => cards.map(({ url }) => url.split('/').at(-1));
  assert.deepEqual([names(created), names(updated), names(deleted)], [['d.vcf'], [], ['c.vcf']]);
});

test('a filter finds what it names', async () => {
  const { url } = await teamOf(chloe);
  const found = await chloe.addressBookQuery({
    url,
    depth: '1',
    props: { 'd:getetag': {}, 'card:address-data': {} },
    filters: {
      'prop-filter': {
        _attributes: { name: 'FN' },
        'text-match': { _attributes: { collation: 'i;unicode-casemap', 'match-type': 'contains' }, _text: 'QUATRIÈME' },
      },
    },
  });
  assert.deepEqual(
    found.map(({ href }) => href!.split('/').at(-1)),
    ['d.vcf'],
  );
});

test('a Viewer neither adds, changes nor deletes', async () => {
  const addressBook = await teamOf(chloe);
  const [card] = await cardsOf(chloe);
  const answers = [
    await chloe.createVCard({ addressBook, filename: 'e.vcf', vCardString: vcard('e', 'Cinquième') }),
    await chloe.updateVCard({ vCard: { ...card!, data: vcard('a', 'Parchloé') } }),
    await chloe.deleteVCard({ vCard: card! }),
  ];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [403, 403, 403],
  );
  assert.deepEqual(uidsOf(await cardsOf(ada)), ['a', 'd']);
});

test('the owner makes a folder of her own', async () => {
  await ada.makeCollection({
    url: `${site.ada.home}orchestre/`,
    props: {
      resourcetype: { 'd:collection': {}, 'card:addressbook': {} },
      'd:displayname': 'Orchestre',
      _attributes: getDAVAttribute([]),
    },
  });
  const names = (await ada.fetchAddressBooks()).map(({ displayName }) => displayName);
  assert.ok(names.includes('Orchestre'));
});
