import type { Writer } from '../../db/database.ts';
import type { AppPasswordRow } from '../../db/rows/deviceRows.ts';
import { AppError, invalid, notFound } from '../../errors.ts';
import { newAppPassword, readAppPassword } from '../../lib/appPasswordText.ts';
import { newId } from '../../lib/ids.ts';
import { utcDate, utcDateOrNull } from '../../lib/utcDate.ts';
import { hashAppPassword } from '../auth/findAppPassword.ts';
import { audit } from '../audit/audit.ts';
import type { AuditObject } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { Context, World } from '../context.ts';
import { findBook } from '../sharing/access.ts';
import { normalize } from '../../lib/unicode/normalize.ts';

/** What a program signs in with, as its person sees it; the secret is only shown once, when it is created. */
export type AppPassword = {
  readonly id: string;
  readonly name: string;
  readonly mayWrite: boolean;
  /** The one folder that it opens; null: everything that the person sees. */
  readonly addressBookId: string | null;
  readonly createdAt: string;
  /** To the hour; null: never. */
  readonly lastUsedAt: string | null;
  readonly isRevoked: boolean;
};

/** The properties of a new app password. */
export type NewAppPassword = Pick<AppPassword, 'name' | 'mayWrite' | 'addressBookId'>;

const mostPerPerson = 100;
const longestName = 100;
/** So long a revoked one can be taken back. */
const revokedLife = 24 * 3600 * 1000;

/** The person's app passwords, newest first; revoked ones for a day. */
export async function listAppPasswords(context: Context): Promise<AppPassword[]> {
  requireOwnSignIn(context);
  const { db, actor } = context;
  const mine = db.build.selectFrom('app_password').selectAll().where('principal_id', '=', actor.principalId);
  return (await db.all(mine.orderBy('created_at', 'desc').orderBy('id', 'desc'))).map(view);
}

/**
 * Creates an app password. Errors: `invalid` name or addressBookId, `overQuota`, `forbidden` if the person is signed in
 * with another app password.
 */
export async function createAppPassword(
  context: Context,
  wanted: NewAppPassword,
): Promise<AppPassword & { readonly secret: string }> {
  requireOwnSignIn(context);
  // A guest comes by a link that ends; what they leave behind must not go on.
  if (context.actor.isGuest) throw new AppError('forbidden', 'Guests have no app passwords');
  const name = readName(wanted.name);
  const secret = newAppPassword();
  const now = context.now();
  const row: AppPasswordRow = {
    id: newId('w', now),
    principal_id: context.actor.principalId,
    name,
    hash: hashAppPassword(context, readAppPassword(secret)!),
    may_write: Number(wanted.mayWrite),
    book_id: wanted.addressBookId,
    created_at: now.toISOString(),
    last_used_at: null,
    revoked_at: null,
  };
  await transact(context, async (tx) => {
    if (wanted.addressBookId !== null && !(await findBook(tx, context, wanted.addressBookId)))
      throw invalid('addressBookId', 'No such address book');
    await requireRoom(tx, context);
    await tx.run(tx.build.insertInto('app_password').values(row));
    const details = { mayWrite: wanted.mayWrite, oneFolder: wanted.addressBookId !== null };
    await audit(tx, context, { kind: 'appPassword.made', object: objectOf(row), details });
  });
  return { ...view(row), secret };
}

/**
 * Renames an app password, revokes it, or undoes that. Whatever was listening or waiting with it ends when it is
 * revoked.
 */
export async function updateAppPassword(
  context: Context,
  id: string,
  edit: (current: AppPassword) => Pick<AppPassword, 'name' | 'isRevoked'>,
): Promise<void> {
  requireOwnSignIn(context);
  await transact(context, async (tx) => {
    const row = await tx.first(
      tx.build
        .selectFrom('app_password')
        .selectAll()
        .where('id', '=', id)
        .where('principal_id', '=', context.actor.principalId),
    );
    if (!row) throw notFound('app password');
    const { name, isRevoked } = edit(view(row));
    const revokedAt = isRevoked ? (row.revoked_at ?? context.now().toISOString()) : null;
    await tx.run(
      tx.build
        .updateTable('app_password')
        .set({ name: readName(name), revoked_at: revokedAt })
        .where('id', '=', id),
    );
    if ((revokedAt === null) !== (row.revoked_at === null)) {
      const kind = revokedAt === null ? 'appPassword.restored' : 'appPassword.revoked';
      await audit(tx, context, { kind, object: objectOf(row) });
    }
    tx.resubscribed(context.actor.principalId);
  });
}

/** Revokes an app password for good. */
export async function destroyAppPassword(context: Context, id: string): Promise<void> {
  requireOwnSignIn(context);
  await transact(context, async (tx) => {
    const { principalId } = context.actor;
    const all = tx.build.selectFrom('app_password').selectAll().where('id', '=', id);
    const row = await tx.first(all.where('principal_id', '=', principalId));
    if (!row) throw notFound('app password');
    await tx.run(tx.build.deleteFrom('app_password').where('id', '=', id));
    if (row.revoked_at === null) await audit(tx, context, { kind: 'appPassword.revoked', object: objectOf(row) });
    tx.resubscribed(principalId);
  });
}

/** Deletes app passwords that were revoked a day ago; returns their number. */
export function purgeAppPasswords(world: World): Promise<number> {
  const before = new Date(world.now().getTime() - revokedLife).toISOString();
  return world.db.transaction((tx) => tx.run(tx.build.deleteFrom('app_password').where('revoked_at', '<', before)));
}

/** A program that was let in with one can neither make more, nor see or end the others. */
function requireOwnSignIn({ actor }: Context): void {
  if (actor.appPasswordId !== undefined)
    throw new AppError('forbidden', 'App passwords are managed by who signed in without one', {
      reason: 'appPasswordScope',
    });
}

function readName(text: string): string {
  const name = normalize(text, 'NFC').trim();
  if (name !== '' && [...name].length <= longestName && !/\p{Cc}|\p{Surrogate}/u.test(name)) return name;
  throw invalid('name', `A name of one line and at most ${longestName} characters`, { reason: 'nameInvalid' });
}

async function requireRoom(tx: Writer, { actor }: Context): Promise<void> {
  const mine = tx.build.selectFrom('app_password').select('id').where('principal_id', '=', actor.principalId);
  if ((await tx.all(mine)).length >= mostPerPerson)
    throw new AppError('overQuota', `At most ${mostPerPerson} app passwords`);
}

function objectOf({ id, name }: AppPasswordRow): AuditObject {
  return { type: 'AppPassword', id, name };
}

function view(row: AppPasswordRow): AppPassword {
  return {
    id: row.id,
    name: row.name,
    mayWrite: row.may_write === 1,
    addressBookId: row.book_id,
    createdAt: utcDate(row.created_at),
    lastUsedAt: utcDateOrNull(row.last_used_at),
    isRevoked: row.revoked_at !== null,
  };
}
