import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setGroupMembers } from '../../../src/core/principal/setGroupMembers.ts';
import { createGroup } from '../../../src/core/principal/createGroup.ts';
import { setPersonActive } from '../../../src/core/principal/setPersonActive.ts';
import { answer, card, destroy, folder, share, shareAccepted, update } from '../../kit/calls.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

type Told = Readonly<Record<string, readonly string[]>>;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
/** How long one waits for what has to come, in milliseconds. */
const patience = 10_000;

/** An open window of a person: what it is told, by account, until it is quiet for a while. */
async function listen(person: Person) {
  const response = await person.get('/jmap/eventsource?types=*&closeafter=no&ping=0');
  assert.equal(response.status, 200);
  const told = new Map<string, Set<string>>();
  let [isOpen, heard] = [true, 0];
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const take = (data: string) => {
    const { changed } = JSON.parse(data) as { changed: Record<string, object> };
    for (const [accountId, types] of Object.entries(changed)) {
      told.set(accountId, new Set([...(told.get(accountId) ?? []), ...Object.keys(types)]));
    }
  };
  const ended = (async () => {
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }));
      if (done) break;
      heard = performance.now();
      for (const [, data] of (value ?? '').matchAll(/^event: state\nid: .*\ndata: (.*)$/gmu)) take(data!);
    }
    isOpen = false;
  })();
  const lacks = (wanted: Told) =>
    Object.entries(wanted).some(([accountId, types]) => types.some((type) => !told.get(accountId)?.has(type)));
  return {
    ended,
    /** What was told since the last time: all that is wanted, whenever it comes, and what comes a quarter of a second after it. */
    async news(wanted: Told = {}): Promise<Told> {
      const asked = performance.now();
      do await pause(50);
      while (
        isOpen &&
        (performance.now() - Math.max(asked, heard) < 250 || (lacks(wanted) && performance.now() - asked < patience))
      );
      const result = Object.fromEntries([...told].map(([accountId, types]) => [accountId, [...types].sort()]));
      told.clear();
      return result;
    },
    leave: () => reader.cancel(),
  };
}

/** A folder of Ada’s that Ben has accepted, another one that he knows nothing of, and his open window. */
async function open(role = 'manager') {
  const app = await createTestApp();
  const { ada, ben, chloe } = app;
  const [root, secret] = [await folder(ada, 'Presse'), await folder(ada, 'Secret')];
  const shareId = await shareAccepted(ada, root, ben, role);
  const window = await listen(ben);
  await window.news();
  const close = async () => {
    await window.leave();
    assert.deepEqual(app.faults, []);
    await app.close();
  };
  return { app, ada, ben, chloe, root, secret, shareId, window, [Symbol.asyncDispose]: close };
}

/** Fails when it is told anything else than this. */
async function hears(window: Awaited<ReturnType<typeof listen>>, expected: Told): Promise<void> {
  assert.deepEqual(await window.news(expected), expected);
}

test('a colleague’s change is heard', async () => {
  await using scene = await open();
  const { ada, root, window } = scene;
  await card(ada, root, 'Jean Dupont');
  await hears(window, { [ada.id]: ['AddressBook', 'ContactCard'] });
});

test('nothing is heard of what happens in other folders, in trash, or in shares', async () => {
  await using scene = await open();
  const { ada, chloe, root, secret, window } = scene;
  const cardId = await card(ada, secret, 'Tante Rose');
  await update(ada, 'ContactCard', cardId, { keywords: { family: true } });
  await destroy(ada, 'ContactCard', cardId);
  await share(ada, secret, chloe, 'viewer');
  await update(ada, 'AddressBook', secret, { name: 'Plus secret' });
  await ada.call('TrashItem/empty');
  await hears(window, {});
  await share(ada, root, chloe, 'viewer');
  await hears(window, { [ada.id]: ['AddressBook'] });
});

test('an administrator of the folder hears of its shares', async () => {
  await using scene = await open('admin');
  const { ada, chloe, root, secret, window } = scene;
  await share(ada, secret, chloe, 'viewer');
  await hears(window, {});
  await share(ada, root, chloe, 'viewer');
  assert.ok((await window.news({ [ada.id]: ['Share'] }))[ada.id]?.includes('Share'));
});

test('a card that moves out of sight is heard, and no more of it afterwards', async () => {
  await using scene = await open();
  const { ada, root, secret, window } = scene;
  const cardId = await card(ada, root, 'Jean Dupont');
  await window.news({ [ada.id]: ['AddressBook', 'ContactCard'] });
  await update(ada, 'ContactCard', cardId, { addressBookIds: { [secret]: true } });
  await hears(window, { [ada.id]: ['AddressBook', 'ContactCard'] });
  await update(ada, 'ContactCard', cardId, { keywords: { gone: true } });
  await hears(window, {});
});

test('while a share waits, only its announcement is heard, and then what follows from accepting', async () => {
  await using scene = await open();
  const { app, ada, secret } = scene;
  const dora = await app.person('Dora');
  const window = await listen(dora);
  await window.news();
  await share(ada, secret, dora, 'viewer');
  await hears(window, { [dora.id]: ['ShareInvitation', 'ShareNotification'] });
  await card(ada, secret, 'Jean Dupont');
  await hears(window, {});
  await answer(dora, secret, 'accepted');
  await hears(window, {
    [ada.id]: ['AddressBook', 'ContactCard', 'Share'],
    [dora.id]: ['ShareInvitation'],
  });
  await card(ada, secret, 'Jeanne Dupont');
  await hears(window, { [ada.id]: ['AddressBook', 'ContactCard'] });
  await answer(dora, secret, 'declined');
  await hears(window, { [dora.id]: ['ShareInvitation'] });
  await card(ada, secret, 'Jacques Dupont');
  await hears(window, {});
  await window.leave();
});

test('when access is lost only one’s own account says so, and the other is silent from then on', async () => {
  await using scene = await open();
  const { ada, ben, root, shareId, window } = scene;
  await destroy(ada, 'Share', shareId);
  await hears(window, { [ben.id]: ['ShareInvitation', 'ShareNotification'] });
  await card(ada, root, 'Jean Dupont');
  await hears(window, {});
});

test('an account that stays because of another folder tells that one is lost', async () => {
  await using scene = await open();
  const { ada, ben, secret, shareId, window } = scene;
  await shareAccepted(ada, secret, ben, 'viewer');
  await window.news({ [ada.id]: ['AddressBook'], [ben.id]: ['ShareInvitation'] });
  await destroy(ada, 'Share', shareId);
  await hears(window, {
    [ada.id]: ['AddressBook', 'ContactCard', 'Share'],
    [ben.id]: ['ShareInvitation', 'ShareNotification'],
  });
});

test('a change of role, and of the end date alone, is heard', async () => {
  await using scene = await open();
  const { ada, ben, shareId, window } = scene;
  await update(ada, 'Share', shareId, { role: 'viewer' });
  const news = await window.news({ [ada.id]: ['AddressBook'], [ben.id]: ['ShareInvitation', 'ShareNotification'] });
  assert.ok(news[ada.id]!.includes('AddressBook'));
  assert.deepEqual(news[ben.id], ['ShareInvitation', 'ShareNotification']);
  await update(ada, 'Share', shareId, { expiresAt: new Date(Date.now() + 86_400_000).toISOString() });
  assert.deepEqual((await window.news({ [ben.id]: ['ShareInvitation'] }))[ben.id], ['ShareInvitation']);
});

test('a folder that is made in, moves into or out of a shared one is heard, with what is in it', async () => {
  await using scene = await open();
  const { ada, root, secret, window } = scene;
  const made = await folder(ada, 'Locale', { parentId: root });
  assert.ok((await window.news({ [ada.id]: ['AddressBook'] }))[ada.id]?.includes('AddressBook'));
  await card(ada, made, 'Jean Dupont');
  assert.ok((await window.news({ [ada.id]: ['ContactCard'] }))[ada.id]?.includes('ContactCard'));
  const all = { [ada.id]: ['AddressBook', 'ContactCard', 'Share'] };
  await update(ada, 'AddressBook', secret, { parentId: made });
  assert.deepEqual((await window.news(all))[ada.id], ['AddressBook', 'ContactCard', 'Share']);
  await update(ada, 'AddressBook', secret, { parentId: null });
  assert.deepEqual((await window.news(all))[ada.id], ['AddressBook', 'ContactCard', 'Share']);
  await card(ada, secret, 'Tante Rose');
  await hears(window, {});
});

test('who comes into a group hears what the group hears, and no more when they leave it', async () => {
  await using scene = await open();
  const { app, ada, ben, chloe, secret, window } = scene;
  const group = await createGroup(app.world, { name: 'Accueil', email: 'accueil@demo.example' });
  await setGroupMembers(app.world, group.id, [chloe.id]);
  await share(ada, secret, group, 'viewer');
  await hears(window, {});
  await setGroupMembers(app.world, group.id, [chloe.id, ben.id]);
  assert.deepEqual((await window.news({ [ben.id]: ['ShareInvitation'] }))[ben.id], ['ShareInvitation']);
  await answer(ben, secret, 'accepted');
  await window.news({ [ada.id]: ['AddressBook'], [ben.id]: ['ShareInvitation'] });
  await card(ada, secret, 'Jean Dupont');
  await hears(window, { [ada.id]: ['AddressBook', 'ContactCard'] });
  await setGroupMembers(app.world, group.id, [chloe.id]);
  await window.news({ [ben.id]: ['ShareInvitation'] });
  await card(ada, secret, 'Jeanne Dupont');
  await hears(window, {});
});

test('the window of a person who is kept out closes', async () => {
  await using scene = await open();
  const { app, ada, ben, root, window } = scene;
  await setPersonActive(app.world, ben.id, false);
  await window.ended;
  await card(ada, root, 'Jean Dupont');
  await hears(window, {});
});
