import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readConfig, readKey } from '../config.ts';
import { checkDatabase } from '../core/check/checkDatabase.ts';
import type { Finding } from '../core/check/finding.ts';
import { requireWhole } from '../db/copy/mark.ts';
import { appliedMigrations } from '../db/appliedMigrations.ts';
import { migrationNames } from '../db/migrate.ts';
import { openSnapshot } from '../db/openSnapshot.ts';
import { AppError } from '../errors.ts';
import { deriveKey } from '../lib/seal.ts';
import { cannotOpen, placeOf } from './places.ts';

/** Checks a database, which a server may be writing meanwhile: one state of it is looked at, and nothing is changed. */
export async function check(words: readonly string[]): Promise<string> {
  const config = readConfig(process.env);
  const place = placeOf(readWord(words) ?? config.databaseUrl ?? config.data);
  if (place.url === null && !existsSync(place.file))
    throw new AppError('notFound', `There is no Coterie in ${place.folder}: name another folder with --from.`);
  await using snapshot = await openSnapshot(place).catch((error: Error) => cannotOpen(place, error));
  const { reader: db } = snapshot;
  await requireWhole(db).catch((error: Error) => cannotOpen(place, error));
  const applied = await appliedMigrations(db);
  if (applied.join() !== (await migrationNames()).join())
    throw new AppError(
      'invalid',
      'The data is of another version of Coterie: check it with that, or start this one once.',
    );
  const { keyFile } = config;
  const key = readKey({ data: place.url === null ? place.folder : config.data, keyFile });
  let faults = 0;
  for await (const finding of checkDatabase({
    db,
    settings: { linkKey: key, auditKey: deriveKey(key, 'audit log') },
  })) {
    faults += finding.faults;
    process.stdout.write(`${lineOf(finding)}\n`);
  }
  if (faults === 0) return 'Everything holds.';
  process.exitCode = 1;
  return `${faults} faults.`;
}

function lineOf({ holds, checked, faults, first }: Finding): string {
  // What others have written does not control a terminal.
  const row = (first ?? '').replaceAll(/\p{C}+/gu, ' ');
  return faults === 0
    ? `ok     ${holds} (${checked})`
    : `FAULT  ${holds}: not so ${faults} times of ${checked}; the first: ${row}`;
}

function readWord(words: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...words], options: { from: { type: 'string' } } }).values.from;
  } catch {
    throw new AppError('invalid', 'Say which: db check [--from PLACE], a folder or postgres://…');
  }
}
