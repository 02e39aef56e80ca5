import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOf } from '../../../src/lib/xml/xmlElement.ts';
import { folder, list } from '../../kit/calls.ts';
import { booksOf, contactsOf, D, dav, homeOf, plainCard, propfind, put } from '../../kit/dav.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const names = [D('quota-used-bytes'), D('quota-available-bytes')];
const roomAt = async (person: Person, path: string) => {
  const [told] = (await propfind(person, path, 0, names)).responses;
  return names.map((name) => (told!.found.has(name) ? Number(textOf(told!.found.get(name)!)) : null));
};

test('home and address books tell what the account’s cards take and may still take, in octets: C276', async () => {
  const largest = 10_000;
  const environment = { COTERIE_MAX_CARDS_PER_ACCOUNT: '3', COTERIE_MAX_CARD_SIZE: String(largest) };
  await using app = await createTestApp({ environment });
  const book = await contactsOf(app.ada);
  assert.deepEqual(await roomAt(app.ada, homeOf(app.ada)), [0, 3 * largest]);
  const cards = [plainCard('a'), plainCard('b', 'NOTE:é')];
  for (const [at, card] of cards.entries()) await put(app.ada, `${book}${at}.vcf`, card);
  const used = cards.reduce((sum, card) => sum + Buffer.byteLength(card), 0);
  for (const path of [homeOf(app.ada), book, `/dav/one/${app.ada.id}/`, `/dav/one/${app.ada.id}/all/`])
    assert.deepEqual(await roomAt(app.ada, path), [used, largest]);
  const quotas = await list(app.ada, 'Quota');
  assert.deepEqual(
    quotas.filter(({ id }) => id === 'cards').map((quota) => [quota['used'], quota['hardLimit']]),
    [[2, 3]],
  );
  // None is available exactly when a card is refused; what is in the trash takes no room.
  await put(app.ada, `${book}c.vcf`, plainCard('c'));
  assert.equal((await roomAt(app.ada, book))[1], 0);
  assert.equal((await dav(app.ada, 'PUT', `${book}d.vcf`, { body: plainCard('d') })).status, 507);
  await dav(app.ada, 'DELETE', `${book}c.vcf`);
  assert.deepEqual(await roomAt(app.ada, book), [used, largest]);
  // RFC 4331 §3: not among all properties.
  const all = await propfind(app.ada, book, 0);
  assert.equal(all.responses[0]!.found.has(names[0]!), false);
});

test('what the account of another holds is theirs to know: C276', async () => {
  await using app = await createTestApp();
  const id = await folder(app.ada, 'Presse');
  const shareWith = { [app.ben.id]: { mayRead: true, mayWrite: true, mayShare: false, mayDelete: false } };
  await app.ada.call('AddressBook/set', { update: { [id]: { shareWith } } });
  await app.ben.call('AddressBook/set', { accountId: app.ada.id, update: { [id]: { isSubscribed: true } } });
  const [shared] = [...(await booksOf(app.ben))].filter(([name]) => name.startsWith('Presse'));
  assert.deepEqual(await roomAt(app.ben, shared![1].href), [null, null]);
});
