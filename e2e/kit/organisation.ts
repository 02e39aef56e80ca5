import type { Browser } from 'playwright-core';
import { startDovecot } from '../../test/kit/mail/dovecot.ts';
import type { Dovecot } from '../../test/kit/mail/dovecot.ts';
import { startCollectingPostfix } from '../../test/kit/mail/collectingPostfix.ts';
import { freePort } from '../../test/kit/daemon.ts';
import { addGroup, addPerson, groupDn, passwordOf, personDn } from '../../test/kit/ldap/people.ts';
import { ldapSettings } from '../../test/kit/ldap/scene.ts';
import { startSlapd } from '../../test/kit/ldap/slapd.ts';
import type { Slapd } from '../../test/kit/ldap/slapd.ts';
import { mailSettings } from './mailSite.ts';
import { createScreen } from './screen.ts';
import type { Screen } from './screen.ts';
import { createDataFolder, startServer } from './server.ts';
import { openPage } from './stage.ts';

/** An organisation with a directory, a mail server and mailboxes of its own. */
export type Organisation = {
  readonly url: string;
  readonly slapd: Slapd;
  readonly dovecot: Dovecot;
  /** Where people's mail programs hand in what they send. */
  readonly submissionPort: number;
  /** Somebody's browser, signed in with the password of the directory. */
  readonly enter: (uid: string) => Promise<Screen>;
  readonly stop: () => Promise<void>;
};

/** Everything in the directory: five people, and « Accueil » that holds « Stages » that holds « Etudiants ». */
async function fill(slapd: Slapd): Promise<void> {
  await slapd.asAdmin(async (client) => {
    await addPerson(client, 'ada', { departmentNumber: 'Orientation' });
    await addPerson(client, 'ben', { departmentNumber: 'Communication' });
    await addPerson(client, 'benedicte', { displayName: 'Bénédicte Démo', departmentNumber: 'Chimie' });
    await addPerson(client, 'chloe', { displayName: 'Chloé Démo' });
    await addPerson(client, 'dora');
    await addGroup(client, 'Etudiants', { objectClass: 'posixGroup', gidNumber: '100', memberUid: 'dora' });
    await addGroup(client, 'Stages', { objectClass: 'groupOfUniqueNames', uniqueMember: groupDn('Etudiants') });
    const member = [groupDn('Stages'), personDn('chloe')];
    await addGroup(client, 'Accueil', { objectClass: 'groupOfNames', member });
  });
}

/** Opens it; whoever leaves the directory or a group is out after five seconds. */
export async function startOrganisation(browser: Browser): Promise<Organisation> {
  const [slapd, dovecot, data, lmtpPort] = await Promise.all([
    startSlapd(),
    startDovecot(),
    createDataFolder(),
    freePort(),
  ]);
  await fill(slapd);
  const { postfix, submissionPort } = await startCollectingPostfix(lmtpPort, { mailboxPort: dovecot.lmtpPort });
  const server = await startServer(data.path, {
    ...mailSettings(postfix.url),
    ...ldapSettings(slapd.url),
    COTERIE_DIRECTORY_SECONDS: '5',
    COTERIE_LMTP_PORT: String(lmtpPort),
  });
  return {
    url: server.url,
    slapd,
    dovecot,
    submissionPort,
    async enter(uid) {
      const page = await openPage(browser);
      // Three servers and several browsers: a busy machine needs a while.
      page.context().setDefaultTimeout(30_000);
      await page.goto(server.url);
      await page.getByLabel('Adresse ou identifiant').fill(uid);
      await page.getByLabel('Mot de passe').fill(passwordOf(uid));
      await page.getByRole('button', { name: 'Se connecter' }).click();
      await page.getByRole('tree').waitFor();
      return createScreen(page);
    },
    async stop() {
      await server.stop();
      await postfix.close();
      await dovecot.close();
      await slapd.close();
      await data.remove();
    },
  };
}
