/** khard, the address book of the terminal, on folders that vdirsyncer keeps in step: what one types there, others have. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setUpComputer } from './kit/computer.ts';
import type { Computer } from './kit/computer.ts';
import { runWell } from './kit/program.ts';
import { cardsOf, putCard, startDavSite, vcard } from './kit/site.ts';
import type { DavPerson, DavSite } from './kit/site.ts';

type Terminal = Computer & { khard(words: readonly string[], input?: string): Promise<string> };

let site: DavSite;
let place: string;
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
  for (const terminal of [ben, chloe]) {
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

test('what a Viewer types stays with them', async () => {
  await chloe.khard(['new', '-a', 'team'], 'First name: Inès\nLast name: Cor\nEmail:\n  work: ines@demo.example\n');
  assert.match((await chloe.trySync()).output, /403/u);
  assert.deepEqual([...(await cardsOf(site.ada)).keys()], ['violette']);
});
