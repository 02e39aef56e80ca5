import { call, fetchAnswer, lastVersion, listOf, outcomeOf, tryGet, tryHistory, trySet } from './attempts.ts';
import type { Operation } from './attempts.ts';
import { ownCardOperations } from './ownCardOperations.ts';
import { pixel } from './states.ts';

/** Every column of the matrix. */
export const operations: readonly Operation[] = [
  ...ownCardOperations,
  {
    name: 'finds the account in the session',
    need: 'see',
    isReading: true,
    async attempt({ who, owner }) {
      const session = (await (await who.get('/jmap/session')).json()) as { accounts: object };
      return owner.id in session.accounts ? 'yes' : 'absent';
    },
  },
  {
    name: 'reads the folder',
    need: 'read',
    isReading: true,
    attempt: (scene) => tryGet(scene, 'AddressBook', scene.bookId),
  },
  {
    name: 'reads a sub-folder',
    need: 'read',
    isReading: true,
    attempt: (scene) => tryGet(scene, 'AddressBook', scene.subBookId),
  },
  {
    name: 'reads another folder of the owner',
    need: 'own',
    isReading: true,
    attempt: (scene) => tryGet(scene, 'AddressBook', scene.privateBookId),
  },
  {
    name: 'reads a card',
    need: 'read',
    isReading: true,
    attempt: (scene) => tryGet(scene, 'ContactCard', scene.cardId),
  },
  {
    name: 'reads a card in another folder of the owner',
    need: 'own',
    isReading: true,
    attempt: (scene) => tryGet(scene, 'ContactCard', scene.privateCardId),
  },
  {
    name: 'finds a card',
    need: 'read',
    isReading: true,
    async attempt(scene) {
      const result = await call(scene, 'ContactCard/query', { filter: { text: 'dupont' }, calculateTotal: true });
      if (result['isError']) return outcomeOf(result);
      return listOf(result['ids']).length === 1 && Number(result['total']) === 1 ? 'yes' : 'absent';
    },
  },
  {
    name: 'finds a card in another folder of the owner',
    need: 'own',
    isReading: true,
    async attempt(scene) {
      const result = await call(scene, 'ContactCard/query', { filter: { text: 'rose' }, calculateTotal: true });
      if (result['isError']) return outcomeOf(result);
      return Number(result['total']) === 1 ? 'yes' : 'absent';
    },
  },
  {
    name: 'is told of changes',
    need: 'read',
    async attempt(scene) {
      const result = await call(scene, 'ContactCard/get', { ids: [] });
      if (result['isError']) return outcomeOf(result);
      await scene.owner.call('ContactCard/set', { update: { [scene.cardId]: { keywords: { vip: true } } } });
      const changes = await call(scene, 'ContactCard/changes', { sinceState: result['state'] });
      return listOf(changes['updated']).includes(scene.cardId) ? 'yes' : 'absent';
    },
  },
  {
    name: 'downloads the photo',
    need: 'read',
    isReading: true,
    async attempt({ who, owner, blobId }) {
      const response = await who.get(`/jmap/download/${owner.id}/${blobId}/photo.png?accept=image/png`);
      if (response.status === 200) return Buffer.from(await response.arrayBuffer()).equals(pixel) ? 'yes' : 'absent';
      return response.status === 404 ? 'absent' : 'forbidden';
    },
  },
  {
    name: 'creates a card',
    need: 'add',
    attempt: (scene) =>
      trySet(scene, 'ContactCard', { create: { name: { full: 'Neuve' }, addressBookIds: { [scene.bookId]: true } } }),
  },
  {
    name: 'changes a card',
    need: 'write',
    attempt: (scene) => trySet(scene, 'ContactCard', { update: { [scene.cardId]: { 'name/full': 'Jeanne Dupont' } } }),
  },
  {
    name: 'moves a card to a sub-folder',
    need: 'write',
    attempt: (scene) =>
      trySet(scene, 'ContactCard', { update: { [scene.cardId]: { addressBookIds: { [scene.subBookId]: true } } } }),
  },
  {
    name: 'moves a card to another folder of the owner',
    first: 'write',
    need: 'own',
    attempt: (scene) =>
      trySet(scene, 'ContactCard', { update: { [scene.cardId]: { addressBookIds: { [scene.privateBookId]: true } } } }),
  },
  {
    name: 'deletes a card',
    need: 'write',
    attempt: (scene) => trySet(scene, 'ContactCard', { destroy: [scene.cardId] }),
  },
  {
    name: 'copies a card to their own account',
    need: 'read',
    async attempt(scene) {
      const { who, owner, cardId } = scene;
      if (who.id === owner.id) return 'yes';
      const { list } = await who.call('AddressBook/get');
      const [own] = list as unknown as { id: string }[];
      if (!own) return 'absent';
      const [first] = await who.jmap([
        [
          'ContactCard/copy',
          {
            fromAccountId: owner.id,
            accountId: who.id,
            // Guests have no folder to copy to: theirs is refused as a folder that is not there.
            create: { new: { id: cardId, addressBookIds: { [own?.id ?? 'none']: true } } },
          },
        ],
      ]);
      const [method, result] = first!;
      if (method === 'error') return outcomeOf(result);
      return result['created'] ? 'yes' : outcomeOf(result['notCreated']!['new']);
    },
  },
  {
    name: 'makes a sub-folder',
    need: 'write',
    attempt: (scene) => trySet(scene, 'AddressBook', { create: { name: 'Nationale', parentId: scene.bookId } }),
  },
  {
    name: 'renames a sub-folder for all',
    need: 'write',
    attempt: (scene) => trySet(scene, 'AddressBook', { update: { [scene.subBookId]: { name: 'Régionale' } } }),
  },
  {
    name: 'deletes a sub-folder',
    need: 'deleteSub',
    attempt: (scene) =>
      trySet(scene, 'AddressBook', { destroy: [scene.subBookId], more: { onDestroyRemoveContents: true } }),
  },
  {
    name: 'deletes the folder',
    need: 'own',
    attempt: (scene) =>
      trySet(scene, 'AddressBook', { destroy: [scene.bookId], more: { onDestroyRemoveContents: true } }),
  },
  {
    name: 'describes the folder',
    need: 'own',
    attempt: (scene) => trySet(scene, 'AddressBook', { update: { [scene.bookId]: { description: 'Pour tous' } } }),
  },
  {
    name: 'sees the shares',
    need: 'share',
    isReading: true,
    attempt: (scene) => tryGet(scene, 'Share', scene.otherShareId),
  },
  {
    name: 'shares the folder',
    need: 'share',
    async attempt(scene) {
      const somebody = await scene.app.person('Dora');
      return trySet(scene, 'Share', {
        create: { addressBookId: scene.bookId, principalId: somebody.id, role: 'viewer' },
      });
    },
  },
  {
    name: 'shares the folder by shareWith',
    need: 'share',
    async attempt(scene) {
      const somebody = await scene.app.person('Emil');
      return trySet(scene, 'AddressBook', {
        update: { [scene.bookId]: { [`shareWith/${somebody.id}`]: { mayRead: true } } },
      });
    },
  },
  {
    name: 'changes a share',
    need: 'share',
    attempt: (scene) => trySet(scene, 'Share', { update: { [scene.otherShareId]: { role: 'manager' } } }),
  },
  {
    name: 'ends a share',
    need: 'share',
    attempt: (scene) => trySet(scene, 'Share', { destroy: [scene.otherShareId] }),
  },
  {
    name: 'announces a share again',
    need: 'share',
    async attempt(scene) {
      const result = await call(scene, 'Share/resend', { ids: [scene.otherShareId] });
      if (result['isError']) return outcomeOf(result);
      return listOf(result['resent']).length === 1 ? 'yes' : outcomeOf(result['notResent']![scene.otherShareId]);
    },
  },
  {
    name: 'gives the owner a share',
    need: 'nobody',
    async attempt(scene) {
      const result = await call(scene, 'Share/set', {
        create: { new: { addressBookId: scene.bookId, principalId: scene.owner.id, role: 'none' } },
      });
      return result['created'] ? 'yes' : 'absent';
    },
  },
  {
    name: 'restores what the owner deleted from the folder',
    need: 'own',
    disturbs: true,
    async attempt(scene) {
      await scene.owner.call('ContactCard/set', { destroy: [scene.cardId] });
      const result = await scene.who.call('TrashItem/restore', { ids: [scene.cardId] });
      return scene.cardId in result['restored']! ? 'yes' : outcomeOf(result['notRestored']![scene.cardId]);
    },
  },
  {
    name: 'sees what the owner changes, in the history of the card and of the folder',
    need: 'read',
    isReading: true,
    async attempt(scene) {
      const version = await lastVersion(scene, scene.cardId);
      const result = await call(scene, 'CardVersion/get', { ids: [version] });
      const feed = await call(scene, 'CardActivity/query', { filter: { inAddressBook: scene.bookId } });
      if (result['isError']) return outcomeOf(result);
      const [card, folder] = [listOf(result['list']).length, listOf(feed['ids']).length];
      return card === 1 && folder > 0 ? 'yes' : 'absent';
    },
  },
  {
    name: 'sees the history of a card in another folder of the owner',
    need: 'own',
    isReading: true,
    async attempt(scene) {
      const version = await lastVersion(scene, scene.privateCardId);
      const result = await call(scene, 'CardVersion/get', { ids: [version] });
      const feed = await call(scene, 'CardActivity/query', { filter: { inAddressBook: scene.privateBookId } });
      if (result['isError']) return outcomeOf(result);
      return listOf(result['list']).length + listOf(feed['ids']).length > 0 ? 'yes' : 'absent';
    },
  },
  {
    name: 'brings an earlier version of a card back',
    need: 'write',
    attempt: async (scene) =>
      tryHistory(scene, 'CardVersion/restore', { id: await lastVersion(scene, scene.cardId), state: 'before' }),
  },
  {
    name: 'brings an earlier version of a card in another folder back',
    need: 'own',
    isReading: true,
    attempt: async (scene) =>
      tryHistory(scene, 'CardVersion/restore', { id: await lastVersion(scene, scene.privateCardId), state: 'before' }),
  },
  {
    name: 'undoes what the owner did in the folder',
    need: 'write',
    attempt: async (scene) =>
      tryHistory(scene, 'CardVersion/undo', { batchId: await lastVersion(scene, scene.cardId) }),
  },
  {
    name: 'takes the folder back to a moment',
    need: 'write',
    async attempt(scene) {
      const to = new Date(scene.app.world.now().getTime() - 60_000).toISOString();
      await lastVersion(scene, scene.cardId);
      return tryHistory(scene, 'AddressBook/rewind', { id: scene.bookId, to });
    },
  },
  {
    name: 'takes another folder of the owner back to a moment',
    need: 'own',
    isReading: true,
    attempt: (scene) =>
      tryHistory(scene, 'AddressBook/rewind', { id: scene.privateBookId, to: '2020-01-01T00:00:00Z', dryRun: true }),
  },
  {
    name: 'downloads the folder as CSV',
    need: 'read',
    isReading: true,
    attempt: ({ who, owner, bookId, app }) => fetchAnswer(who, `/home/${owner.email}/${bookId}.csv`, app.url),
  },
  {
    name: 'downloads the folder as vCard by its path',
    need: 'read',
    isReading: true,
    attempt: ({ who, owner, app }) => fetchAnswer(who, `/home/${owner.email}/Presse.vcf`, app.url),
  },
  {
    name: 'opens the public link',
    need: 'link',
    isReading: true,
    async attempt({ publicUrl }) {
      if (publicUrl === null) return 'absent';
      const response = await fetch(`${publicUrl}.csv`);
      return response.status === 200 && (await response.text()).includes('Dupont') ? 'yes' : 'absent';
    },
  },
];
