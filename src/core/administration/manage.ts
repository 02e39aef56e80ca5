import type { PrincipalRow } from '../../db/schema.ts';
import { AppError, notFound } from '../../errors.ts';
import { hashPassword } from '../../lib/passwordHash.ts';
import { requireLongEnough, tellSignedOut, writePassword } from '../auth/setPassword.ts';
import { audit } from '../audit/audit.ts';
import { transact, within } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context } from '../context.ts';
import { giveFolders } from '../handover/giveFolders.ts';
import type { Handed } from '../handover/giveFolders.ts';
import { createGroup } from '../principal/createGroup.ts';
import { createPerson } from '../principal/createPerson.ts';
import { directoryChanged } from '../principal/directoryState.ts';
import { inDirectory } from '../principal/inDirectory.ts';
import { removeGroup } from '../principal/removeGroup.ts';
import { setGroupMembers } from '../principal/setGroupMembers.ts';
import { setPersonActive } from '../principal/setPersonActive.ts';
import { updatePrincipal } from '../principal/updatePrincipal.ts';
import { requireAdministrator } from '../sharing/administrator.ts';

/** A person or group to be created: a person gets a password afterwards, a group its members now. */
export type NewManaged = {
  readonly kind: PrincipalRow['kind'];
  readonly name: string;
  readonly email: string | null;
  readonly isAdministrator: boolean;
  readonly memberIds: readonly string[];
};

/** Creates a person or a group. Errors: `forbidden` (notAdministrator), `invalid`, `exists`. */
export function createManaged(context: Context, wanted: NewManaged): Promise<PrincipalRow> {
  return asAdministrator(context, (_tx, inside) => {
    const { kind, name, email, isAdministrator, memberIds } = wanted;
    return kind === 'group'
      ? createGroup(inside, { name, email, memberIds })
      : createPerson(inside, { name, email, isAdministrator });
  });
}

/** The properties to change; what is left out stays. */
export type ManagedChange = {
  readonly name?: string;
  readonly email?: string | null;
  readonly isActive?: boolean;
  readonly isAdministrator?: boolean;
  readonly memberIds?: readonly string[];
};

/**
 * Changes a person or group that was created here. Errors: `notFound`, `invalid`, `exists`; `forbidden`
 * (notAdministrator, inDirectory, lastAdministrator).
 */
export function updateManaged(context: Context, id: string, change: ManagedChange): Promise<void> {
  return asAdministrator(context, async (tx, inside) => {
    const { name, email, isActive, isAdministrator, memberIds } = change;
    const { source } = await requirePrincipal(tx, id);
    if (source !== 'local') throw inDirectory();
    if (name !== undefined || email !== undefined)
      await updatePrincipal(inside, id, {
        ...(name === undefined ? {} : { name }),
        ...(email === undefined ? {} : { email }),
      });
    if (memberIds !== undefined) await setGroupMembers(inside, id, memberIds);
    if (isActive !== undefined) await setPersonActive(inside, id, isActive);
    if (isAdministrator !== undefined) await setAdministrator(tx, context, id, isAdministrator);
    if (isActive !== undefined || isAdministrator !== undefined) await requireSomeAdministrator(tx);
  });
}

/** Removes a group. People are never deleted: they are locked out, and their folders given away. */
export function removeManaged(context: Context, id: string): Promise<void> {
  return asAdministrator(context, async (tx, inside) => {
    const { kind, source } = await requirePrincipal(tx, id);
    if (source !== 'local') throw inDirectory();
    if (kind !== 'group') throw new AppError('forbidden', 'People are kept out, not deleted', { reason: 'isPerson' });
    await removeGroup(inside, id);
  });
}

/**
 * Gives a person who was created here a password; their sessions end. Errors: as for `setPassword`, `forbidden`
 * (notAdministrator).
 */
export async function givePassword(context: Context, id: string, password: string): Promise<void> {
  // Hashing takes time: not for everybody, and not while others wait for the transaction.
  await requireAdministrator(context.db, context);
  requireLongEnough(password);
  const hash = await hashPassword(password);
  await asAdministrator(context, (tx) => writePassword(tx, context, id, hash));
  tellSignedOut(context, id);
}

/** Gives all folders of one person to another. Errors: as for `giveFolders`, `forbidden` (notAdministrator). */
export function handOver(context: Context, fromId: string, toId: string): Promise<Handed> {
  const { language } = context.actor;
  return asAdministrator(context, (_tx, inside) => giveFolders(inside, { fromId, toId, language }));
}

function asAdministrator<T>(context: Context, task: (tx: Transaction, inside: Context) => Promise<T>): Promise<T> {
  return transact(context, async (tx) => {
    await requireAdministrator(tx, context);
    return task(tx, within(context, tx));
  });
}

async function requirePrincipal(tx: Transaction, id: string): Promise<PrincipalRow> {
  const row = await tx.first(tx.build.selectFrom('principal').selectAll().where('id', '=', id));
  if (!row) throw notFound('person or group');
  return row;
}

async function setAdministrator(
  tx: Transaction,
  context: Context,
  id: string,
  isAdministrator: boolean,
): Promise<void> {
  const { build } = tx;
  const update = build.updateTable('principal').set({ is_administrator: Number(isAdministrator) });
  const changed = await tx.run(update.where('id', '=', id).where('kind', '=', 'individual'));
  if (changed === 0) throw notFound('person');
  await directoryChanged(tx, id);
  const kind = isAdministrator ? 'administrator.made' : 'administrator.ended';
  await audit(tx, context, { kind, object: { type: 'Principal', id } });
}

/** Nobody locks everybody out of this page: the terminal would be the only way back. */
async function requireSomeAdministrator(tx: Transaction): Promise<void> {
  const administrators = tx.build
    .selectFrom('principal')
    .select('id')
    .where('is_administrator', '=', 1)
    .where('is_active', '=', 1)
    .limit(1);
  if (await tx.first(administrators)) return;
  throw new AppError('forbidden', 'Somebody must be administrator', { reason: 'lastAdministrator' });
}
