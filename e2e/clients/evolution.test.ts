/** Evolution Data Server, the address book of GNOME’s desktop, each person on a desktop of their own. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startEvolution } from './kit/evolution.ts';
import type { Evolution } from './kit/evolution.ts';
import { cardsOf, modernCard, onlyModern, putCard, startDavSite, teamName, vcard } from './kit/site.ts';
import type { DavSite } from './kit/site.ts';

let site: DavSite;
let ada: Evolution;
let ben: Evolution;
let chloe: Evolution;
/** Ada's, with an app password that reads only. */
let reading: Evolution;
/** What the folder is called for whom it is shared with. */
let shared: string;

before(async () => {
  site = await startDavSite();
  const more = ['X-INSTRUMENT:Alto', 'NOTE:Été\\, hiver'];
  await putCard(site.ada, 'violette', modernCard('violette', 'Violette Alto', more));
  ada = await startEvolution(site.url, site.ada);
  ben = await startEvolution(site.url, site.ben);
  chloe = await startEvolution(site.url, site.chloe);
  reading = await startEvolution(site.url, await site.limited(site.ada, { mayWrite: false }));
});
after(async () => {
  await ada.stop();
  await ben.stop();
  await chloe.stop();
  await reading.stop();
  await site.stop();
});

test('from the bare address each finds their folders, and the Viewer’s is read-only', async () => {
  assert.ok((await ada.books(3)).includes(teamName));
  shared = (await ben.books(3)).find((name) => name.startsWith(teamName))!;
  assert.ok((await chloe.books(3)).includes(shared));
  assert.deepEqual(
    [await ada.isWritable(teamName, true), await ben.isWritable(shared, true), await chloe.isWritable(shared, false)],
    [true, true, false],
  );
});

test('a card comes down whole', async () => {
  assert.deepEqual(await ben.names(shared, ['Violette Alto']), ['Violette Alto']);
  const card = await ben.vcard(shared, 'Violette Alto');
  assert.match(card, /X-INSTRUMENT:Alto/u);
  assert.match(card, /NOTE:Été\\, hiver/u);
});

test('what the Manager adds and edits reaches the owner and the Viewer, and nothing of the card is lost, not what only 4.0 can say', async () => {
  await ben.add(shared, vcard('zoe', 'Zoé Luth'));
  await ben.setEmail(shared, 'Violette Alto', 'violette@demo.example');
  const both = ['Violette Alto', 'Zoé Luth'];
  assert.deepEqual(await ada.names(teamName, both), both);
  assert.deepEqual(await chloe.names(shared, both), both);
  const onServer = [...(await cardsOf(site.ada)).values()].find((card) => card.includes('Violette'))!;
  assert.match(onServer, /violette@demo\.example/u);
  assert.match(onServer, /X-INSTRUMENT:Alto/u);
  const reply = await site.ada.basic(new URL(`${site.ada.team}violette.vcf`).pathname);
  // It notes beside a number how it is dialled.
  const stored = (await reply.text()).replaceAll(/\r\n |;X-EVOLUTION-E164=[^:;]*/gu, '');
  for (const line of ['VERSION:4.0', ...onlyModern]) assert.ok(stored.includes(`${line}\r\n`), `${line} in ${stored}`);
});

test('what the owner removes is gone for the others', async () => {
  await ada.remove(teamName, 'Zoé Luth');
  assert.equal((await cardsOf(site.ada)).size, 1);
  for (const person of [ben, chloe]) assert.deepEqual(await person.names(shared, ['Violette Alto']), ['Violette Alto']);
});

test('with an app password that reads only, all of the owner’s folders are read-only, and she cannot change anything', async () => {
  const books = await reading.books(3);
  assert.ok(books.includes(teamName));
  for (const book of books) assert.equal(await reading.isWritable(book, false), false, book);
  assert.deepEqual(await reading.names(teamName, ['Violette Alto']), ['Violette Alto']);
  const before = await cardsOf(site.ada);
  await assert.rejects(reading.add(teamName, vcard('ines', 'Inès Cor')));
  await assert.rejects(reading.setEmail(teamName, 'Violette Alto', 'autre@demo.example'));
  await assert.rejects(reading.remove(teamName, 'Violette Alto'));
  assert.deepEqual(await cardsOf(site.ada), before);
});

test('the Viewer cannot change anything', async () => {
  const before = await cardsOf(site.ada);
  await assert.rejects(chloe.add(shared, vcard('ines', 'Inès Cor')));
  await assert.rejects(chloe.setEmail(shared, 'Violette Alto', 'autre@demo.example'));
  await assert.rejects(chloe.remove(shared, 'Violette Alto'));
  assert.deepEqual(await cardsOf(site.ada), before);
});
