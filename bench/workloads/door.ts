import type { Workload } from '../kit/stage.ts';

/** What every request costs before it does anything: HTTP, who asks, the engine, the state of the session. */
export const door: Workload = {
  name: 'door',
  when: 'each size',
  async run(stage) {
    const accountId = stage.owner.id;
    const headers = { Cookie: stage.owner.cookie };
    const { ids } = (await stage.call<{ ids: string[] }>(['ContactCard/query', { accountId, limit: 1 }, 'q']))[0]!;
    await stage.compare('session', { path: '/jmap/session', headers });
    await stage.compare('Core/echo', stage.jmap(['Core/echo', { hello: true }, 'e']));
    await stage.compare('AddressBook/get', stage.jmap(['AddressBook/get', { accountId }, 'g']));
    await stage.compare('ContactCard/get of one', stage.jmap(['ContactCard/get', { accountId, ids }, 'g']));
  },
};
