/** vdirsyncer keeps folders of .vcf files in step with the server: the owner, a Manager and a Viewer, each on a computer of their own. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setUpComputer } from './kit/computer.ts';
import type { Computer } from './kit/computer.ts';
import { cardsOf, putCard, removeCard, startDavSite, teamName, vcard } from './kit/site.ts';
import type { DavSite } from './kit/site.ts';

let site: DavSite;
let place: string;
let ada: Computer;
let ben: Computer;
let chloe: Computer;

before(async () => {
  site = await startDavSite();
  place = mkdtempSync(join(tmpdir(), 'coterie-vdirsyncer-'));
  ada = await setUpComputer(site, place, site.ada);
  ben = await setUpComputer(site, place, site.ben);
  chloe = await setUpComputer(site, place, site.chloe);
});
after(async () => {
  await site.stop();
  rmSync(place, { recursive: true });
});

const write = ({ folder }: Computer, uid: string, text: string) => writeFileSync(join(folder, `${uid}.vcf`), text);
const namesOf = ({ folder }: Computer) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.vcf'))
    .toSorted();
const textOf = ({ folder }: Computer, name: string) => readFileSync(join(folder, name), 'utf8');
/** The cards of a computer by their UIDs; it gives its files names of its own. */
const held = (computer: Computer) =>
  new Map(
    namesOf(computer).map((name) => {
      const text = textOf(computer, name);
      return [/^UID:(\S+)/mu.exec(text)![1]!, text];
    }),
  );
const inOrder = (cards: ReadonlyMap<string, string>) => [...cards].toSorted(([one], [other]) => (one < other ? -1 : 1));

test('it finds all folders from the bare address, and nobody else’s', () => {
  const folders = readdirSync(join(ben.folder, '..'));
  assert.equal(folders.length, 3, 'own contacts, those from mails, the shared folder');
});

test('what it makes here is made there, and names go both ways, each person’s own', async () => {
  const own = join(ada.folders, 'orchestre');
  mkdirSync(own);
  await ada.discover();
  await ada.metasync();
  writeFileSync(join(own, 'displayname'), 'Orchestre');
  writeFileSync(join(own, 'description'), 'Cordes et vents');
  await ada.metasync();
  writeFileSync(join(own, 'a.vcf'), vcard('orchestre-a', 'Première Flûte'));
  await ada.sync();
  const { list } = await site.ada.call('AddressBook/get');
  const made = (list as unknown as { name: string; description: string }[]).find(({ name }) => name === 'Orchestre');
  assert.equal(made?.description, 'Cordes et vents');
  const nameAt = ({ folder }: Computer) => readFileSync(join(folder, 'displayname'), 'utf8').trim();
  for (const computer of [ben, chloe]) await computer.metasync();
  assert.deepEqual(
    [ben, chloe].map((computer) => nameAt(computer).startsWith(teamName)),
    [true, true],
  );
  // Manager and Viewer: a name of their own, which nobody else sees.
  for (const [computer, name] of [
    [ben, 'Chez Ben'],
    [chloe, 'Chez Chloé'],
  ] as const) {
    writeFileSync(join(computer.folder, 'displayname'), name);
    await computer.metasync();
  }
  await ada.metasync();
  assert.equal(nameAt(ada), teamName);
  for (const [computer, name] of [
    [ben, 'Chez Ben'],
    [chloe, 'Chez Chloé'],
  ] as const) {
    await computer.metasync();
    assert.equal(nameAt(computer), name);
  }
});

test('whose side wins is each person’s choice, and an edit survives a removal', async () => {
  for (const uid of ['card-won', 'card-other']) await putCard(site.ada, uid, vcard(uid, 'Première Version'));
  for (const [person, resolution, winner] of [
    [site.ada, '"a wins"', 'Version Locale'],
    [site.ben, '"b wins"', 'Version Serveur'],
  ] as const) {
    const careful = await setUpComputer(site, place, person, [], [`conflict_resolution = ${resolution}`]);
    await careful.sync();
    const file = () =>
      join(
        careful.folder,
        namesOf(careful).find((name) => textOf(careful, name).includes('UID:card-won\r'))!,
      );
    writeFileSync(file(), vcard('card-won', 'Version Locale'));
    await putCard(site.ada, 'card-won', vcard('card-won', 'Version Serveur'));
    await careful.sync();
    assert.match((await cardsOf(site.ada)).get('card-won')!, new RegExp(winner, 'u'));
    assert.match(readFileSync(file(), 'utf8'), new RegExp(winner, 'u'));
    // Removed there, edited here: it is there again.
    writeFileSync(file(), vcard('card-won', `Gardée par ${person.name}`));
    await removeCard(person, 'card-won');
    await careful.sync();
    assert.match((await cardsOf(site.ada)).get('card-won')!, new RegExp(`Gardée par ${person.name}`, 'u'));
  }
  for (const uid of ['card-won', 'card-other']) await removeCard(site.ada, uid);
});

test('a thousand cards go up, come down elsewhere and are the same, octet by octet', async () => {
  const sent = new Map<string, string>();
  for (let number = 0; number < 1000; number++) {
    const uid = `card-${number}`;
    const more = [
      `EMAIL;TYPE=INTERNET:p${number}@demo.example`,
      'NOTE:Aime l’été\\, « l’après-midi »\\nLigne 2 🎻',
      `X-NUMBER:${number}`,
    ];
    sent.set(uid, vcard(uid, `Personne Numéro${number}`, more));
    write(ada, uid, sent.get(uid)!);
  }
  await ada.sync();
  await ben.sync();
  assert.deepEqual(inOrder(await cardsOf(site.ada)), inOrder(sent));
  assert.deepEqual(inOrder(held(ben)), inOrder(sent));
});

test('what owner and Manager add, change and delete reaches all three, and a further sync moves nothing', async () => {
  write(ben, 'card-new', vcard('card-new', 'Nouvelle Venue'));
  const named = (uid: string) => namesOf(ben).find((name) => textOf(ben, name).includes(`UID:${uid}\r`))!;
  writeFileSync(join(ben.folder, named('card-1')), vcard('card-1', 'Changée Parben'));
  unlinkSync(join(ben.folder, named('card-2')));
  write(ada, 'card-3', vcard('card-3', 'Changée Parada'));
  unlinkSync(join(ada.folder, 'card-4.vcf'));
  for (const computer of [ben, ada, ben, chloe]) await computer.sync();
  const onServer = inOrder(await cardsOf(site.ada));
  assert.equal(onServer.length, 999);
  for (const computer of [ada, ben, chloe]) assert.deepEqual(inOrder(held(computer)), onServer);
  assert.match(held(chloe).get('card-1')!, /FN:Changée Parben/u);
  assert.match(held(chloe).get('card-3')!, /FN:Changée Parada/u);
  const before = namesOf(ben);
  await ben.sync();
  assert.deepEqual([namesOf(ben), inOrder(await cardsOf(site.ada))], [before, onServer]);
});

test('both change the same card: nothing is overwritten, the conflict is told', async () => {
  write(ada, 'card-5', vcard('card-5', 'Version Dada'));
  await putCard(site.ben, 'card-5', vcard('card-5', 'Version Deben'));
  const { code, output } = await ada.trySync();
  assert.equal(code, 1, output);
  assert.match(output, /conflict/iu);
  assert.match((await cardsOf(site.ada)).get('card-5')!, /Version Deben/u);
  assert.match(held(ada).get('card-5')!, /Version Dada/u);
});

test('a Viewer’s changes are refused and nothing of the folder changes; read-only, they are taken back', async () => {
  const before = inOrder(await cardsOf(site.ada));
  const name = namesOf(chloe)[0]!;
  const text = readFileSync(join(chloe.folder, name), 'utf8');
  writeFileSync(join(chloe.folder, name), text.replace(/FN:.*/u, 'FN:Par Chloé'));
  write(chloe, 'card-chloe', vcard('card-chloe', 'Ajoutée Parchloé'));
  const { code, output } = await chloe.trySync();
  assert.equal(code, 1, output);
  assert.match(output, /403/u);
  assert.deepEqual(inOrder(await cardsOf(site.ada)), before);
  const careful = await setUpComputer(site, place, site.chloe, ['read_only = true']);
  await careful.sync();
  assert.deepEqual(inOrder(held(careful)), before);
});
