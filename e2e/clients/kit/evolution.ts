import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { DavPerson } from './site.ts';

/** A desktop of somebody's own on which Evolution Data Server keeps their address books. */
export type Evolution = {
  /** The names of the address books, once there are at least so many. */
  books(count: number): Promise<string[]>;
  /** Whether an address book takes changes, as soon as it is as expected (or after half a minute as it is). */
  isWritable(book: string, expected: boolean): Promise<boolean>;
  /** The names in an address book, fetched anew until they are these (or after half a minute as they are). */
  names(book: string, expected: readonly string[]): Promise<string[]>;
  /** The vCard of whoever has this name, as the desktop has it. */
  vcard(book: string, name: string): Promise<string>;
  add(book: string, vcard: string): Promise<string>;
  setEmail(book: string, name: string, email: string): Promise<void>;
  remove(book: string, name: string): Promise<void>;
  stop(): Promise<void>;
};

const driver = fileURLToPath(new URL('evolution.py', import.meta.url));
// The system's own Python has the system's libraries.
const python = '/usr/bin/python3';

/** Opens a desktop that was told an address, a name and a password, and nothing else. */
export async function startEvolution(url: string, { email, password }: DavPerson): Promise<Evolution> {
  const bus = '/usr/bin/dbus-run-session';
  if (!existsSync(bus)) throw new Error(`This test needs ${bus}; see scripts/system-packages.mjs.`);
  const home = mkdtempSync(join(tmpdir(), 'coterie-evolution-'));
  const settings = join(home, 'config', 'glib-2.0', 'settings');
  mkdirSync(settings, { recursive: true });
  // A machine that is only connected to itself is connected.
  writeFileSync(
    join(settings, 'keyfile'),
    '[org/gnome/evolution-data-server]\nnetwork-monitor-gio-name="always-online"\n',
  );
  const log = join(home, 'log');
  const file = openSync(log, 'a');
  const child = spawn(bus, ['--', python, driver, `${url}/`, email, password], {
    env: {
      ...process.env,
      LC_ALL: 'C.UTF-8',
      GSETTINGS_BACKEND: 'keyfile',
      HOME: home,
      XDG_CONFIG_HOME: join(home, 'config'),
      XDG_CACHE_HOME: join(home, 'cache'),
      XDG_DATA_HOME: join(home, 'data'),
      XDG_RUNTIME_DIR: home,
    },
    detached: true,
    stdio: ['pipe', 'pipe', file],
  });
  closeSync(file);
  const answers = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const order = async (...words: readonly unknown[]): Promise<unknown> => {
    child.stdin!.write(`${JSON.stringify(words)}\n`);
    const { value } = (await answers.next()) as { value?: string };
    if (value === undefined) throw new Error(`Evolution has ended:\n${readFileSync(log, 'utf8')}`);
    const { result, error } = JSON.parse(value) as { result?: unknown; error?: string };
    if (error !== undefined) throw new Error(error);
    return result;
  };
  return {
    books: (count) => order('books', count) as Promise<string[]>,
    isWritable: (book, expected) => order('writable', book, expected) as Promise<boolean>,
    names: (book, expected) => order('names', book, expected) as Promise<string[]>,
    vcard: (book, name) => order('vcard', book, name) as Promise<string>,
    add: (book, vcard) => order('add', book, vcard) as Promise<string>,
    setEmail: async (book, name, email) => void (await order('edit', book, name, email)),
    remove: async (book, name) => void (await order('remove', book, name)),
    stop: async () => {
      child.stdin!.end();
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}
