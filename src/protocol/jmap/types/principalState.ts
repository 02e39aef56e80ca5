import { createHash } from 'node:crypto';
import { isDirectoryLost } from '../../../core/change/lostNumbers.ts';
import type { Context } from '../../../core/context.ts';
import { directoryVersion } from '../../../core/principal/directoryState.ts';
import { AppError } from '../../../errors.ts';
import { readableAccounts } from '../accounts.ts';

/** The state of Principals: the version of the directory, and which accounts of others the person may read. */
export async function principalState(context: Context): Promise<string> {
  return stateAt(context, await directoryVersion(context));
}

/** The version of the directory in a state; *cannotCalculateChanges* when other accounts could be read then. */
export async function versionIn(context: Context, state: string): Promise<number> {
  const [, version, accounts] = /^(\d{1,15})-([\w-]{12})$/u.exec(state) ?? [];
  if (
    version === undefined ||
    accounts !== (await accountsOf(context)) ||
    Number(version) > (await directoryVersion(context)) ||
    (await isDirectoryLost(context.db, Number(version)))
  )
    throw new AppError('cannotCalculateChanges', 'Changes since this state cannot be told; ask for everything');
  return Number(version);
}

/** A state with another version: on the way from one to the next. */
export async function stateAt(context: Context, version: number): Promise<string> {
  return `${version}-${await accountsOf(context)}`;
}

async function accountsOf(context: Context): Promise<string> {
  const accounts = [...(await readableAccounts(context))].sort();
  return createHash('sha256').update(JSON.stringify(accounts)).digest('base64url').slice(0, 12);
}
