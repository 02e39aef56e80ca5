import { call, outcomeOf } from './attempts.ts';
import type { Answer, Operation } from './attempts.ts';
import { create } from './states.ts';
import type { Scene } from './states.ts';

/** What became of a change of a type in the person's own account. */
async function trySetOwn({ who }: Scene, type: string, change: object): Promise<Answer> {
  const result = await who.call(`${type}/set`, change);
  const failed = result['notCreated'] ?? result['notUpdated'] ?? result['notDestroyed'];
  if (failed) return outcomeOf(Object.values(failed)[0]);
  return result['type'] ? outcomeOf(result) : 'yes';
}

/** Somebody of the organisation who has nothing to do with the folder. */
function chloe({ app, who }: Scene): string {
  return who.id === app.chloe.id ? app.ben.id : app.chloe.id;
}

const offered = ({ owner, app, bookId }: Scene) =>
  create(owner, 'FolderHandover', { addressBookId: bookId, toId: app.chloe.id });

const listed = { listedFor: { principalId: null } };

/** Handing a folder over, letting others find it, and answering those who ask for it. */
export const requestOperations: readonly Operation[] = [
  {
    name: 'hands the folder over',
    need: 'own',
    first: 'read',
    attempt: (scene) =>
      trySetOwn(scene, 'FolderHandover', { create: { new: { addressBookId: scene.bookId, toId: chloe(scene) } } }),
  },
  {
    name: 'hands another folder of the owner over',
    need: 'own',
    attempt: (scene) =>
      trySetOwn(scene, 'FolderHandover', {
        create: { new: { addressBookId: scene.privateBookId, toId: chloe(scene) } },
      }),
  },
  {
    name: 'accepts what is offered to somebody else',
    need: 'nobody',
    disturbs: true,
    attempt: async (scene) =>
      trySetOwn(scene, 'FolderHandover', { update: { [await offered(scene)]: { status: 'accepted' } } }),
  },
  {
    name: 'withdraws an offer',
    need: 'own',
    disturbs: true,
    attempt: async (scene) => trySetOwn(scene, 'FolderHandover', { destroy: [await offered(scene)] }),
  },
  {
    name: 'lets others find the folder',
    need: 'own',
    first: 'read',
    async attempt(scene) {
      const result = await call(scene, 'AddressBook/set', { update: { [scene.bookId]: listed } });
      const failed = result['notUpdated'];
      if (failed) return outcomeOf(Object.values(failed)[0]);
      return result['isError'] ? outcomeOf(result) : 'yes';
    },
  },
  {
    name: 'finds another folder of the owner that nobody is to find',
    need: 'nobody',
    isReading: true,
    async attempt({ who, privateBookId }) {
      const result = await who.call('ListedFolder/query');
      return JSON.stringify(result).includes(privateBookId) ? 'yes' : 'absent';
    },
  },
  {
    name: 'asks for another folder of the owner that nobody is to find',
    need: 'nobody',
    attempt: (scene) => trySetOwn(scene, 'AccessRequest', { create: { new: { addressBookId: scene.privateBookId } } }),
  },
  {
    name: 'grants somebody else access who asked for it',
    need: 'own',
    disturbs: true,
    async attempt(scene) {
      await scene.owner.call('AddressBook/set', { update: { [scene.privateBookId]: listed } });
      const id = await create(scene.app.chloe, 'AccessRequest', { addressBookId: scene.privateBookId });
      return trySetOwn(scene, 'AccessRequest', { update: { [id]: { status: 'granted', role: 'viewer' } } });
    },
  },
];
