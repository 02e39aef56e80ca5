import { readConfig } from '../../../src/config.ts';
import { syncDirectory } from '../../../src/core/directory/syncDirectory.ts';
import type { Directory } from '../../../src/core/directory/directory.ts';
import { ldapDirectory } from '../../../src/directory/ldap/ldapDirectory.ts';
import { readLdapServer } from '../../../src/directory/ldap/readLdapServer.ts';
import { basicHeader, createClient } from '../person.ts';
import type { Person } from '../person.ts';
import { createTestApp } from '../world.ts';
import type { TestApp } from '../world.ts';
import { passwordOf } from './people.ts';
import { base, service, startSlapd } from './slapd.ts';
import type { Slapd, SlapdOptions } from './slapd.ts';

/** The settings that lead to a slapd of a test. */
export function ldapSettings(url: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    COTERIE_LDAP_URL: url,
    COTERIE_LDAP_BASE: base,
    COTERIE_LDAP_BIND_DN: service.dn,
    COTERIE_LDAP_BIND_PASSWORD: service.password,
    ...more,
  };
}

/** A directory by such settings. */
export function openDirectory(settings: Readonly<Record<string, string>>, now = () => new Date()): Directory {
  return ldapDirectory(readLdapServer(readConfig(settings))!, now);
}

/** The program in front of a slapd. */
export type LdapScene = AsyncDisposable & {
  readonly slapd: Slapd;
  readonly app: TestApp;
  readonly directory: Directory;
  sync(): Promise<unknown>;
  /** The id of a person or a group, by the permanent id or an address. */
  idOf(name: string): Promise<string>;
  /** Asks with HTTP Basic. */
  basic(login: string, password: string, path?: string): Promise<Response>;
  /** Somebody of the directory, signed in by their login. */
  signedIn(uid: string, password?: string): Promise<Person>;
};

/** Starts a slapd, fills it, and opens the program in front of it. */
export async function openScene(
  fill: Parameters<Slapd['asAdmin']>[0],
  options: SlapdOptions & {
    readonly settings?: Readonly<Record<string, string>>;
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<LdapScene> {
  const slapd = await startSlapd(options);
  await slapd.asAdmin(fill);
  const directory = openDirectory(ldapSettings(slapd.url, options.settings));
  const app = await createTestApp({ directory, second: 20, environment: options.environment ?? {} });
  await syncDirectory(app.world, directory);
  const basic: LdapScene['basic'] = (login, password, path = '/jmap/session') =>
    fetch(app.url + path, { headers: { Authorization: basicHeader(login, password) } });
  return {
    slapd,
    app,
    directory,
    basic,
    sync: () => syncDirectory(app.world, directory),
    async idOf(name) {
      const { db } = app.world;
      const find = db.build.selectFrom('principal').select('id');
      const row = await db.first(find.where((is) => is.or([is('external_id', '=', name), is('name', '=', name)])));
      if (!row) throw new Error(`Nobody is ${name}`);
      return row.id;
    },
    async signedIn(uid, password = passwordOf(uid)) {
      const response = await basic(uid, password);
      if (!response.ok) throw new Error(`${uid} is not let in: ${response.status}`);
      const { primaryAccounts } = (await response.json()) as { primaryAccounts: Record<string, string> };
      const id = primaryAccounts['urn:ietf:params:jmap:contacts']!;
      const person = createClient(app.url, { id, name: uid, email: uid, password });
      await person.signIn();
      return person;
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await slapd.close();
    },
  };
}
