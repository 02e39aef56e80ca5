import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startDaemon } from '../../../test/kit/daemon.ts';
import { connectMarionette } from './marionette.ts';
import type { DavPerson } from './site.ts';
import { thunderbirdPrelude, thunderbirdScripts } from './thunderbirdScripts.ts';

/** A Thunderbird without windows; several people may have their account in it. */
export type Thunderbird = {
  /** Adds all address books that it finds from this address; their names. */
  addAccount(url: string, person: DavPerson): Promise<string[]>;
  isReadOnly(person: DavPerson, book: string): Promise<boolean>;
  /** The names in an address book after it has asked the server for what is new. */
  names(person: DavPerson, book: string): Promise<string[]>;
  /** Where its cards lie on the server, each with the entity tag that it had there, as its database says. */
  tags(person: DavPerson, book: string): Promise<ReadonlyMap<string, string>>;
  vcard(person: DavPerson, book: string, name: string): Promise<string>;
  add(person: DavPerson, book: string, vcard: string): Promise<void>;
  setEmail(person: DavPerson, book: string, name: string, email: string): Promise<void>;
  remove(person: DavPerson, book: string, name: string): Promise<void>;
  stop(): Promise<void>;
};

const program = '/usr/bin/thunderbird';

/** Opens it with an empty profile. */
export async function startThunderbird(): Promise<Thunderbird> {
  if (!existsSync(program)) throw new Error(`This test needs ${program}; see scripts/system-packages.mjs.`);
  const profile = mkdtempSync(join(tmpdir(), 'coterie-thunderbird-'));
  const port = await freePort();
  const preferences = {
    'marionette.port': port,
    'app.update.enabled': false,
    'mail.provider.suppress_dialog_on_startup': true,
    'datareporting.policy.dataSubmissionPolicyBypassNotification': true,
    'signon.rememberSignons': true,
  };
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${value});`);
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  const daemon = await startDaemon({
    command: '/usr/bin/env',
    words: [
      `HOME=${profile}`,
      'MOZ_HEADLESS=1',
      program,
      '--headless',
      '--no-remote',
      '--profile',
      profile,
      '--marionette',
      '--remote-allow-system-access',
    ],
    packageName: 'thunderbird',
    logFile: join(profile, 'log'),
    port,
    patience: 4800,
  });
  const remote = await connectMarionette(port);
  await remote.send('WebDriver:NewSession', {});
  await remote.send('Marionette:SetContext', { value: 'chrome' });
  await remote.send('WebDriver:SetTimeouts', { script: 60_000 });
  const inside = async (name: keyof typeof thunderbirdScripts, ...args: readonly string[]): Promise<unknown> => {
    const script = `const [args, done] = arguments;
      ${thunderbirdPrelude}
      (async () => { ${thunderbirdScripts[name]} })().then(
        (result) => done({ result }), (error) => done({ error: String(error?.message ?? error) }));`;
    const sent = { script, args: [args], sandbox: 'system', newSandbox: false };
    const { value } = (await remote.send('WebDriver:ExecuteAsyncScript', sent)) as {
      value: { result?: unknown; error?: string };
    };
    if (value.error !== undefined) throw new Error(value.error);
    return value.result;
  };
  return {
    addAccount: (url, { email, password }) => inside('addAccount', `${url}/`, email, password) as Promise<string[]>,
    isReadOnly: ({ email }, book) => inside('isReadOnly', email, book) as Promise<boolean>,
    names: ({ email }, book) => inside('names', email, book) as Promise<string[]>,
    tags: async ({ email }, book) => new Map((await inside('tags', email, book)) as [string, string][]),
    vcard: ({ email }, book, name) => inside('vcard', email, book, name) as Promise<string>,
    add: async ({ email }, book, vcard) => void (await inside('add', email, book, vcard)),
    setEmail: async ({ email: user }, book, name, email) => void (await inside('setEmail', user, book, name, email)),
    remove: async ({ email }, book, name) => void (await inside('remove', email, book, name)),
    stop: async () => {
      remote.close();
      await daemon.stop();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
