import { notFound } from '../../errors.ts';
import type { Context } from '../context.ts';
import { requestSync } from '../directory/directoryJob.ts';
import { directoryStatus } from '../directory/mirrorState.ts';
import type { DirectoryStatus } from '../directory/mirrorState.ts';
import { dropMail, listHeldMail, retryMail } from '../outbox/heldMail.ts';
import type { HeldMail } from '../outbox/heldMail.ts';
import { requireAdministrator } from '../sharing/administrator.ts';

/** The state of the mirror of the organisation's directory. Errors: `forbidden` (notAdministrator). */
export async function watchDirectory(context: Context): Promise<DirectoryStatus> {
  await requireAdministrator(context.db, context);
  return directoryStatus(context.db);
}

/** Makes the directory be read now; `acceptLosses`: missing entries are really gone. */
export async function readDirectoryNow(context: Context, acceptLosses: boolean): Promise<void> {
  await requireAdministrator(context.db, context);
  await requestSync(context, { acceptLosses });
}

/** The mails that failed, whether given up or still being tried. */
export async function watchMail(context: Context): Promise<HeldMail[]> {
  await requireAdministrator(context.db, context);
  return listHeldMail(context);
}

/** Sends failed mails again. Errors: `notFound`. */
export async function retryHeldMail(context: Context, id: string): Promise<void> {
  await requireAdministrator(context.db, context);
  if ((await retryMail(context, id)) === 0) throw notFound('mail');
}

/** Deletes failed mails. Errors: `notFound`. */
export async function dropHeldMail(context: Context, id: string): Promise<void> {
  await requireAdministrator(context.db, context);
  if ((await dropMail(context, id)) === 0) throw notFound('mail');
}
