import type { Result } from '../kit/person.ts';
import { call, outcomeOf } from './attempts.ts';
import type { Operation } from './attempts.ts';

/** What brings many contacts at once. */
export const importOperations: readonly Operation[] = [
  {
    name: 'imports a file into the folder',
    need: 'add',
    async attempt(scene) {
      const file = { data: [{ 'data:asText': 'Nom;Courriel\nNeuf;neuf@demo.example\n' }], type: 'text/csv' };
      const uploaded = await call(scene, 'Blob/upload', { create: { file } });
      if (uploaded['isError']) return outcomeOf(uploaded);
      if (uploaded['notCreated']) return outcomeOf(Object.values(uploaded['notCreated'] as unknown as Result)[0]);
      const { who, owner, bookId } = scene;
      const wanted = { addressBookId: bookId, blobAccountId: owner.id, blobId: uploaded['created']!['file']!['id'] };
      const result = await who.call('ContactImport/set', { create: { new: wanted } });
      const failed = result['notCreated'];
      return failed ? outcomeOf(failed['new']) : 'yes';
    },
  },
];
