import { createClient } from './person.ts';
import type { Person } from './person.ts';

/** What an app password is made for; nothing said: everything. */
export type DeviceScope = { readonly mayWrite?: boolean; readonly addressBookId?: string; readonly name?: string };

/** A program that has nothing but an app password; `revoke` is what its person does in the preferences. */
export type Device = Person & { readonly appPasswordId: string; revoke(isRevoked?: boolean): Promise<void> };

/** Has the person make an app password, and gives the program that signs in with it, by HTTP Basic alone. */
export async function makeDevice(url: string, person: Person, scope: DeviceScope = {}): Promise<Device> {
  const result = await person.call('AppPassword/set', { create: { new: { name: 'Téléphone', ...scope } } });
  const made = result['created']?.['new'];
  if (!made) throw new Error(`No app password: ${JSON.stringify(result)}`);
  const { id, name, email } = person;
  const client = createClient(url, { id, name, email, password: made['secret']! });
  const revoke = async (isRevoked = true) => {
    await person.call('AppPassword/set', { update: { [made['id']!]: { isRevoked } } });
  };
  return Object.assign(client, { fetch: client.basic, appPasswordId: made['id']!, revoke });
}
