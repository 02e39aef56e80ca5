import { createChanges } from '../../src/core/change/hub.ts';
import { createPerson } from '../../src/core/principal/createPerson.ts';
import { openTestDatabase } from '../../test/kit/testDatabase.ts';
import { createClient } from '../../test/kit/person.ts';
import type { Person } from '../../test/kit/person.ts';
import { startDovecot } from '../../test/kit/mail/dovecot.ts';
import type { Dovecot } from '../../test/kit/mail/dovecot.ts';
import { startPostfix } from '../../test/kit/mail/postfix.ts';
import type { Postfix } from '../../test/kit/mail/postfix.ts';
import { createDataFolder, startServer } from './server.ts';
import type { Server } from './server.ts';

/** An organisation whose mails go through Postfix into the mailboxes of Dovecot. */
export type MailSite = {
  readonly url: string;
  readonly postfix: Postfix;
  readonly dovecot: Dovecot;
  /** Ada, Ben and Chloé, by their first names; signed in. */
  readonly person: (name: string) => Person;
  readonly stop: () => Promise<void>;
};

/** Fills a data directory with people of a real organisation; their ids by first name. */
export async function seedPeople(data: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const db = await openTestDatabase(data);
  const settings = {
    publicUrl: '',
    trashDays: 30,
    linkKey: new Uint8Array(),
    maxCardSize: 1,
    maxCardsPerAccount: 1,
    organisation: '',
    mailEnabled: false,
    mailFrom: '',
  };
  const hub = createChanges((error) => {
    throw error;
  });
  const world = { db, now: () => new Date(), hub, settings };
  const ids = new Map<string, string>();
  for (const name of names) {
    const { id } = await createPerson(world, {
      name: `${name} Démo`,
      email: emailOf(name),
      password: passwordOf(name),
    });
    ids.set(name, id);
  }
  await db.close();
  return ids;
}

/** The client of somebody who was filled in, signed in. */
export async function enterAs(url: string, name: string, ids: ReadonlyMap<string, string>): Promise<Person> {
  const facts = { id: ids.get(name)!, name: `${name} Démo`, email: emailOf(name), password: passwordOf(name) };
  const person = createClient(url, facts);
  await person.signIn();
  return person;
}

/** Settings of a real organisation that sends mails there. */
export function mailSettings(smtpUrl: string): Readonly<Record<string, string>> {
  return {
    COTERIE_DEMO: 'off',
    COTERIE_ORGANISATION: 'Université de Démonstration',
    COTERIE_SMTP_URL: smtpUrl,
    COTERIE_MAIL_FROM: 'contacts@demo.example',
  };
}

/** Opens it. */
export async function startMailSite(): Promise<MailSite> {
  const names = ['Ada', 'Ben', 'Chloe'];
  const data = await createDataFolder();
  const ids = await seedPeople(data.path, names);
  const dovecot = await startDovecot();
  const postfix = await startPostfix({ lmtpPort: dovecot.lmtpPort });
  const server: Server = await startServer(data.path, mailSettings(postfix.url));
  const people = new Map<string, Person>();
  for (const name of names) people.set(name, await enterAs(server.url, name, ids));
  return {
    url: server.url,
    postfix,
    dovecot,
    person: (name) => people.get(name)!,
    stop: async () => {
      await server.stop();
      await postfix.close();
      await dovecot.close();
      await data.remove();
    },
  };
}

function emailOf(name: string): string {
  return `${name.toLowerCase()}@demo.example`;
}

function passwordOf(name: string): string {
  return `password of ${name}`;
}
