import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setPersonActive } from '../../../src/core/principal/setPersonActive.ts';
import { createPerson } from '../../../src/core/principal/createPerson.ts';
import { guestsWhoCameInside } from '../../../src/core/guest/guestsWhoCameInside.ts';
import { purgeGuests } from '../../../src/core/guest/purgeGuests.ts';
import { boundShares } from '../../../src/core/share/boundShares.ts';
import { create, destroy, folder, get, list, refusal, session } from '../../kit/calls.ts';
import { comeAsGuest, guestToken, look, shareWithGuest } from '../../kit/guest.ts';
import { createClient } from '../../kit/person.ts';
import { cheapPassword, createTestApp } from '../../kit/world.ts';
import type { TestApp } from '../../kit/world.ts';

const ines = 'ines@ailleurs.example';
const day = 86_400_000;

async function open(environment: Record<string, string> = {}) {
  const app = await createTestApp({ environment });
  return { app, bookId: await folder(app.ada, 'Presse'), [Symbol.asyncDispose]: () => app.close() };
}

/** The same people and folders after the administrator changed the settings. */
async function withSettings<T>(app: TestApp, outside: object, look: () => Promise<T>): Promise<T> {
  const settings = app.world.settings as { outside?: object };
  const before = settings.outside;
  settings.outside = { ...before, ...outside };
  try {
    return await look();
  } finally {
    settings.outside = before!;
  }
}

test('where guests are switched off nobody invites any, and those who came are out until they are switched on', async () => {
  await using scene = await open();
  const { app, bookId } = scene;
  const shareId = await shareWithGuest(app.ada, bookId, ines);
  const token = await guestToken(app, ines);
  const guest = await comeAsGuest(app, ines);
  await withSettings(app, { guests: false }, async () => {
    assert.equal((await guest.get('/jmap/session')).status, 401);
    assert.equal((await guest.signIn()).status, 401);
    assert.equal((await guest.basic('/jmap/session')).status, 401);
    assert.equal((await look(app, token)).status, 404);
    const value = { addressBookId: bookId, type: 'guest', email: 'dan@ailleurs.example', role: 'viewer' };
    const refused = await refusal(app.ada, 'Share/set', { create: { n: value } });
    assert.deepEqual([refused['type'], refused['reason']], ['forbidden', 'guestsOff']);
    assert.equal((await refusal(app.ada, 'Share/resend', { ids: [shareId] }))['reason'], 'guestsOff');
    const { capabilities } = (await (await app.ada.get('/jmap/session')).json()) as { capabilities: object };
    assert.ok(JSON.stringify(capabilities).includes('"mayShareWithGuests":false'));
    // What there is can be ended.
    await destroy(app.ada, 'Share', shareId);
  });
});

test('where public links are switched off none is made and none opens anything', async () => {
  await using scene = await open();
  const { app, bookId } = scene;
  const id = await create(app.ada, 'Share', { addressBookId: bookId, type: 'public', role: 'viewer' });
  const { url } = (await get(app.ada, 'Share', id))! as unknown as { url: string };
  assert.equal((await fetch(url)).status, 200);
  await withSettings(app, { publicLinks: false }, async () => {
    assert.equal((await fetch(url)).status, 404);
    assert.equal((await fetch(`${url}.csv`)).status, 404);
    const other = await folder(app.ada, 'Autre');
    const value = { addressBookId: other, type: 'public', role: 'viewer' };
    assert.equal((await refusal(app.ada, 'Share/set', { create: { n: value } }))['reason'], 'publicLinksOff');
  });
  assert.equal((await fetch(url)).status, 200);
});

test('shares with people outside last as long as an administrator allows', async () => {
  await using scene = await open({ COTERIE_GUEST_DAYS: '30', COTERIE_PUBLIC_LINK_DAYS: '7' });
  const { app, bookId } = scene;
  const lasts = async (id: string) =>
    Math.round((Date.parse((await get(app.ada, 'Share', id))!['expiresAt']!) - app.world.now().getTime()) / day);
  const guestShare = await shareWithGuest(app.ada, bookId, ines);
  assert.equal(await lasts(guestShare), 30, 'without an end date: to the last day');
  const publicShare = await create(app.ada, 'Share', { addressBookId: bookId, type: 'public', role: 'viewer' });
  assert.equal(await lasts(publicShare), 7);
  const expiresAt = new Date(app.world.now().getTime() + 40 * day).toISOString();
  const late = { addressBookId: bookId, type: 'guest', email: 'dan@ailleurs.example', role: 'viewer', expiresAt };
  const refused = await refusal(app.ada, 'Share/set', { create: { n: late } });
  assert.equal(refused['type'], 'expiresTooLate');
  const patch = { update: { [guestShare]: { expiresAt } } };
  assert.equal((await refusal(app.ada, 'Share/set', patch))['type'], 'expiresTooLate');
  await app.ada.call('Share/set', { update: { [guestShare]: { expiresAt: null } } });
  assert.equal(await lasts(guestShare), 30);
  // Colleagues are not concerned.
  const inside = await create(app.ada, 'Share', { addressBookId: bookId, principalId: app.ben.id, role: 'viewer' });
  assert.equal((await get(app.ada, 'Share', inside))!['expiresAt'], null);
});

test('a bound that is set later counts from then on for what was shared before', async () => {
  await using scene = await open();
  const { app, bookId } = scene;
  const id = await shareWithGuest(app.ada, bookId, ines);
  assert.equal(await boundShares(app.world), 0);
  await withSettings(app, { guestDays: 10 }, async () => {
    assert.equal(await boundShares(app.world), 1);
    assert.equal(await boundShares(app.world), 0);
  });
  const { expiresAt } = (await get(app.ada, 'Share', id))! as unknown as { expiresAt: string };
  assert.equal(Math.round((Date.parse(expiresAt) - app.world.now().getTime()) / day), 10);
});

test('a guest with whom nothing is shared is forgotten after thirty days', async () => {
  await using scene = await open();
  const { app, bookId } = scene;
  const shareId = await shareWithGuest(app.ada, bookId, ines);
  const guest = await comeAsGuest(app, ines);
  await destroy(app.ada, 'Share', shareId);
  assert.equal(await purgeGuests(app.world), 0);
  app.clock.advance(29 * day);
  assert.equal(await purgeGuests(app.world), 0);
  app.clock.advance(2 * day);
  assert.equal(await purgeGuests(app.world), 1);
  assert.equal((await guest.signIn()).status, 401);
  const { db } = app.world;
  const left = await db.all(db.build.selectFrom('principal').selectAll().where('email', '=', ines));
  assert.deepEqual(left, []);
  await app.ada.signIn();
  await shareWithGuest(app.ada, bookId, ines);
  assert.equal((await look(app, await guestToken(app, ines))).status, 200, 'they can be invited anew');
});

test('whom an administrator keeps out stays out, and cannot be invited', async () => {
  await using scene = await open();
  const { app, bookId } = scene;
  const shareId = await shareWithGuest(app.ada, bookId, ines);
  const guest = await comeAsGuest(app, ines);
  await setPersonActive(app.world, guest.id, false);
  assert.equal((await guest.get('/jmap/session')).status, 401);
  const other = await folder(app.ada, 'Autre');
  const value = { addressBookId: other, type: 'guest', email: ines, role: 'viewer' };
  assert.equal((await refusal(app.ada, 'Share/set', { create: { n: value } }))['reason'], 'guestKeptOut');
  await destroy(app.ada, 'Share', shareId);
  await purgeGuests(app.world);
  app.clock.advance(60 * day);
  assert.equal(await purgeGuests(app.world), 0);
});

test('a guest who is hired is the person of the directory: what was shared with the guest is shared with them', async () => {
  await using scene = await open();
  const { app, bookId } = scene;
  await shareWithGuest(app.ada, bookId, ines);
  const guest = await comeAsGuest(app, ines);
  const password = 'password of a colleague';
  const { id } = await createPerson(app.world, { name: 'Inès', email: ines, password, passwordCost: cheapPassword });
  const person = createClient(app.url, { id, name: 'Inès', email: ines, password });
  assert.equal((await person.signIn()).status, 204, 'the address is theirs at once');
  assert.equal((await guest.signIn()).status, 401, 'the password of the guest opens nothing any more');
  assert.equal(await guestsWhoCameInside(app.world), 1);
  assert.equal(await guestsWhoCameInside(app.world), 0);
  const [share] = await list(app.ada, 'Share');
  assert.deepEqual([share!['type'], share!['principalId'], share!['status']], ['principal', id, 'accepted']);
  // With « Annuaire », which is closed to guests.
  assert.deepEqual(Object.keys((await session(person)).accounts).sort(), [app.ada.id, 'directory', id].sort());
  assert.equal((await guest.get('/jmap/session')).status, 401);
  assert.deepEqual(app.faults, []);
});
