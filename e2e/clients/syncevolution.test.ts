/** SyncEvolution keeps a folder of vCards of its own in step with the shared folder, both ways, without a desktop. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { run, runWell } from './kit/program.ts';
import type { Ran } from './kit/program.ts';
import { cardsOf, putCard, removeCard, teamName, vcard } from './kit/site.ts';
import type { DavPerson, DavSite } from './kit/site.ts';
import { startTeam } from './kit/team.ts';
import type { Team } from './kit/team.ts';

type Computer = {
  readonly folder: string;
  /** What it lists when it is given the bare address. */
  databases(): Promise<string>;
  sync(mode: string): Promise<void>;
  trySync(mode: string): Promise<Ran>;
};

let team: Team<Computer>;
let site: DavSite;
let ada: Computer;
let ben: Computer;
let chloe: Computer;

before(async () => {
  team = await startTeam(setUp);
  ({ site, ada, ben, chloe } = team);
});
after(() => team.close());

async function setUp({ url }: DavSite, place: string, person: DavPerson): Promise<Computer> {
  const home = mkdtempSync(join(place, 'computer-'));
  const folder = join(home, 'cards');
  mkdirSync(folder);
  const program = (...words: string[]) => ({
    command: '/usr/bin/syncevolution',
    words: ['--daemon=no', ...words],
    environment: {
      LC_ALL: 'C.UTF-8',
      HOME: home,
      XDG_CONFIG_HOME: join(home, 'config'),
      XDG_CACHE_HOME: join(home, 'cache'),
      XDG_DATA_HOME: join(home, 'data'),
    },
  });
  const account = [`username=${person.email}`, `password=${person.password}`, 'keyring=no'];
  const remote = ['addressbook/backend=carddav', `addressbook/database=${person.team}`, 'target-config@team'];
  const local = ['addressbook/backend=file', `addressbook/database=file://${folder}`];
  await runWell(
    program('--configure', '--template', 'webdav', `syncURL=${url}/`, ...account, ...remote, 'addressbook'),
  );
  await runWell(
    program(
      '--configure',
      '--template',
      'SyncEvolution_Client',
      'syncURL=local://@team',
      'username=',
      'password=',
      'keyring=no',
      ...local,
      'addressbook/databaseFormat=text/vcard',
      'team@here',
      'addressbook',
    ),
  );
  const sync = (mode: string) => program('--sync', mode, 'team@here', 'addressbook');
  return {
    folder,
    databases: () => runWell(program('--print-databases', 'backend=carddav', ...account, `syncURL=${url}/`)),
    sync: async (mode) => void (await runWell(sync(mode))),
    trySync: (mode) => run(sync(mode)),
  };
}

const files = ({ folder }: Computer) => readdirSync(folder).map((name) => join(folder, name));
const nameIn = (text: string) => /^FN:(.*?)\r?$/mu.exec(text)![1]!;
const held = (computer: Computer) =>
  files(computer)
    .map((file) => nameIn(readFileSync(file, 'utf8')))
    .toSorted();
const onServer = async () => [...(await cardsOf(site.ada)).values()].map(nameIn).toSorted();
const fileOf = (computer: Computer, name: string) =>
  files(computer).find((file) => nameIn(readFileSync(file, 'utf8')) === name)!;

test('from the bare address it lists the folders of each', async () => {
  const listed = await ben.databases();
  assert.ok(listed.includes(teamName) && listed.includes(site.ben.team), listed);
  assert.ok(!listed.includes(site.ada.id), 'none of the home of somebody else');
});

test('the first time both sides get what the other has', async () => {
  await putCard(site.ada, 'violette', vcard('violette', 'Violette Alto', ['EMAIL:violette@demo.example']));
  writeFileSync(join(ben.folder, '1'), vcard('zoe', 'Zoé Luth', ['TEL:+33 1 99 00 00 01']));
  await ben.sync('slow');
  assert.deepEqual(held(ben), ['Violette Alto', 'Zoé Luth']);
  assert.deepEqual(await onServer(), ['Violette Alto', 'Zoé Luth']);
  await ada.sync('slow');
  await chloe.sync('slow');
  for (const computer of [ada, chloe]) assert.deepEqual(held(computer), ['Violette Alto', 'Zoé Luth']);
});

test('edits and removals go both ways between owner and Manager, and come to the Viewer', async () => {
  const file = fileOf(ben, 'Violette Alto');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^FN:.*$/mu, 'FN:Violette Contralto'));
  await ben.sync('two-way');
  unlinkSync(fileOf(ada, 'Zoé Luth'));
  writeFileSync(join(ada.folder, 'new'), vcard('ines', 'Inès Cor'));
  await ada.sync('two-way');
  await ben.sync('two-way');
  await chloe.sync('two-way');
  const expected = ['Inès Cor', 'Violette Contralto'];
  assert.deepEqual(await onServer(), expected);
  for (const computer of [ada, ben, chloe]) assert.deepEqual(held(computer), expected);
});

/** What Apple's programs write: what a group is called stands in a line of that group. */
const grouped = [
  'item1.TEL:+33 1 99 00 00 03',
  'item1.X-ABLabel:Chalet',
  'item2.URL:https://demo.example/lea',
  'item2.X-ABLabel:_$!<HomePage>!$_',
];

/** What is labelled in a card: it numbers the groups anew. */
const labelled = (card: string) =>
  [...card.matchAll(/^(item\d+)\.X-ABLabel:(.*?)\r?$/gmu)]
    .map(([, group, label]) => [label, new RegExp(`^${group}\\.((?:TEL|URL):.*?)\\r?$`, 'mu').exec(card)?.[1]])
    .toSorted();

test('an edit keeps the labels of groups, each with its own number or address', async () => {
  await putCard(site.ada, 'lea', vcard('lea', 'Léa Basson', grouped));
  for (const [computer, name] of [
    [ben, 'Léa Hautbois'],
    [ada, 'Léa Clarinette'],
  ] as const) {
    await computer.sync('two-way');
    const file = files(computer).find((each) => readFileSync(each, 'utf8').includes('/lea'))!;
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^FN:.*$/mu, `FN:${name}`));
    await computer.sync('two-way');
    const stored = (await cardsOf(site.ada)).get('lea')!;
    assert.equal(nameIn(stored), name);
    assert.deepEqual(labelled(stored), [
      ['Chalet', 'TEL:+33 1 99 00 00 03'],
      ['_$!<HomePage>!$_', 'URL:https://demo.example/lea'],
    ]);
  }
  await removeCard(site.ada, 'lea');
});

test('a Viewer’s additions, edits and removals stay with them; one-way they follow all the same', async () => {
  const before = await onServer();
  writeFileSync(join(chloe.folder, 'mine'), vcard('chloe', 'Par Chloé'));
  const { code, output } = await chloe.trySync('two-way');
  assert.notEqual(code, 0, output);
  assert.deepEqual(await onServer(), before);
  // Nor does what they edit or remove change anything for others.
  const copy = await setUp(site, team.place, site.chloe);
  await copy.sync('slow');
  const edited = fileOf(copy, 'Inès Cor');
  writeFileSync(edited, readFileSync(edited, 'utf8').replace(/^FN:.*$/mu, 'FN:Par Chloé'));
  unlinkSync(fileOf(copy, 'Violette Contralto'));
  assert.notEqual((await copy.trySync('two-way')).code, 0);
  assert.deepEqual(await onServer(), before);
  await putCard(site.ada, 'neuf', vcard('neuf', 'Neuf Cordes'));
  const reader = await setUp(site, team.place, site.chloe);
  await reader.sync('refresh-from-remote');
  assert.deepEqual(held(reader), await onServer());
  await putCard(site.ada, 'dix', vcard('dix', 'Dix Touches'));
  await reader.sync('one-way-from-remote');
  assert.deepEqual(held(reader), await onServer());
});
