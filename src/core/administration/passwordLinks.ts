import { AppError, notFound } from '../../errors.ts';
import { hashSecret, newSecret } from '../../lib/ids.ts';
import { hashPassword } from '../../lib/passwordHash.ts';
import type { PasswordCost } from '../../lib/passwordHash.ts';
import { requireLongEnough, tellSignedOut, writePassword } from '../auth/setPassword.ts';
import { audit } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { Actor } from '../actor.ts';
import type { Context, World } from '../context.ts';
import type { Reader } from '../../db/database.ts';
import { inDirectory } from '../principal/inDirectory.ts';
import { requireAdministrator } from '../sharing/administrator.ts';

const validHours = 72;

/** A link with which somebody chooses a password of their own, once. */
export type PasswordLink = { readonly url: string; readonly expiresAt: string };

/**
 * Creates a link for a person who was created here; an earlier one ends. Errors: `notFound`, `forbidden`
 * (notAdministrator, inDirectory).
 */
export function createPasswordLink(context: Context, id: string): Promise<PasswordLink> {
  const token = newSecret();
  const expiresAt = new Date(context.now().getTime() + validHours * 3_600_000).toISOString();
  return transact(context, async (tx) => {
    await requireAdministrator(tx, context);
    const { build } = tx;
    const find = build.selectFrom('principal').select('source').where('id', '=', id).where('is_active', '=', 1);
    const person = await tx.first(find.where('kind', '=', 'individual'));
    if (!person) throw notFound('person');
    if (person.source !== 'local') throw inDirectory();
    const values = { token_hash: hashSecret(token), expires_at: expiresAt };
    const insert = build.insertInto('password_link').values({ principal_id: id, ...values });
    await tx.run(insert.onConflict((conflict) => conflict.column('principal_id').doUpdateSet(values)));
    await audit(tx, context, { kind: 'password.linkMade', object: { type: 'Principal', id } });
    return { url: `${context.settings.publicUrl}/password?token=${token}`, expiresAt };
  });
}

/**
 * Sets the password that somebody has chosen by a link, which ends with it. Returns the id of the person. Errors:
 * `forbidden` (linkRefused) if it has ended or was used, `invalid` password.
 */
export async function usePasswordLink(
  world: World,
  token: string,
  password: string,
  cost?: PasswordCost,
): Promise<{ readonly id: string; readonly email: string }> {
  // First without the transaction: hashing takes time, and only the holder of a link may cause it.
  await requireHolder(world, world.db, token);
  requireLongEnough(password);
  const hash = await hashPassword(password, cost);
  const holder = await transact(world, async (tx) => {
    const person = await requireHolder(world, tx, token);
    const themselves: Actor = { principalId: person.id, language: 'fr' };
    await writePassword(tx, { ...world, way: 'web', actor: themselves }, person.id, hash);
    await tx.run(tx.build.deleteFrom('password_link').where('principal_id', '=', person.id));
    return person;
  });
  tellSignedOut(world, holder.id);
  return holder;
}

async function requireHolder(
  { now }: World,
  reader: Reader,
  token: string,
): Promise<{ readonly id: string; readonly email: string }> {
  const row = await reader.first(
    reader.build
      .selectFrom('password_link')
      .innerJoin('principal', 'principal.id', 'password_link.principal_id')
      .select(['principal.id', 'principal.email'])
      .where('token_hash', '=', hashSecret(token))
      .where('expires_at', '>', now().toISOString())
      .where('principal.is_active', '=', 1),
  );
  if (!row) throw new AppError('forbidden', 'This link has ended or was used already', { reason: 'linkRefused' });
  return { id: row.id, email: row.email ?? '' };
}
