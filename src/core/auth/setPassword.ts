import type { Writer } from '../../db/database.ts';
import { invalid, notFound } from '../../errors.ts';
import { hashPassword } from '../../lib/passwordHash.ts';
import type { PasswordCost } from '../../lib/passwordHash.ts';
import { audit } from '../audit/audit.ts';
import type { Doer } from '../audit/audit.ts';
import type { World } from '../context.ts';
import { writeCredential } from '../principal/createPerson.ts';
import { inDirectory } from '../principal/inDirectory.ts';
import { signOutElsewhere, signOutHere } from './signOut.ts';

/** The minimum length of a password that people choose; those of the demonstration are shorter. */
const shortestPassword = 10;

/**
 * Gives a person who was created here a new password, and ends all their sessions. Errors: `forbidden` (inDirectory).
 */
export async function setPassword(
  world: World,
  personId: string,
  password: string,
  cost?: PasswordCost,
): Promise<void> {
  requireLongEnough(password);
  const hash = await hashPassword(password, cost);
  await world.db.transaction((tx) => writePassword(tx, world, personId, hash));
  tellSignedOut(world, personId);
}

/** To be called after a password was written: closes what the person has open. */
export function tellSignedOut(world: World, personId: string): void {
  signOutHere(world, { personId, sessionHash: null });
}

/** The part of `setPassword` that writes, with a hash computed before. */
export async function writePassword(tx: Writer, doer: Doer, personId: string, hash: string): Promise<void> {
  const find = tx.build
    .selectFrom('principal')
    .select('source')
    .where('id', '=', personId)
    .where('kind', '=', 'individual');
  const person = await tx.first(find);
  if (!person) throw notFound('person');
  if (person.source !== 'local') throw inDirectory();
  await writeCredential(tx, personId, hash, doer.now());
  const sessions = await tx.run(tx.build.deleteFrom('session').where('principal_id', '=', personId));
  signOutElsewhere(tx, { personId, sessionHash: null });
  await audit(tx, doer, {
    kind: 'password.changed',
    object: { type: 'Principal', id: personId },
    details: { endedSessions: sessions },
  });
}

/** Throws `invalid` for a password that is too short, or too long to be checked. */
export function requireLongEnough(password: string): void {
  const length = [...password].length;
  if (length >= shortestPassword && length <= 500) return;
  throw invalid('password', `A password has at least ${shortestPassword} characters`, { reason: 'passwordTooShort' });
}
