import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { leaveLostNumbers } from '../db/copy/leaveLostNumbers.ts';
import { AppError } from '../errors.ts';
import { nameOf, opened, placeOf } from './places.ts';

/** Says of a database that it is an earlier state which was put back by other means than `restore`; what it answers is printed. */
export async function restored(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<string> {
  const config = readConfig(environment);
  const place = placeOf(readWord(words) ?? config.databaseUrl ?? config.data);
  if (place.url === null && !existsSync(place.file))
    throw new AppError('notFound', `There is no Coterie in ${place.folder}: name another folder with --in.`);
  await using one = await opened(place);
  await one.db.transaction(async (tx) => {
    await leaveLostNumbers(tx, new Date());
    // Programs that know that this life is over begin another one.
    if (one.db.isShared) await tx.run(tx.build.deleteFrom('server_here'));
  });
  return `Numbers go on behind all that were given by ${await nameOf(place)} until now: whoever knows of changes that are lost reads everything anew.`;
}

function readWord(words: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...words], options: { in: { type: 'string' } } }).values.in;
  } catch {
    throw new AppError('invalid', 'Say which: db restored [--in PLACE], a folder or postgres://…');
  }
}
