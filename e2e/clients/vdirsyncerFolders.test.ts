/** vdirsyncer makes folders, names them, and settles conflicts as each person has chosen; what it cannot see stays. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setUpComputer } from './kit/computer.ts';
import type { Computer } from './kit/computer.ts';
import { cardsOf, modernCard, onlyModern, putCard, removeCard, teamName, vcard } from './kit/site.ts';
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

const namesOf = ({ folder }: Computer) => readdirSync(folder).filter((name) => name.endsWith('.vcf'));
const textOf = ({ folder }: Computer, name: string) => readFileSync(join(folder, name), 'utf8');

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
});

test('a card of 4.0 that owner and Manager edit in 3.0 keeps what only 4.0 can say, and then nothing moves', async () => {
  await putCard(site.ada, 'violette', modernCard('violette', 'Violette Alto'));
  const stored = async () => {
    const reply = await site.ada.basic(new URL(`${site.ada.team}violette.vcf`).pathname);
    return { text: (await reply.text()).replaceAll('\r\n ', ''), tag: reply.headers.get('etag') };
  };
  for (const [computer, note] of [
    [ada, 'NOTE:Par Ada'],
    [ben, 'NOTE:Par Ben'],
  ] as const) {
    await computer.sync();
    const name = namesOf(computer).find((each) => textOf(computer, each).includes('UID:violette\r'))!;
    const text = textOf(computer, name).replace(/^NOTE.*\r\n/gmu, '');
    assert.match(text, /^VERSION:3\.0/mu);
    writeFileSync(join(computer.folder, name), text.replace('END:VCARD', `${note}\r\nEND:VCARD`));
    await computer.sync();
    const after = await stored();
    for (const line of ['VERSION:4.0', note, ...onlyModern]) assert.ok(after.text.includes(`${line}\r\n`), line);
    const here = textOf(computer, name);
    await computer.sync();
    assert.deepEqual([(await stored()).tag, textOf(computer, name)], [after.tag, here]);
  }
});
