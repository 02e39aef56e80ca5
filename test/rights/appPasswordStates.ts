import { makeDevice } from '../kit/device.ts';
import type { DeviceScope } from '../kit/device.ts';
import type { Person } from '../kit/person.ts';
import { create } from './states.ts';
import type { Stage, State } from './states.ts';

/** Somebody who asks by an app password, for each of its scopes. */
export const appPasswordStates: readonly State[] = [
  ...byAppPassword('owner', async ({ app }) => app.ada),
  ...byAppPassword('manager', manager),
  {
    name: 'manager, by one for another folder',
    async prepare(stage) {
      const addressBookId = await create(stage.app.ben, 'AddressBook', { name: 'Vereine' });
      return { who: await makeDevice(stage.app.url, await manager(stage), { addressBookId }) };
    },
  },
];

async function manager({ app, share, answer }: Stage): Promise<Person> {
  await share({ principalId: app.ben.id, role: 'manager' });
  await answer(app.ben, 'accepted');
  return app.ben;
}

function byAppPassword(who: string, prepare: (stage: Stage) => Promise<Person>): State[] {
  const scopes: Readonly<Record<string, (stage: Stage) => DeviceScope>> = {
    'by an app password': () => ({}),
    'by one that reads only': () => ({ mayWrite: false }),
    'by one for the folder': ({ bookId }) => ({ addressBookId: bookId }),
    'by one that reads the folder only': ({ bookId }) => ({ addressBookId: bookId, mayWrite: false }),
  };
  return Object.entries(scopes).map(([how, scope]) => ({
    name: `${who}, ${how}`,
    prepare: async (stage) => ({ who: await makeDevice(stage.app.url, await prepare(stage), scope(stage)) }),
  }));
}
