import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setGroupMembers } from '../../../src/core/principal/setGroupMembers.ts';
import { createGroup } from '../../../src/core/principal/createGroup.ts';
import { setPersonActive } from '../../../src/core/principal/setPersonActive.ts';
import { answer, card, destroy, folder, share, shareAccepted, update } from '../../kit/calls.ts';
import type { Person } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

type Told = Readonly<Record<string, readonly string[]>>;

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
  void (async () => {
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }));
      if (done) break;
      heard = performance.now();
      for (const [, data] of (value ?? '').matchAll(/^event: state\nid: .*\ndata: (.*)$/gmu)) take(data!);
    }
    isOpen = false;
  })();
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  return {
    isOpen: () => isOpen,
    /** What was told since the last time; a quarter of a second after the last word at most. */
    async news(): Promise<Told> {
      const asked = performance.now();
      do await pause(50);
      while (performance.now() - Math.max(asked, heard) < 250 && isOpen);
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

test('a colleague’s change is heard within a second', async () => {
  await using scene = await open();
  const { ada, root, window } = scene;
  await card(ada, root, 'Jean Dupont');
  assert.deepEqual(await window.news(), { [ada.id]: ['AddressBook', 'ContactCard'] });
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
  assert.deepEqual(await window.news(), {});
  await share(ada, root, chloe, 'viewer');
  assert.deepEqual(await window.news(), { [ada.id]: ['AddressBook'] });
});

test('an administrator of the folder hears of its shares', async () => {
  await using scene = await open('admin');
  const { ada, chloe, root, secret, window } = scene;
  await share(ada, secret, chloe, 'viewer');
  assert.deepEqual(await window.news(), {});
  await share(ada, root, chloe, 'viewer');
  assert.ok((await window.news())[ada.id]!.includes('Share'));
});

test('a card that moves out of sight is heard, and no more of it afterwards', async () => {
  await using scene = await open();
  const { ada, root, secret, window } = scene;
  const cardId = await card(ada, root, 'Jean Dupont');
  await window.news();
  await update(ada, 'ContactCard', cardId, { addressBookIds: { [secret]: true } });
  assert.deepEqual(await window.news(), { [ada.id]: ['AddressBook', 'ContactCard'] });
  await update(ada, 'ContactCard', cardId, { keywords: { gone: true } });
  assert.deepEqual(await window.news(), {});
});

test('while a share waits, only its announcement is heard, and then what follows from accepting', async () => {
  await using scene = await open();
  const { app, ada, secret } = scene;
  const dora = await app.person('Dora');
  const window = await listen(dora);
  await window.news();
  await share(ada, secret, dora, 'viewer');
  assert.deepEqual(await window.news(), { [dora.id]: ['ShareInvitation', 'ShareNotification'] });
  await card(ada, secret, 'Jean Dupont');
  assert.deepEqual(await window.news(), {});
  await answer(dora, secret, 'accepted');
  assert.deepEqual(await window.news(), {
    [ada.id]: ['AddressBook', 'ContactCard', 'Share'],
    [dora.id]: ['ShareInvitation'],
  });
  await card(ada, secret, 'Jeanne Dupont');
  assert.deepEqual(await window.news(), { [ada.id]: ['AddressBook', 'ContactCard'] });
  await answer(dora, secret, 'declined');
  assert.deepEqual(await window.news(), { [dora.id]: ['ShareInvitation'] });
  await card(ada, secret, 'Jacques Dupont');
  assert.deepEqual(await window.news(), {});
  await window.leave();
});

test('when access is lost only one’s own account says so, and the other is silent from then on', async () => {
  await using scene = await open();
  const { ada, ben, root, shareId, window } = scene;
  await destroy(ada, 'Share', shareId);
  assert.deepEqual(await window.news(), { [ben.id]: ['ShareInvitation', 'ShareNotification'] });
  await card(ada, root, 'Jean Dupont');
  assert.deepEqual(await window.news(), {});
});

test('an account that stays because of another folder tells that one is lost', async () => {
  await using scene = await open();
  const { ada, ben, secret, shareId, window } = scene;
  await shareAccepted(ada, secret, ben, 'viewer');
  await window.news();
  await destroy(ada, 'Share', shareId);
  assert.deepEqual(await window.news(), {
    [ada.id]: ['AddressBook', 'ContactCard', 'Share'],
    [ben.id]: ['ShareInvitation', 'ShareNotification'],
  });
});

test('a change of role, and of the end date alone, is heard', async () => {
  await using scene = await open();
  const { ada, ben, shareId, window } = scene;
  await update(ada, 'Share', shareId, { role: 'viewer' });
  const news = await window.news();
  assert.ok(news[ada.id]!.includes('AddressBook'));
  assert.deepEqual(news[ben.id], ['ShareInvitation', 'ShareNotification']);
  await update(ada, 'Share', shareId, { expiresAt: new Date(Date.now() + 86_400_000).toISOString() });
  assert.deepEqual((await window.news())[ben.id], ['ShareInvitation']);
});

test('a folder that is made in, moves into or out of a shared one is heard, with what is in it', async () => {
  await using scene = await open();
  const { ada, root, secret, window } = scene;
  const made = await folder(ada, 'Locale', { parentId: root });
  assert.ok((await window.news())[ada.id]!.includes('AddressBook'));
  await card(ada, made, 'Jean Dupont');
  assert.ok((await window.news())[ada.id]!.includes('ContactCard'));
  await update(ada, 'AddressBook', secret, { parentId: made });
  assert.deepEqual((await window.news())[ada.id], ['AddressBook', 'ContactCard', 'Share']);
  await update(ada, 'AddressBook', secret, { parentId: null });
  assert.deepEqual((await window.news())[ada.id], ['AddressBook', 'ContactCard', 'Share']);
  await card(ada, secret, 'Tante Rose');
  assert.deepEqual(await window.news(), {});
});

test('who comes into a group hears what the group hears, and no more when they leave it', async () => {
  await using scene = await open();
  const { app, ada, ben, chloe, secret, window } = scene;
  const group = await createGroup(app.world, { name: 'Accueil', email: 'accueil@demo.example' });
  await setGroupMembers(app.world, group.id, [chloe.id]);
  await share(ada, secret, group, 'viewer');
  assert.deepEqual(await window.news(), {});
  await setGroupMembers(app.world, group.id, [chloe.id, ben.id]);
  assert.deepEqual((await window.news())[ben.id], ['ShareInvitation']);
  await answer(ben, secret, 'accepted');
  await window.news();
  await card(ada, secret, 'Jean Dupont');
  assert.deepEqual(await window.news(), { [ada.id]: ['AddressBook', 'ContactCard'] });
  await setGroupMembers(app.world, group.id, [chloe.id]);
  await window.news();
  await card(ada, secret, 'Jeanne Dupont');
  assert.deepEqual(await window.news(), {});
});

test('the window of a person who is kept out closes', async () => {
  await using scene = await open();
  const { app, ada, ben, root, window } = scene;
  await setPersonActive(app.world, ben.id, false);
  await window.news();
  assert.equal(window.isOpen(), false);
  await card(ada, root, 'Jean Dupont');
  assert.deepEqual(await window.news(), {});
});
