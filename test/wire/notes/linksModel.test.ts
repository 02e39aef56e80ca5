/** Whatever happens to an original, to the access to it and to the copy: nothing leaks, nothing of the copy's own is lost, and it ends. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { followOriginals } from '../../../src/core/linkedCopy/followOriginals.ts';
import { answer, create, folder, get, share } from '../../kit/calls.ts';
import { createTestApp } from '../../kit/world.ts';

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('edit' as const), at: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('own' as const), at: fc.nat(2) }) },
  fc.record({ kind: fc.constantFrom('share' as const, 'unshare' as const, 'delete' as const, 'restore' as const) }),
  fc.record({ kind: fc.constantFrom('hide' as const, 'show' as const, 'follow' as const, 'copyAgain' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const fields = ['phones', 'emails', 'links'] as const;

async function run(steps: readonly Step[]): Promise<void> {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const [bookId, hidden] = [await folder(ada, 'Presse'), await folder(ada, 'Réservé')];
  const mine = await folder(ben, 'À moi');
  const sourceId = await create(ada, 'ContactCard', { name: { full: 'Jean' }, addressBookIds: { [bookId]: true } });
  let shareId: string | null = await share(ada, bookId, ben, 'viewer');
  await answer(ben, bookId, 'accepted');
  const copies = [await create(ben, 'CardLink', { sourceId, addressBookId: mine })];
  let [count, isDeleted, isHidden] = [0, false, false];
  /** What was written while Ben could not read the original; he may see it once he can again. */
  const secret = new Set<string>();
  const own = new Map<number, string>();
  const sees = () => shareId !== null && !isDeleted && !isHidden;
  const open = () => {
    if (sees()) secret.clear();
  };
  const follow = async () => {
    const looked = await followOriginals(app.world, (error) => {
      throw error;
    });
    assert.ok(looked <= copies.length, 'it ends');
  };
  const check = async () => {
    for (const id of copies) {
      const text = JSON.stringify(await get(ben, 'ContactCard', id));
      for (const word of secret) assert.ok(!text.includes(word), `${word} has leaked into ${text}`);
      assert.ok(!JSON.stringify(await get(ben, 'CardLink', id)).includes('mot-'), 'a link tells no content');
    }
    const kept = JSON.stringify(await get(ben, 'ContactCard', copies[0]!));
    for (const word of own.values()) assert.ok(kept.includes(word), `${word} is lost`);
  };
  const entry = (at: number, word: string) =>
    ({
      phones: { number: word },
      emails: { address: `${word}@demo.example` },
      links: { uri: `https://${word}.example` },
    })[fields[at]!];
  for (const one of steps) {
    if (one.kind === 'edit' && !isDeleted) {
      const word = `mot-${++count}-x`;
      await ada.call('ContactCard/set', { update: { [sourceId]: { [fields[one.at]!]: { k: entry(one.at, word) } } } });
      if (!sees()) secret.add(word);
    }
    if (one.kind === 'own') {
      const word = `propre-${++count}-x`;
      const patch = { [`${fields[one.at]!}`]: { mien: entry(one.at, word) } };
      await ben.call('ContactCard/set', { update: { [copies[0]!]: patch } });
      own.set(one.at, word);
    }
    if (one.kind === 'share' && shareId === null) {
      shareId = await share(ada, bookId, ben, 'viewer');
      await answer(ben, bookId, 'accepted');
    }
    if (one.kind === 'unshare' && shareId !== null) {
      await ada.call('Share/set', { destroy: [shareId] });
      shareId = null;
    }
    if (one.kind === 'delete') isDeleted = Boolean(await ada.call('ContactCard/set', { destroy: [sourceId] })) || true;
    if (one.kind === 'restore') {
      await ada.call('TrashItem/restore', { ids: [sourceId] });
      isDeleted = false;
    }
    if ((one.kind === 'hide' || one.kind === 'show') && !isDeleted) {
      isHidden = one.kind === 'hide';
      const addressBookIds = { [isHidden ? hidden : bookId]: true };
      await ada.call('ContactCard/set', { update: { [sourceId]: { addressBookIds } } });
    }
    if (one.kind === 'copyAgain' && copies.length < 4) {
      const from = copies.at(-1)!;
      copies.push(await create(ben, 'CardLink', { sourceId: from, addressBookId: mine }));
    }
    open();
    if (one.kind === 'follow') await follow();
    await check();
  }
  await follow();
  await check();
  for (const { due } of await app.world.db.all(app.world.db.build.selectFrom('card_link').select('due')))
    assert.notEqual(due, 1);
  assert.deepEqual(app.faults, []);
}

test('nothing that was written without access is in a copy, what its maker wrote stays, and following ends', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), (steps) => run(steps)),
    { numRuns: 10 },
  );
});
