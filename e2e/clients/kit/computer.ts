import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, runWell } from './program.ts';
import type { Ran } from './program.ts';
import type { DavPerson, DavSite } from './site.ts';

/** A computer on which vdirsyncer keeps a person's folders as folders of .vcf files. */
export type Computer = {
  /** Where the cards of the shared folder are. */
  readonly folder: string;
  /** Where all folders are. */
  readonly folders: string;
  /** Looks for folders that are new on either side, and makes them on the other. */
  discover(): Promise<void>;
  /** Brings names and descriptions of folders in step. */
  metasync(): Promise<void>;
  sync(): Promise<void>;
  trySync(): Promise<Ran>;
};

/**
 * A computer that was told the bare address, and found the folders by itself; `more` are settings of the server’s side,
 * `ofPair` of how the two sides are kept in step.
 */
export async function setUpComputer(
  { url }: DavSite,
  place: string,
  person: DavPerson,
  more: readonly string[] = [],
  ofPair: readonly string[] = [],
): Promise<Computer> {
  const home = mkdtempSync(join(place, 'computer-'));
  mkdirSync(join(home, 'cards'));
  const settings = [
    '[general]',
    `status_path = "${home}/status"`,
    '[pair contacts]',
    'a = "local"',
    'b = "remote"',
    'collections = ["from b", "from a"]',
    'metadata = ["displayname", "description"]',
    ...ofPair,
    '[storage local]',
    'type = "filesystem"',
    `path = "${home}/cards"`,
    'fileext = ".vcf"',
    '[storage remote]',
    'type = "carddav"',
    `url = "${url}/"`,
    `username = "${person.email}"`,
    `password = "${person.password}"`,
    ...more,
  ];
  writeFileSync(join(home, 'config'), settings.join('\n'));
  const program = (word: string) => ({
    command: '/usr/bin/vdirsyncer',
    words: ['-c', join(home, 'config'), word],
    environment: { LC_ALL: 'C.UTF-8', HOME: home },
    input: 'y\n'.repeat(20),
    seconds: 120,
  });
  await runWell(program('discover'));
  const well = async (word: string) => void (await runWell(program(word)));
  return {
    folders: join(home, 'cards'),
    discover: () => well('discover'),
    metasync: () => well('metasync'),
    folder: join(home, 'cards', new URL(person.team).pathname.split('/').at(-2)!),
    sync: () => well('sync'),
    trySync: () => run(program('sync')),
  };
}
