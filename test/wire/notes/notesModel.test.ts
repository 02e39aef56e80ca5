/** Whatever two people do with notes, folders and shares: each sees their own notes of what they can read, and /changes is exact. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { answer, card, folder, share } from '../../kit/calls.ts';
import type { Person, Result } from '../../kit/person.ts';
import { createTestApp } from '../../kit/world.ts';

const cards = 3;
const step = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), by: fc.nat(1), at: fc.nat(cards - 1), text: fc.nat(2) }),
  fc.record({ kind: fc.constant('forget' as const), by: fc.nat(1), at: fc.nat(cards - 1) }),
  fc.record({ kind: fc.constant('share' as const) }),
  fc.record({ kind: fc.constant('unshare' as const) }),
  fc.record({ kind: fc.constant('delete' as const), at: fc.nat(cards - 1) }),
  fc.record({ kind: fc.constant('restore' as const), at: fc.nat(cards - 1) }),
  fc.record({ kind: fc.constant('hide' as const), at: fc.nat(cards - 1) }),
  fc.record({ kind: fc.constant('show' as const), at: fc.nat(cards - 1) }),
  fc.record({ kind: fc.constant('look' as const), by: fc.nat(1) }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Copy = { state: string; texts: Map<string, string> };

/** What a client holds, brought up to date as RFC 8620 §5.2 has it. */
async function follow(who: Person, copy: Copy): Promise<'exact' | 'anew'> {
  const told = await who.call('PrivateNote/changes', { sinceState: copy.state });
  const isKnown = told['newState'] !== undefined;
  const ids = isKnown ? [...told['created']!, ...told['updated']!] : null;
  const got = await who.call('PrivateNote/get', { ids });
  if (!isKnown) copy.texts.clear();
  for (const id of isKnown ? [...told['destroyed']!, ...told['updated']!] : []) copy.texts.delete(id);
  for (const note of got['list'] as readonly Result[]) copy.texts.set(note['id']!, note['text']!);
  copy.state = isKnown ? told['newState']! : got['state']!;
  return isKnown ? 'exact' : 'anew';
}

async function run(steps: readonly Step[], ids: readonly string[]): Promise<void> {
  await using app = await createTestApp();
  const { ada, ben } = app;
  const people = [ada, ben] as const;
  const bookId = await folder(ada, 'Presse');
  const hiddenBook = await folder(ada, 'Réservé');
  const cardIds: string[] = [];
  for (const name of ids) cardIds.push(await card(ada, bookId, name));
  const notes = people.map(() => new Map<string, string>());
  const places = new Map(cardIds.map((id) => [id, { isDeleted: false, isHidden: false }]));
  let shareId: string | null = null;
  const copies = await Promise.all(
    people.map(async (who) => ({
      state: (await who.call('PrivateNote/get', { ids: [] }))['state']!,
      texts: new Map(),
    })),
  );
  const sees = (by: number, id: string) => {
    const { isDeleted, isHidden } = places.get(id)!;
    return !isDeleted && (by === 0 || (shareId !== null && !isHidden));
  };
  const visible = (by: number) => new Map([...notes[by]!].filter(([id]) => sees(by, id)).toSorted());
  const act: { readonly [K in Step['kind']]: (one: Extract<Step, { kind: K }>) => Promise<void> } = {
    async write({ by, at, text }) {
      const [who, id, words] = [people[by]!, cardIds[at]!, `texte ${text}`];
      const isOld = visible(by).has(id);
      const change = isOld ? { update: { [id]: { text: words } } } : { create: { n: { cardId: id, text: words } } };
      const result = await who.call('PrivateNote/set', change);
      const isDone = Boolean(isOld ? result['updated'] : result['created']);
      assert.equal(isDone, sees(by, id));
      if (isDone) notes[by]!.set(id, words);
    },
    async forget({ by, at }) {
      const result = await people[by]!.call('PrivateNote/set', { destroy: [cardIds[at]!] });
      assert.equal(Boolean(result['destroyed']), visible(by).has(cardIds[at]!));
      if (result['destroyed']) notes[by]!.delete(cardIds[at]!);
    },
    async share() {
      shareId ??= await share(ada, bookId, ben, 'viewer');
      await answer(ben, bookId, 'accepted');
    },
    async unshare() {
      if (shareId !== null) await ada.call('Share/set', { destroy: [shareId] });
      shareId = null;
    },
    async delete({ at }) {
      await ada.call('ContactCard/set', { destroy: [cardIds[at]!] });
      places.get(cardIds[at]!)!.isDeleted = true;
    },
    async restore({ at }) {
      await ada.call('TrashItem/restore', { ids: [cardIds[at]!] });
      places.get(cardIds[at]!)!.isDeleted = false;
    },
    hide: ({ at }) => move(at, true),
    show: ({ at }) => move(at, false),
    async look({ by }) {
      await follow(people[by]!, copies[by]!);
      assert.deepEqual(new Map([...copies[by]!.texts].toSorted()), visible(by));
    },
  };
  async function move(at: number, isHidden: boolean): Promise<void> {
    const place = places.get(cardIds[at]!)!;
    if (place.isDeleted) return;
    const addressBookIds = { [isHidden ? hiddenBook : bookId]: true };
    await ada.call('ContactCard/set', { update: { [cardIds[at]!]: { addressBookIds } } });
    place.isHidden = isHidden;
  }
  for (const one of steps) await (act[one.kind] as (step: Step) => Promise<void>)(one);
  for (const by of [0, 1]) await act.look({ kind: 'look', by });
  // Where nobody wrote and nothing came or went, nothing has to be asked anew.
  for (const by of [0, 1]) assert.equal(await follow(people[by]!, copies[by]!), 'exact');
  assert.deepEqual(app.faults, []);
}

test('each sees their own notes of what they can read, and what changed is told exactly or not at all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), (steps) => run(steps, ['A', 'B', 'C'])),
    { numRuns: 12 },
  );
});
