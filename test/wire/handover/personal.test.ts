import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followOriginals } from '../../../src/core/linkedCopy/followOriginals.ts';
import { card, create, folder, get, shareAccepted, update } from '../../kit/calls.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

async function handOver(from: Person, addressBookId: string, to: Person, keptRole: string): Promise<void> {
  const id = await create(from, 'FolderHandover', { addressBookId, toId: to.id, keptRole });
  await update(to, 'FolderHandover', id, { status: 'accepted' });
}

test('what each person noted about a contact they read there still, and who lost it does not', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe } = app;
  const press = await folder(ada, 'Presse');
  const jean = await card(ada, press, 'Jean Dupont');
  await shareAccepted(ada, press, chloe, 'viewer');
  await create(ada, 'PrivateNote', { cardId: jean, text: 'Note d’Ada' });
  await create(chloe, 'PrivateNote', { cardId: jean, text: 'Note de Chloé' });
  await handOver(ada, press, ben, 'viewer');
  assert.equal((await get(ada, 'PrivateNote', jean))!['text'], 'Note d’Ada');
  assert.equal((await get(chloe, 'PrivateNote', jean))!['text'], 'Note de Chloé');
  assert.equal(await get(ben, 'PrivateNote', jean), undefined);
  await handOver(ben, press, chloe, 'none');
  assert.equal((await get(chloe, 'PrivateNote', jean))!['text'], 'Note de Chloé');
});

test('a copy follows its original into the account of the new owner', async () => {
  await using app = await createTestApp();
  const { ada, ben, chloe, world } = app;
  const [press, own] = [await folder(ada, 'Presse'), await folder(chloe, 'À moi')];
  const jean = await card(ada, press, 'Jean Dupont');
  await shareAccepted(ada, press, chloe, 'viewer');
  const copyId = await create(chloe, 'CardLink', { sourceId: jean, addressBookId: own });
  await handOver(ada, press, ben, 'none');
  await update(ben, 'ContactCard', jean, { 'name/full': 'Jean Durand' });
  await followOriginals(world, (error) => {
    throw error;
  });
  assert.equal((await get(chloe, 'ContactCard', copyId))!['name']!['full'], 'Jean Durand');
});
