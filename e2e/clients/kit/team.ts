import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDavSite } from './site.ts';
import type { DavPerson, DavSite } from './site.ts';

/** The owner of a folder, its Manager and its Viewer, each on a computer of their own. */
export type Team<Computer> = {
  readonly site: DavSite;
  /** Where the computers are; it goes with them. */
  readonly place: string;
  readonly ada: Computer;
  readonly ben: Computer;
  readonly chloe: Computer;
  close(): Promise<void>;
};

/** Starts a server and sets the three computers up, one after the other. */
export async function startTeam<Computer>(
  setUp: (site: DavSite, place: string, person: DavPerson) => Promise<Computer>,
): Promise<Team<Computer>> {
  const site = await startDavSite();
  const place = mkdtempSync(join(tmpdir(), 'coterie-team-'));
  const computerOf = (person: DavPerson) => setUp(site, place, person);
  const [ada, ben, chloe] = [await computerOf(site.ada), await computerOf(site.ben), await computerOf(site.chloe)];
  return {
    site,
    place,
    ada,
    ben,
    chloe,
    async close() {
      await site.stop();
      rmSync(place, { recursive: true });
    },
  };
}
