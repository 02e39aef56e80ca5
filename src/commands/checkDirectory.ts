import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { readConfig } from '../config.ts';
import { checkLdap } from '../directory/ldap/checkLdap.ts';
import type { Trial } from '../directory/ldap/checkLdap.ts';
import { readLdapServer } from '../directory/ldap/readLdapServer.ts';
import { AppError } from '../errors.ts';

/** A command that needs the settings alone, also before the first start. */
export type SettingsCommand = {
  readonly usage: string;
  readonly does: string;
  run(words: readonly string[]): Promise<string>;
};

/** Commands that look at settings, by their names. */
export const settingsCommands: Readonly<Record<string, SettingsCommand>> = {
  'directory check': {
    usage: '[LOGIN]',
    does: 'tests the settings of the directory, with a LOGIN also a sign-in, and says what to change',
    run: async ([login]) =>
      checkDirectory(process.env, login === undefined ? null : { login, password: await askPassword(login) }),
  },
};

const signs = { good: 'ok   ', doubtful: 'look ', stop: 'stop ' } as const;

/** Tries the settings of an environment; throws what was found when something is to be changed. */
export async function checkDirectory(environment: NodeJS.ProcessEnv, trial: Trial | null): Promise<string> {
  const server = readLdapServer(readConfig(environment));
  if (!server)
    throw new AppError('unavailable', 'No directory is set up: see COTERIE_LDAP_URL in docs/operation/ldap.md.');
  const lines: string[] = [];
  let isGood = true;
  for await (const { kind, text } of checkLdap(server, trial, new Date())) {
    // What others have written does not control a terminal.
    lines.push(`${signs[kind]} ${text.replaceAll(/\p{C}+/gu, ' ')}`);
    if (kind !== 'good') isGood = false;
  }
  const report = lines.join('\n');
  if (!isGood) throw new AppError('invalid', `${report}\nWhat to do about it: docs/operation/ldap.md.`);
  return `${report}\nEverything works.`;
}

/** The password is never a word of the command (others of the machine see those) and not shown while it is typed. */
async function askPassword(login: string): Promise<string> {
  process.stderr.write(`The password of ${login}: `);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: process.stdin.isTTY });
  try {
    for await (const line of terminal) return line;
    return '';
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
