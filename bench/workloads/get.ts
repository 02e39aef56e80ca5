import type { Workload } from '../kit/stage.ts';

const asked = 500;

/** Cards as a client fetches them: five hundred at a time. */
export const get: Workload = {
  name: 'get',
  when: 'each size',
  async run(stage) {
    const accountId = stage.owner.id;
    const query = { accountId, position: Math.floor(stage.size / 2), limit: asked };
    const { ids } = (await stage.call<{ ids: string[] }>(['ContactCard/query', query, 'q']))[0]!;
    const all = stage.jmap(['ContactCard/get', { accountId, ids }, 'g']);
    const some = { accountId, ids, properties: ['fileAs', 'emails', 'addressBookIds'] };
    await stage.compare('500 cards', all);
    await stage.compare('500 cards, compressed', { ...all, headers: { ...all.headers, 'Accept-Encoding': 'br' } });
    await stage.compare('500 cards, three properties', stage.jmap(['ContactCard/get', some, 'g']));
  },
};
