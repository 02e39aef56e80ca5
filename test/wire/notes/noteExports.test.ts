/** Files hold a person's own notes when they ask for it, and nobody else's in any case. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { card, create, folder, shareAccepted } from '../../kit/calls.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

async function exported(who: Person, accountId: string, args: object): Promise<string> {
  const { blobAccountId, blobId } = await who.call('ContactCard/export', { accountId, ...args });
  const path = `/jmap/download/${blobAccountId}/${blobId}/contacts?accept=text/plain`;
  return (await who.get(path)).text();
}

test('a file has one’s own private notes when they are asked for', async () => {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const bookId = await folder(ada, 'Presse');
  const cardId = await card(ada, bookId, 'Jean Dupont');
  await shareAccepted(ada, bookId, ben, 'viewer');
  await create(ben, 'PrivateNote', { cardId, text: 'Mandarine; et\nclémentine' });
  await create(ada, 'PrivateNote', { cardId, text: 'Citron' });
  for (const format of ['vcard', 'csv', 'ldif']) {
    const args = { ids: [cardId], format, separator: ',', language: 'fr' };
    const plain = await exported(ben, ada.id, args);
    assert.ok(!/mandarine|TWFuZGFyaW5l/iu.test(plain), format);
    const withNotes = await exported(ben, ada.id, { ...args, privateNotes: true });
    const shown =
      format === 'ldif'
        ? Buffer.from(/description:: (.*)/u.exec(withNotes.replaceAll('\n ', ''))![1]!, 'base64').toString()
        : withNotes;
    assert.match(shown.replace(/\r?\n /gu, ''), /Note privée\s: Mandarine/u, format);
    assert.ok(!shown.includes('Citron'), format);
  }
  const archive = async (query: string) =>
    Buffer.from(
      Object.entries(unzipSync(Buffer.from(await (await ben.get(`/home/~?fmt=vcf${query}`)).arrayBuffer()))).find(
        ([name]) => name.endsWith('Presse de Ada.vcf'),
      )![1],
    ).toString();
  assert.ok(!(await archive('')).includes('Mandarine'));
  assert.match(await archive('&privateNotes=true'), /Mandarine\\; et\\nclémentine/u);
  const file = await (await ben.get(`/home/${ada.id}/${bookId}.csv?separator=,&privateNotes=true`)).text();
  assert.match(file, /Note privée\s: Mandarine; et/u);
});

test('the link for the public writes nobody’s notes, whatever it is asked', async () => {
  await using app = await createTestApp();
  const { ada } = app;
  const bookId = await folder(ada, 'Presse');
  const cardId = await card(ada, bookId, 'Jean Dupont');
  await create(ada, 'PrivateNote', { cardId, text: 'Citron' });
  const shared = await ada.call('Share/set', {
    create: { s: { addressBookId: bookId, type: 'public', role: 'viewer' } },
  });
  const url = new URL(shared['created']!['s']!['url']! as string);
  for (const kind of ['csv', 'vcf']) {
    const text = await (await fetch(`${app.url}${url.pathname}.${kind}?privateNotes=true`)).text();
    assert.ok(text.includes('Dupont') && !text.includes('Citron'), text);
  }
});
