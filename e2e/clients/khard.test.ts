/** khard, the address book of the terminal, on folders that vdirsyncer keeps in step: what one types there, others have. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setUpComputer } from './kit/computer.ts';
import type { Computer } from './kit/computer.ts';
import { runWell } from './kit/program.ts';
import { cardsOf, putCard, removeCard, startDavSite, vcard } from './kit/site.ts';
import type { DavPerson, DavSite } from './kit/site.ts';

type Terminal = Computer & { khard(words: readonly string[], input?: string): Promise<string> };

let site: DavSite;
let place: string;
let ada: Terminal;
let ben: Terminal;
let chloe: Terminal;

before(async () => {
  site = await startDavSite();
  place = mkdtempSync(join(tmpdir(), 'coterie-khard-'));
  await putCard(
    site.ada,
    'violette',
    vcard('violette', 'Violette Alto', ['EMAIL:violette@demo.example', 'TEL:+33 1 99 00 00 01']),
  );
  ada = await setUp(site.ada);
  ben = await setUp(site.ben);
  chloe = await setUp(site.chloe);
});
after(async () => {
  await site.stop();
  rmSync(place, { recursive: true });
});

async function setUp(person: DavPerson): Promise<Terminal> {
  const computer = await setUpComputer(site, place, person);
  const settings = join(computer.folder, '..', 'khard.conf');
  writeFileSync(
    settings,
    `[addressbooks]\n[[team]]\npath = ${computer.folder}\n[general]\neditor = true\nmerge_editor = true\n`,
  );
  return {
    ...computer,
    khard: (words, input = '') =>
      runWell({
        command: '/usr/bin/khard',
        words: ['-c', settings, ...words],
        environment: { LC_ALL: 'C.UTF-8' },
        input,
      }),
  };
}

test('the shared folder’s people are found, with address and number', async () => {
  for (const terminal of [ada, ben, chloe]) {
    await terminal.sync();
    assert.match(await terminal.khard(['email', '--parsable', 'violette']), /violette@demo\.example\tViolette Alto/u);
    assert.match(await terminal.khard(['phone', '--parsable', 'alto']), /\+33 1 99 00 00 01/u);
  }
});

test('a Manager adds, edits and removes people in the terminal, and the others have it', async () => {
  await ben.khard(['new', '-a', 'team'], 'First name: Zoé\nLast name: Luth\nEmail:\n  work: zoe@demo.example\n');
  await ben.sync();
  const [uid, made] = [...(await cardsOf(site.ada))].find(([, card]) => card.includes('Zoé Luth'))!;
  assert.match(made, /zoe@demo\.example/u);
  const template = join(place, 'edited.yaml');
  writeFileSync(
    template,
    'First name: Zoé\nLast name: Luth\nFormatted name: Zoé Luth\nEmail:\n  work: zoe.luth@demo.example\n',
  );
  await ben.khard(['edit', '-i', template, 'zoé'], 'y\n');
  await ben.sync();
  assert.match((await cardsOf(site.ada)).get(uid)!, /zoe\.luth@demo\.example/u);
  await chloe.sync();
  assert.match(await chloe.khard(['email', '--parsable', 'zoé']), /zoe\.luth@demo\.example/u);
  await ben.khard(['remove', '--force', 'zoé']);
  await ben.sync();
  assert.deepEqual([...(await cardsOf(site.ada)).keys()], ['violette']);
});

test('what the owner types in the terminal reaches the Manager and the Viewer', async () => {
  await ada.khard(['new', '-a', 'team'], 'First name: Noé\nLast name: Cor\nEmail:\n  work: noe@demo.example\n');
  for (const terminal of [ada, ben, chloe]) await terminal.sync();
  for (const terminal of [ben, chloe])
    assert.match(await terminal.khard(['email', '--parsable', 'noé']), /noe@demo\.example/u);
  await ada.khard(['remove', '--force', 'noé']);
  await ada.sync();
  assert.deepEqual([...(await cardsOf(site.ada)).keys()], ['violette']);
});

const readAll = `
import sys, pathlib, vobject
for path in sorted(pathlib.Path(sys.argv[1]).glob('*.vcf')):
    card = vobject.readOne(path.read_bytes().decode('utf-8'))
    print(card.version.value, card.fn.value)
`;

/** What the web app makes of somebody of whom everything is known. */
const everything = {
  version: '1.0',
  name: {
    components: [
      { kind: 'given', value: 'Zoé; 🎻' },
      { kind: 'surname', value: 'Luth, Cor' },
    ],
    isOrdered: true,
  },
  nicknames: { n: { name: 'L’été' } },
  organizations: { o: { name: 'Orchestre', units: [{ name: 'Cordes' }] } },
  titles: { t: { name: 'Cheffe' }, r: { kind: 'role', name: 'Soliste' } },
  emails: { e: { address: 'zoe@demo.example', contexts: { work: true }, pref: 1 } },
  phones: { p: { number: 'tel:+33-1-99-00-00-01', features: { mobile: true }, label: 'Loge "1"' } },
  addresses: {
    a: {
      components: [
        { kind: 'name', value: 'rue Haute' },
        { kind: 'number', value: '1' },
        { kind: 'locality', value: 'Lyon' },
      ],
    },
  },
  anniversaries: { b: { kind: 'birth', date: { month: 4, day: 15 } } },
  onlineServices: { s: { service: 'Mastodon', uri: 'https://demo.example/@zoe' } },
  notes: { n: { note: 'Deux\nlignes : « \\ » ; 日本' } },
  keywords: { cordes: true, vents: true },
  speakToAs: { grammaticalGender: 'feminine', pronouns: { k: { pronouns: 'elle' } } },
} as const;

test('cards of telephones, of 4.0 and of the web app are read by python-vobject, in both versions', async () => {
  for (const name of ['apple', 'modern']) {
    const text = readFileSync(new URL(`../../test/fixtures/cards/${name}.vcf`, import.meta.url), 'utf8');
    await putCard(site.ada, name, text.replace(/^UID.*\r?\n/gmu, '').replace(/END:VCARD/u, `UID:${name}\r\nEND:VCARD`));
  }
  const [, bookId] = /([^/]+)\/$/u.exec(site.ada.team)!;
  const card = { ...everything, uid: 'web', addressBookIds: { [bookId!]: true } };
  const made = await site.ada.call('ContactCard/set', { create: { k: card } });
  assert.equal(made['notCreated'], null);
  const names = ['apple', 'modern', 'web'];
  const modern = join(place, 'modern');
  mkdirSync(modern);
  for (const name of names) {
    const accept = { headers: { Accept: 'text/vcard; version=4.0' } };
    const reply = await site.chloe.basic(new URL(`${site.chloe.team}${name}.vcf`).pathname, accept);
    writeFileSync(join(modern, `${name}.vcf`), await reply.text());
  }
  const versionsIn = async (folder: string) => {
    const read = await runWell({
      command: '/usr/bin/python3',
      words: ['-c', readAll, folder],
      environment: { LC_ALL: 'C.UTF-8' },
    });
    return read
      .trim()
      .split('\n')
      .map((line) => line.slice(0, 3));
  };
  assert.deepEqual(await versionsIn(modern), ['4.0', '4.0', '4.0']);
  for (const terminal of [ada, ben, chloe]) {
    await terminal.sync();
    assert.deepEqual(await versionsIn(terminal.folder), ['3.0', '3.0', '3.0', '3.0']);
    const listed = await terminal.khard(['email', '--parsable', 'zoé']);
    assert.match(listed, /zoe@demo\.example/u);
  }
  for (const name of names) await removeCard(site.ada, name);
});

test('what a Viewer types stays with them', async () => {
  await chloe.khard(['new', '-a', 'team'], 'First name: Inès\nLast name: Cor\nEmail:\n  work: ines@demo.example\n');
  assert.match((await chloe.trySync()).output, /403/u);
  assert.deepEqual([...(await cardsOf(site.ada)).keys()], ['violette']);
});
