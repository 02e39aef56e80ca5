import { setTimeout as wait } from 'node:timers/promises';
import type { World } from '../core/context.ts';
import { requestSync } from '../core/directory/directoryJob.ts';
import { directoryStatus, readMirrorState } from '../core/directory/mirrorState.ts';
import { AppError } from '../errors.ts';
import type { Commands } from './command.ts';

const patienceSeconds = 60;

/** The organisation's directory. */
export const directoryCommands: Commands = {
  'directory status': {
    usage: '',
    does: 'shows the state of the mirror of the directory, and what you have to decide',
    run: status,
  },
  'directory sync': {
    usage: '[--accept-losses]',
    does: 'makes the server read the whole directory now, and accept that missing entries are gone',
    run: (world, words) => sync(world, words),
  },
};

async function status({ db }: World): Promise<string> {
  const found = await directoryStatus(db);
  const never = 'The directory was never read.';
  return [
    found.syncedAt === null ? never : `Last read: ${found.syncedAt}, all of it ${found.sweptAt ?? 'never'}.`,
    `${found.people} people and ${found.groups} groups.`,
    ...(found.downSince === null ? [] : [`It does not answer since ${found.downSince}.`]),
    ...(found.error === null ? [] : [`The last error: ${found.error}`]),
    ...(found.warning === null ? [] : [found.warning]),
    ...found.clashes.map(({ name, holder, claimant }) => `${name} is « ${holder} »; « ${claimant} » claims it, too.`),
  ].join('\n');
}

// The server does it: so open windows hear of it at once, and there is one who writes the mirror.
async function sync(world: World, words: readonly string[]): Promise<string> {
  const unknown = words.find((word) => word !== '--accept-losses');
  if (unknown !== undefined) throw new AppError('invalid', `There is no ${unknown}.`);
  await requestSync(world, { acceptLosses: words.length > 0 });
  for (let tries = 0; tries < patienceSeconds * 2; tries += 1) {
    await wait(500);
    if ((await readMirrorState(world.db)).request === null) return status(world);
  }
  throw new AppError('unavailable', 'No server has taken it up yet: is Coterie running, with a directory?');
}
