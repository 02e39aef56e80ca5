import { outcomeOf } from './attempts.ts';
import type { Answer, Operation } from './attempts.ts';
import { create } from './states.ts';
import type { Scene } from './states.ts';

async function mergeAnswer({ who }: Scene, value: object): Promise<Answer> {
  const result = await who.call('Merge/set', { create: { new: value } });
  return result['created']?.['new'] ? 'yes' : outcomeOf(result['notCreated']?.['new'] ?? result);
}

/** One more card of the name that is there already. */
function createTwin({ owner, bookId }: Scene): Promise<string> {
  return create(owner, 'ContactCard', { name: { full: 'Jean Dupont' }, addressBookIds: { [bookId]: true } });
}

/** Finding, merging, taking apart. */
export const duplicateOperations: readonly Operation[] = [
  {
    name: 'merges two cards of the folder',
    need: 'write',
    async attempt(scene) {
      const cardIds = [await createTwin(scene)];
      return mergeAnswer(scene, { keepId: scene.cardId, cardIds });
    },
  },
  {
    name: 'merges a card of another folder of the owner into one of the folder',
    need: 'own',
    first: 'write',
    attempt: (scene) => mergeAnswer(scene, { keepId: scene.cardId, cardIds: [scene.privateCardId] }),
  },
  {
    name: 'undoes a merge of the owner',
    need: 'own',
    disturbs: true,
    async attempt(scene) {
      const cardIds = [await createTwin(scene)];
      const { created } = await scene.owner.call('Merge/set', { create: { new: { keepId: scene.cardId, cardIds } } });
      const { id } = created!['new']!;
      const { undone, notUndone } = await scene.who.call('Merge/undo', { ids: [id!] });
      return undone![id!] ? 'yes' : outcomeOf(notUndone![id!]);
    },
  },
  {
    name: 'is shown the duplicates of the folder',
    need: 'write',
    first: 'see',
    isReading: true,
    async attempt(scene) {
      const twin = await createTwin(scene);
      const { list } = await scene.who.call('Duplicate/get');
      if (list === undefined) return 'forbidden';
      return JSON.stringify(list).includes(twin) ? 'yes' : 'absent';
    },
  },
];
