/** vdirsyncer keeps folders of .vcf files in step with the server: the owner, a Manager and a Viewer, each on a computer of their own. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setUpComputer } from './kit/computer.ts';
import type { Computer } from './kit/computer.ts';
import { cardsOf, putCard, removeCard, vcard } from './kit/site.ts';
import type { DavSite } from './kit/site.ts';
import { startTeam } from './kit/team.ts';
import type { Team } from './kit/team.ts';

let team: Team<Computer>;
let site: DavSite;
let place: string;
let ada: Computer;
let ben: Computer;
let chloe: Computer;

before(async () => {
  team = await startTeam(setUpComputer);
  ({ site, place, ada, ben, chloe } = team);
});
after(() => team.close());

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

test('with an app password for one folder it finds that folder alone, and keeps it in step', async () => {
  const addressBookId = new URL(site.ada.team).pathname.split('/').at(-2)!;
  const phone = await setUpComputer(site, place, await site.limited(site.ada, { addressBookId }));
  assert.deepEqual(readdirSync(phone.folders), [addressBookId]);
  write(phone, 'card-phone', vcard('card-phone', 'Par Téléphone'));
  await putCard(site.ada, 'card-office', vcard('card-office', 'Par Bureau'));
  await phone.sync();
  assert.deepEqual(inOrder(held(phone)), inOrder(await cardsOf(site.ada)));
  assert.equal(held(phone).size, 2);
  for (const uid of held(phone).keys()) await removeCard(site.ada, uid);
});

test('the password of the account itself is refused', async () => {
  const own = { ...site.ada, password: site.ada.ownPassword };
  await assert.rejects(setUpComputer(site, place, own), /401|Unauthorized/u);
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
