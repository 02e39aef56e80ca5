/** Thunderbird: three people have their account in it; what one does there, the others have after a synchronisation. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cardsOf, modernCard, onlyModern, putCard, startDavSite, tagsOf, teamName, vcard } from './kit/site.ts';
import type { DavPerson, DavSite } from './kit/site.ts';
import { startThunderbird } from './kit/thunderbird.ts';
import type { Thunderbird } from './kit/thunderbird.ts';

const inOrder = (tags: ReadonlyMap<string, string>) => [...tags].toSorted(([one], [other]) => (one < other ? -1 : 1));

let site: DavSite;
let thunderbird: Thunderbird;
/** What the folder is called for whom it is shared with. */
let shared: string;
/** Who is in it from the beginning, beside Violette. */
const crowd = Array.from({ length: 119 }, (_, index) => `Personne ${String(index).padStart(3, '0')}`);

before(async () => {
  site = await startDavSite();
  const more = ['X-INSTRUMENT:Alto', 'NOTE:Été\\, hiver'];
  await putCard(site.ada, 'violette', modernCard('violette', 'Violette Alto', more));
  for (const [index, name] of crowd.entries()) await putCard(site.ada, `card-${index}`, vcard(`card-${index}`, name));
  thunderbird = await startThunderbird();
});
after(async () => {
  await thunderbird.stop();
  await site.stop();
});

test('from the bare address it finds the folders of each', async () => {
  const names = await thunderbird.addAccount(site.url, site.ada);
  assert.equal(names.length, 3);
  assert.ok(names.includes(teamName), names.join());
  shared = (await thunderbird.addAccount(site.url, site.ben)).find((name) => name.startsWith(teamName))!;
  assert.ok((await thunderbird.addAccount(site.url, site.chloe)).includes(shared));
});

const bookOf = (person: DavPerson) => (person === site.ada ? teamName : shared);

test('the first synchronisation brings each all 120 cards, with the server’s names and entity tags', async () => {
  for (const person of [site.ada, site.ben, site.chloe]) {
    const here = await thunderbird.tags(person, bookOf(person));
    assert.equal(here.size, 120);
    assert.deepEqual(inOrder(here), inOrder(await tagsOf(person)));
  }
});

test('what the owner adds lies under the name that Thunderbird chose, and what she edits, too, each with its new entity tag at once', async () => {
  const before = await tagsOf(site.ada);
  await thunderbird.add(site.ada, teamName, vcard('noe', 'Noé Cor'));
  const path = new URL(`${site.ada.team}noe.vcf`).pathname;
  const added = await tagsOf(site.ada);
  assert.deepEqual(
    [...added.keys()].filter((each) => !before.has(each)),
    [path],
  );
  assert.deepEqual(inOrder(await thunderbird.tags(site.ada, teamName)), inOrder(added));
  await thunderbird.setEmail(site.ada, teamName, 'Noé Cor', 'noe@demo.example');
  const edited = await tagsOf(site.ada);
  assert.notEqual(edited.get(path), added.get(path));
  assert.deepEqual(inOrder(await thunderbird.tags(site.ada, teamName)), inOrder(edited));
  for (const person of [site.ben, site.chloe]) {
    assert.deepEqual(await thunderbird.names(person, shared), ['Noé Cor', ...crowd, 'Violette Alto']);
    assert.match(await thunderbird.vcard(person, shared, 'Noé Cor'), /noe@demo\.example/u);
  }
  await thunderbird.remove(site.ada, teamName, 'Noé Cor');
});

test('a card comes down whole, and the Viewer’s folder is read-only', async () => {
  for (const person of [site.ben, site.chloe]) {
    assert.deepEqual(await thunderbird.names(person, shared), [...crowd, 'Violette Alto']);
    const card = await thunderbird.vcard(person, shared, 'Violette Alto');
    assert.match(card, /X-INSTRUMENT:Alto/u);
    assert.match(card, /NOTE:Été\\, hiver/u);
  }
  const readOnly = [
    await thunderbird.isReadOnly(site.ada, teamName),
    await thunderbird.isReadOnly(site.ben, shared),
    await thunderbird.isReadOnly(site.chloe, shared),
  ];
  assert.deepEqual(readOnly, [false, false, true]);
});

test('what the Manager adds and edits reaches the owner and the Viewer, and nothing of the card is lost, not what only 4.0 can say', async () => {
  await thunderbird.add(site.ben, shared, vcard('zoe', 'Zoé Luth'));
  await thunderbird.setEmail(site.ben, shared, 'Violette Alto', 'violette@demo.example');
  const both = [...crowd, 'Violette Alto', 'Zoé Luth'];
  assert.deepEqual(await thunderbird.names(site.ada, teamName), both);
  assert.deepEqual(await thunderbird.names(site.chloe, shared), both);
  assert.match(await thunderbird.vcard(site.chloe, shared, 'Violette Alto'), /violette@demo\.example/u);
  const onServer = [...(await cardsOf(site.ada)).values()].find((card) => card.includes('Violette'))!;
  assert.match(onServer, /X-INSTRUMENT:Alto/u);
  const stored = await (await site.ada.basic(new URL(`${site.ada.team}violette.vcf`).pathname)).text();
  for (const line of ['VERSION:4.0', ...onlyModern]) assert.ok(stored.includes(`${line}\r\n`), `${line} in ${stored}`);
});

test('what the owner removes is gone for the others', async () => {
  await thunderbird.remove(site.ada, teamName, 'Zoé Luth');
  assert.equal((await cardsOf(site.ada)).size, 120);
  for (const person of [site.ben, site.chloe])
    assert.deepEqual(await thunderbird.names(person, shared), [...crowd, 'Violette Alto']);
});

test('the read-only folder refuses every edit', async () => {
  const before = await cardsOf(site.ada);
  const { chloe } = site;
  await assert.rejects(thunderbird.add(chloe, shared, vcard('ines', 'Inès Cor')), /read-only/u);
  await assert.rejects(thunderbird.setEmail(chloe, shared, 'Violette Alto', 'x@demo.example'), /read-only/u);
  await assert.rejects(thunderbird.remove(chloe, shared, 'Violette Alto'), /read-only/u);
  assert.deepEqual(await cardsOf(site.ada), before);
});
