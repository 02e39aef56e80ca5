import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, runWell } from './program.ts';
import type { Ran } from './program.ts';
import type { DavPerson, DavSite } from './site.ts';

/** A computer on which vdirsyncer keeps a person's folders as folders of .vcf files. */
export type Computer = {
  /** Where the cards of the shared folder are. */
  readonly folder: string;
  sync(): Promise<void>;
  trySync(): Promise<Ran>;
};

/** A computer that was told the bare address, and found the folders by itself; `more` are settings of the server’s side. */
export async function setUpComputer(
  { url }: DavSite,
  place: string,
  person: DavPerson,
  more: readonly string[] = [],
): Promise<Computer> {
  const home = mkdtempSync(join(place, 'computer-'));
  mkdirSync(join(home, 'cards'));
  const settings = [
    '[general]',
    `status_path = "${home}/status"`,
    '[pair contacts]',
    'a = "local"',
    'b = "remote"',
    'collections = ["from b"]',
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
  return {
    folder: join(home, 'cards', new URL(person.team).pathname.split('/').at(-2)!),
    sync: async () => void (await runWell(program('sync'))),
    trySync: () => run(program('sync')),
  };
}
