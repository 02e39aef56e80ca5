import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answer, card, folder, get, refusal, share, shareAccepted, update } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';
import type { Person } from '../../kit/person.ts';

let app: TestApp;
before(async () => {
  app = await createTestApp();
});
after(() => app.close());

const refuseMove = (person: Person, id: string, parentId: string | null, accountId = person.id) =>
  refusal(person, 'AddressBook/set', { accountId, update: { [id]: { parentId } } });

test('a folder moves below another and back to the top, with what is in it', async () => {
  const [id, target] = [await folder(app.ada, 'Locale'), await folder(app.ada, 'Presse')];
  const below = await folder(app.ada, 'Quartiers', { parentId: id });
  const cardId = await card(app.ada, below, 'Jean Dupont');
  await update(app.ada, 'AddressBook', id, { parentId: target });
  assert.equal((await get(app.ada, 'AddressBook', id))!['parentId'], target);
  assert.equal((await get(app.ada, 'AddressBook', below))!['parentId'], id);
  assert.ok(await get(app.ada, 'ContactCard', cardId));
  await update(app.ada, 'AddressBook', id, { parentId: null });
  assert.equal((await get(app.ada, 'AddressBook', id))!['parentId'], null);
});

test('a folder moves neither into itself nor into what stands below it', async () => {
  const id = await folder(app.ada, 'Serpent');
  const below = await folder(app.ada, 'Queue', { parentId: id });
  const deeper = await folder(app.ada, 'Pointe', { parentId: below });
  for (const parentId of [id, below, deeper]) {
    const error = await refuseMove(app.ada, id, parentId);
    assert.deepEqual(
      [error['type'], error['properties'], error['reason']],
      ['invalidProperties', ['parentId'], 'insideItself'],
    );
  }
});

test('a folder moves neither to where its name is taken, nor with a reserved name to the top', async () => {
  const target = await folder(app.ada, 'Rangement');
  await folder(app.ada, 'doublon', { parentId: target });
  const id = await folder(app.ada, 'Doublon');
  const error = await refuseMove(app.ada, id, target);
  assert.deepEqual([error['reason'], error['proposedName']], ['nameTaken', 'Doublon (2)']);
  await update(app.ada, 'AddressBook', id, { parentId: target, name: 'Doublon (2)' });
  const reserved = await folder(app.ada, 'Corbeille', { parentId: target });
  const refused = await refuseMove(app.ada, reserved, null);
  assert.deepEqual([refused['type'], refused['reason']], ['invalidProperties', 'nameReserved']);
});

test('a folder moves to no account of somebody else, not even where one may write', async () => {
  const theirs = await folder(app.ben, 'Chez Ben');
  await shareAccepted(app.ben, theirs, app.ada, 'manager');
  const id = await folder(app.ada, 'Chez Ada');
  const error = await refuseMove(app.ada, id, theirs);
  assert.deepEqual([error['type'], error['properties']], ['invalidProperties', ['parentId']]);
  const made = await refusal(app.ada, 'AddressBook/set', { create: { new: { name: 'Sous Ben', parentId: theirs } } });
  assert.deepEqual([made['type'], made['properties']], ['invalidProperties', ['parentId']]);
});

test('a parent that one cannot see, or that is none, is no parent', async () => {
  const secret = await folder(app.ben, 'Secret');
  for (const parentId of [secret, 'fnothing', 5]) {
    const error = await refusal(app.ada, 'AddressBook/set', { create: { new: { name: 'Perdue', parentId } } });
    assert.deepEqual([error['type'], error['properties']], ['invalidProperties', ['parentId']]);
  }
});

test('folders nest fifty deep and no deeper, made or moved', async () => {
  let parentId: string | null = null;
  for (let depth = 1; depth <= 50; depth++) parentId = await folder(app.ada, `Niveau ${depth}`, { parentId });
  const error = await refusal(app.ada, 'AddressBook/set', { create: { new: { name: 'Niveau 51', parentId } } });
  assert.deepEqual([error['type'], error['properties']], ['invalidProperties', ['parentId']]);
  const moved = await refuseMove(app.ada, await folder(app.ada, 'Plate'), parentId);
  assert.deepEqual([moved['type'], moved['properties']], ['invalidProperties', ['parentId']]);
});

test('a manager makes, renames, moves and removes sub-folders, and does not take away what was shared', async () => {
  const { ada, ben } = app;
  const where = { accountId: ada.id };
  const root = await folder(ada, 'Commune');
  const other = await folder(ada, 'Voisine');
  await shareAccepted(ada, root, ben, 'manager');
  const made = await folder(ben, 'Sous-dossier', { parentId: root }, where);
  const second = await folder(ben, 'Second', { parentId: root }, where);
  assert.equal((await get(ada, 'AddressBook', made))!['parentId'], root);
  await update(ben, 'AddressBook', second, { parentId: made, name: 'Deuxième' }, where);
  const seen = (await get(ada, 'AddressBook', second))!;
  assert.deepEqual([seen['name'], seen['parentId']], ['Deuxième', made]);
  assert.equal((await refuseMove(ben, root, made, ada.id))['type'], 'forbidden');
  assert.equal((await refuseMove(ben, made, null, ada.id))['type'], 'forbidden');
  assert.equal((await refuseMove(ben, made, other, ada.id))['type'], 'invalidProperties');
  const top = await refusal(ben, 'AddressBook/set', { ...where, create: { new: { name: 'En haut' } } });
  assert.equal(top['type'], 'forbidden');
});

test('a viewer makes, renames and removes nothing', async () => {
  const { ada, ben } = app;
  const root = await folder(ada, 'Vitrine');
  const below = await folder(ada, 'Étagère', { parentId: root });
  await shareAccepted(ada, root, ben, 'viewer');
  const tries: readonly object[] = [
    { create: { new: { name: 'x', parentId: root } } },
    { update: { [below]: { name: 'x' } } },
    { update: { [below]: { color: 'red' } } },
    { update: { [root]: { description: 'x' } } },
    { destroy: [below] },
    { destroy: [root] },
  ];
  for (const args of tries) {
    assert.equal(
      (await refusal(ben, 'AddressBook/set', { accountId: ada.id, ...args }))['type'],
      'forbidden',
      JSON.stringify(args),
    );
  }
});

test('where a shared folder stands in its owner’s tree is not the reader’s to know', async () => {
  const { ada, ben } = app;
  const above = await folder(ada, 'Confidentiel');
  const root = await folder(ada, 'Ouvert', { parentId: above });
  await share(ada, root, ben, 'viewer');
  await answer(ben, root, 'accepted');
  const seen = (await get(ben, 'AddressBook', root, { accountId: ada.id }))!;
  assert.deepEqual([seen['parentId'], seen['isShareRoot']], [null, true]);
  assert.ok(!String(seen['downloadUrl']).includes('Confidentiel'));
  assert.equal(await get(ben, 'AddressBook', above, { accountId: ada.id }), undefined);
});
