/** `addressbook-query` while cards change: in small folders, which the database looks through, and in large ones, whose texts are kept. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dav } from '../../kit/dav.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

const vcard = (uid: string, name: string) =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:${name}\r\nN:${name};;;;\r\nNOTE:Aime l'alto\\, le soir\r\nEND:VCARD\r\n`;

/** Folders of somebody with so many cards each, and what a device does in them. */
async function openFolders(app: TestApp, names: readonly string[], size: number) {
  const home = `/dav/addressbooks/${app.ada.id}/`;
  const folders = {
    home,
    async put(book: string, uid: string, name: string) {
      const { status } = await dav(app.ada, 'PUT', `${home}${book}/${uid}.vcf`, { body: vcard(uid, name) });
      assert.ok(status === 201 || status === 204, String(status));
    },
    /** Each of the many is called this, and its number. */
    async nameAll(book: string, name: string) {
      const numbers = Array.from({ length: size }, (_, number) => number);
      for (let start = 0; start < size; start += 50)
        await Promise.all(
          numbers.slice(start, start + 50).map((number) => folders.put(book, `${book}${number}`, `${name} ${number}.`)),
        );
    },
    async found(book: string, wanted: string, property = 'FN') {
      const reply = await dav(app.ada, 'REPORT', `${home}${book}/`, {
        headers: { Depth: '1' },
        body: `<C:addressbook-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:prop><D:getetag/></D:prop><C:filter><C:prop-filter name="${property}"><C:text-match>${wanted}</C:text-match></C:prop-filter></C:filter></C:addressbook-query>`,
      });
      return reply.responses.map(({ href }) => href.split('/').at(-1)!.replace('.vcf', ''));
    },
  };
  for (const name of names) {
    assert.equal((await dav(app.ada, 'MKCOL', `${home}${name}/`)).status, 201);
    await folders.nameAll(name, 'Somebody');
  }
  return folders;
}

for (const [size, others] of [
  [0, 'alone'],
  [250, 'among many'],
] as const) {
  test(`a card ${others} is found by what it says now and where it lies now: after an edit, a move, the trash and back`, async () => {
    await using app = await createTestApp();
    const { home, put, found } = await openFolders(app, ['a', 'b'], size);
    assert.deepEqual(await found('a', 'éloïse'), []);
    await put('a', 'u', 'Éloïse Numéro');
    assert.deepEqual(await found('a', 'LOÏSE n'), ['u']);
    assert.equal((await found('a', 'ALTO, LE', 'NOTE')).at(-1), 'u');
    await put('a', 'u', 'Zoé Luth');
    assert.deepEqual(await found('a', 'éloïse'), []);
    assert.deepEqual(await found('a', 'zo'), ['u']);
    assert.deepEqual(await found('b', 'zo'), []);
    await dav(app.ada, 'MOVE', `${home}a/u.vcf`, { headers: { Destination: `${app.url}${home}b/u.vcf` } });
    assert.deepEqual([await found('a', 'zoé'), await found('b', 'zoé')], [[], ['u']]);
    await dav(app.ada, 'DELETE', `${home}b/u.vcf`);
    assert.deepEqual(await found('b', 'zoé'), []);
    const trash = await app.ada.call('TrashItem/query');
    await app.ada.call('TrashItem/restore', { ids: trash['ids'] });
    assert.deepEqual(await found('b', 'zoé'), ['u']);
    await put('b', 'u', 'Paul');
    await dav(app.ada, 'DELETE', `${home}b/u.vcf`);
    await app.ada.call('TrashItem/set', { destroy: (await app.ada.call('TrashItem/query'))['ids'] });
    assert.deepEqual(await found('b', 'Paul'), []);
  });
}

test('in a folder of many cards that have all changed, each is found by what it says now', async () => {
  await using app = await createTestApp();
  const { nameAll, found } = await openFolders(app, ['a'], 250);
  assert.deepEqual(await found('a', 'body 17.'), ['a17']);
  assert.equal((await found('a', 'Somebody')).length, 250, 'more than are looked up one by one');
  for (const name of ['Élodie', 'Zoé'.repeat(60), 'Paul']) {
    await nameAll('a', name);
    assert.deepEqual(await found('a', 'body 17.'), []);
    assert.deepEqual(await found('a', `${name} 17.`), ['a17']);
  }
});

test('whoever looks while others edit finds a card by its old name or by its new one, and afterwards by the new one alone', async () => {
  await using app = await createTestApp();
  const { put, found } = await openFolders(app, ['a'], 250);
  await put('a', 'u', 'Name 0.');
  for (let round = 1; round <= 10; round++) {
    const looking = Array.from({ length: 8 }, async () => [
      ...(await found('a', `Name ${round - 1}.`)),
      ...(await found('a', `Name ${round}.`)),
    ]);
    const [, , ...seen] = await Promise.all([
      put('a', 'u', `Name ${round}.`),
      put('a', `a${round}`, `Number ${round}.`),
      ...looking,
    ]);
    for (const names of seen) assert.ok(names.length >= 1 && names.every((name) => name === 'u'), names.join(' '));
    assert.deepEqual(await found('a', `Name ${round - 1}.`), []);
    assert.deepEqual(await found('a', `Name ${round}.`), ['u']);
    assert.deepEqual(await found('a', `Number ${round}.`), [`a${round}`]);
  }
});
