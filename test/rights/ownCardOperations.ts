import { call, createOwn, outcomeOf, tryHistory, trySet, withOwnCard } from './attempts.ts';
import type { Operation } from './attempts.ts';
import { pixel } from './states.ts';

/** What those who add cards may do with their own, and not with those of others. */
export const ownCardOperations: readonly Operation[] = [
  {
    name: 'changes a card that they added',
    need: 'add',
    attempt: (scene) =>
      withOwnCard(scene, (id) => trySet(scene, 'ContactCard', { update: { [id]: { 'name/full': 'Nouvelle' } } })),
  },
  {
    name: 'deletes a card that they added, and takes it back',
    need: 'add',
    attempt: (scene) =>
      withOwnCard(scene, async (id) => {
        const deleted = await trySet(scene, 'ContactCard', { destroy: [id] });
        if (deleted !== 'yes') return deleted;
        const result = await scene.who.call('TrashItem/restore', { ids: [id] });
        // By an app password for one folder there is no trash.
        if ((result['isError'] as unknown) || !result['restored']) return 'forbidden';
        return id in result['restored'] ? 'yes' : outcomeOf(result['notRestored']![id]);
      }),
  },
  {
    name: 'moves a card that they added to a sub-folder, and changes it there',
    need: 'add',
    attempt: (scene) =>
      withOwnCard(scene, async (id) => {
        const moved = await trySet(scene, 'ContactCard', {
          update: { [id]: { addressBookIds: { [scene.subBookId]: true } } },
        });
        if (moved !== 'yes') return moved;
        return trySet(scene, 'ContactCard', { update: { [id]: { 'name/full': 'Nouvelle' } } });
      }),
  },
  {
    name: 'undoes what they did to a card that they added',
    need: 'add',
    attempt: (scene) =>
      withOwnCard(scene, async (id) => {
        const changed = await trySet(scene, 'ContactCard', { update: { [id]: { 'name/full': 'Nouvelle' } } });
        if (changed !== 'yes') return changed;
        const { ids } = await call(scene, 'CardVersion/query', { filter: { cardId: id }, limit: 1 });
        return tryHistory(scene, 'CardVersion/undo', { batchId: ids![0]! });
      }),
  },
  {
    name: 'brings a file into the account',
    need: 'add',
    async attempt({ who, owner }) {
      const file = { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: pixel };
      const { status } = await who.fetch(`/jmap/upload/${owner.id}`, file);
      return status === 201 ? 'yes' : status === 404 ? 'absent' : 'forbidden';
    },
  },
  {
    name: 'changes a card that another added beside them',
    need: 'write',
    async attempt(scene) {
      await createOwn(scene);
      return trySet(scene, 'ContactCard', { update: { [scene.cardId]: { 'name/full': 'Jeanne Dupont' } } });
    },
  },
];
