import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createCardFromVCard } from '../../../src/core/card/createCard.ts';
import { folder, get, update } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

let app: TestApp;
before(async () => {
  app = await createTestApp();
});
after(() => app.close());

/** As another program would have left it: grouped, labelled, with parameters and properties of its own. */
const foreignCard = (uid: string): string =>
  [
    'BEGIN:VCARD',
    'VERSION:3.0',
    'PRODID:-//Elsewhere//Contacts 9//EN',
    `UID:${uid}`,
    'N:Dupont;Jean;;;',
    'FN:Jean Dupont',
    'item1.EMAIL;type=INTERNET;type=pref:jean@demo.example',
    'item1.X-ABLabel:Bureau du matin',
    'item2.TEL;TYPE=CELL;X-FANCY="a:b":+33 6 00 00 00 00',
    String.raw`NOTE:Une virgule\, un point-virgule\; et une\nligne`,
    'X-SOCIALPROFILE;type=twitter;x-user=jd:https://social.example/jd',
    'X-EVOLUTION-FILE-AS:Dupont\\, Jean',
    'END:VCARD',
    '',
  ].join('\r\n');

/** Keeps the foreign card in a folder of its own, and gives the lines of what is kept after a change. */
async function open(name: string) {
  const { ada, world } = app;
  const bookId = await folder(ada, name);
  const context = { ...world, actor: { principalId: ada.id, language: 'fr' as const } };
  const foreign = foreignCard(`elsewhere-${name.replaceAll(' ', '-')}`);
  const { id } = await createCardFromVCard(context, bookId, foreign);
  const lines = async () => {
    const row = await world.db.first(
      world.db.build.selectFrom('card_record').select('vcard').where('card_id', '=', id),
    );
    return row!.vcard.split('\r\n');
  };
  const download = async () => (await ada.get(`/home/${ada.email}/${encodeURIComponent(name)}.vcf`)).text();
  return { ada, id, bookId, foreign, lines, download };
}

test('what came in is kept to the octet while nobody edits it, also when it moves', async () => {
  const { ada, id, foreign, lines } = await open('Tel quel');
  await update(ada, 'ContactCard', id, { addressBookIds: { [await folder(ada, 'Ailleurs')]: true } });
  await update(ada, 'ContactCard', id, {});
  assert.deepEqual(await lines(), foreign.split('\r\n'));
});

test('an edit changes the lines that it means and leaves every other as it was, in order', async () => {
  const { ada, id, foreign, lines } = await open('Retouchée');
  await update(ada, 'ContactCard', id, { 'name/full': 'Jean-Pierre Dupont' });
  const expected = foreign.split('\r\n').map((line) => (line.startsWith('FN:') ? 'FN:Jean-Pierre Dupont' : line));
  const kept = (await lines()).filter((line) => !line.startsWith('REV'));
  assert.deepEqual(kept, expected);
});

test('an edit of a grouped property keeps its group and its label', async () => {
  const { ada, id, lines } = await open('Groupé');
  const [key] = Object.keys((await get(ada, 'ContactCard', id))!['emails'] as unknown as object);
  await update(ada, 'ContactCard', id, { [`emails/${key}/address`]: 'jp@demo.example' });
  const kept = await lines();
  const email = kept.find((line) => line.includes('jp@demo.example'))!;
  assert.match(email, /^item1\.EMAIL/u);
  assert.ok(kept.includes('item1.X-ABLabel:Bureau du matin'));
  assert.ok(kept.includes('item2.TEL;TYPE=CELL;X-FANCY="a:b":+33 6 00 00 00 00'));
});

test('what was added and taken away again leaves the rest alone', async () => {
  const { ada, id, foreign, lines } = await open('Aller et retour');
  await update(ada, 'ContactCard', id, { keywords: { vip: true } });
  await update(ada, 'ContactCard', id, { keywords: null });
  assert.deepEqual(
    (await lines()).filter((line) => !line.startsWith('REV')),
    foreign.split('\r\n'),
  );
});

test('the download of the folder has the unknown properties, too', async () => {
  const { ada, id, download } = await open('Téléchargé');
  await update(ada, 'ContactCard', id, { 'name/full': 'Jean-Pierre Dupont' });
  const text = (await download()).replaceAll('\r\n ', '');
  for (const part of [
    'FN:Jean-Pierre Dupont',
    'Bureau du matin',
    'https://social.example/jd',
    String.raw`Une virgule\, un point-virgule`,
  ]) {
    assert.ok(text.includes(part), part);
  }
});

test('N and FN, which 3.0 demands, stay after the name is taken away', async () => {
  const { ada, id, lines } = await open('Sans nom');
  await update(ada, 'ContactCard', id, { name: null });
  const kept = await lines();
  assert.ok(
    kept.some((line) => line.startsWith('FN')),
    kept.join('\n'),
  );
  assert.ok(
    kept.some((line) => line.startsWith('N:') || line.startsWith('N;')),
    kept.join('\n'),
  );
});
