import { seedPeople, enterAs } from '../../kit/mailSite.ts';
import { createDataFolder, startServer } from '../../kit/server.ts';
import { makeDevice } from '../../../test/kit/device.ts';
import type { DeviceScope } from '../../../test/kit/device.ts';
import type { Person } from '../../../test/kit/person.ts';

/** Somebody whose programs sign in with an app password (`password`, `basic`), and where the shared folder lies for them. */
export type DavPerson = Person & {
  /** What they sign in with at the web app; programs do not get in with it. */
  readonly ownPassword: string;
  /** Their home, with which programs begin that do not look for it themselves. */
  readonly home: string;
  /** « Équipe »: a folder of Ada's, in which Ben writes and Chloé reads. */
  readonly team: string;
};

/**
 * A running server with a folder that three people share: its owner, a Manager and a Viewer, who have accepted. It takes
 * app passwords alone from programs.
 */
export type DavSite = {
  readonly url: string;
  readonly ada: DavPerson;
  readonly ben: DavPerson;
  readonly chloe: DavPerson;
  /** The same person, whose program has another app password, made for this alone. */
  readonly limited: (person: DavPerson, scope: DeviceScope) => Promise<DavPerson>;
  /** What the server has written into its terminal. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
};

/** The name of the shared folder. */
export const teamName = 'Équipe';

/** Opens it. */
export async function startDavSite(): Promise<DavSite> {
  const data = await createDataFolder();
  const ids = await seedPeople(data.path, ['Ada', 'Ben', 'Chloe']);
  const server = await startServer(data.path, {
    COTERIE_DEMO: 'off',
    COTERIE_ORGANISATION: 'Démo',
    COTERIE_DEVICE_PASSWORDS: 'app',
  });
  const [ada, ben, chloe] = await Promise.all(['Ada', 'Ben', 'Chloe'].map((name) => enterAs(server.url, name, ids)));
  const teamId = await shareTeam(ada!, ben!, chloe!);
  const device = async (person: Person, scope?: DeviceScope) => {
    const { password, basic } = await makeDevice(server.url, person, scope);
    return { password, basic };
  };
  const placed = async (person: Person): Promise<DavPerson> => {
    const home = `${server.url}/dav/addressbooks/${person.id}/`;
    return { ...person, ...(await device(person)), ownPassword: person.password, home, team: `${home}${teamId}/` };
  };
  return {
    url: server.url,
    ada: await placed(ada!),
    ben: await placed(ben!),
    chloe: await placed(chloe!),
    limited: async (person, scope) => ({ ...person, ...(await device(person, scope)) }),
    output: server.output,
    stop: async () => {
      await server.stop();
      await data.remove();
    },
  };
}

async function shareTeam(owner: Person, manager: Person, viewer: Person): Promise<string> {
  const rights = { mayRead: true, mayWrite: false, mayShare: false, mayDelete: false };
  const shareWith = { [manager.id]: { ...rights, mayWrite: true }, [viewer.id]: rights };
  const made = await owner.call('AddressBook/set', { create: { team: { name: teamName, shareWith } } });
  const id = String(made['created']!['team']!['id']);
  for (const person of [manager, viewer]) {
    await person.call('AddressBook/set', { accountId: owner.id, update: { [id]: { isSubscribed: true } } });
  }
  return id;
}

/** A vCard of an invented person; `more` are further lines. */
export function vcard(uid: string, name: string, more: readonly string[] = []): string {
  const [given = '', ...surnames] = name.split(' ');
  const lines = ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, `FN:${name}`, `N:${surnames.join(' ')};${given};;;`];
  return [...lines, ...more, 'END:VCARD', ''].join('\r\n');
}

/** What only 4.0 can say of somebody: parts of a name, a number as a URI, pronouns. */
export const onlyModern = [
  'N:Alto Cor;Violette;;;;Cor;',
  'TEL;VALUE=uri;PREF=2;TYPE=cell:tel:+33-1-99-00-00-01',
  'PRONOUNS:elle',
];

/** A vCard of 4.0, of somebody of whom that is known. */
export function modernCard(uid: string, name: string, more: readonly string[] = []): string {
  const lines = ['BEGIN:VCARD', 'VERSION:4.0', `UID:${uid}`, `FN:${name}`, ...onlyModern, ...more, 'END:VCARD', ''];
  return lines.join('\r\n');
}

/** Puts a card into the shared folder, as a program does. */
export async function putCard(person: DavPerson, uid: string, text: string): Promise<void> {
  const reply = await person.basic(new URL(`${person.team}${uid}.vcf`).pathname, { method: 'PUT', body: text });
  if (!reply.ok) throw new Error(`PUT answered ${reply.status}: ${await reply.text()}`);
}

/** Removes a card from the shared folder, whatever it is called there. */
export async function removeCard(person: DavPerson, uid: string): Promise<void> {
  const query = `<C:addressbook-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:prop><D:getetag/></D:prop><C:filter><C:prop-filter name="UID"><C:text-match match-type="equals">${uid}</C:text-match></C:prop-filter></C:filter></C:addressbook-query>`;
  const found = await (await person.basic(new URL(person.team).pathname, { method: 'REPORT', body: query })).text();
  const [, path] = /<D:href>([^<]+)<\/D:href>/u.exec(found)!;
  const reply = await person.basic(path!, { method: 'DELETE' });
  if (!reply.ok) throw new Error(`DELETE answered ${reply.status}: ${await reply.text()}`);
}

/** Where the cards of the shared folder lie, each with its entity tag, as the server says. */
export async function tagsOf(person: DavPerson): Promise<ReadonlyMap<string, string>> {
  const body = '<D:propfind xmlns:D="DAV:"><D:prop><D:getetag/></D:prop></D:propfind>';
  const reply = await person.basic(new URL(person.team).pathname, {
    method: 'PROPFIND',
    headers: { Depth: '1' },
    body,
  });
  const answers = (await reply.text()).matchAll(/<D:href>([^<]+\.vcf)<\/D:href>.*?<D:getetag>([^<]+)<\/D:getetag>/gsu);
  return new Map(Array.from(answers, ([, path, tag]) => [path!, tag!.replaceAll('&quot;', '"')]));
}

/** The cards of the shared folder as the server has them, by their UID. */
export async function cardsOf(person: DavPerson): Promise<ReadonlyMap<string, string>> {
  const query =
    '<C:addressbook-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:prop><C:address-data/></D:prop></C:addressbook-query>';
  const reply = await person.basic(new URL(person.team).pathname, { method: 'REPORT', body: query });
  const text = (await reply.text())
    .replaceAll(/&#(?:13|xd);/giu, '\r')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  const cards = [...text.matchAll(/BEGIN:VCARD[\s\S]*?END:VCARD\r?\n?/gu)].map(([card]) => card);
  return new Map(cards.map((card) => [/^UID:(\S+)/mu.exec(card)![1]!, card]));
}
