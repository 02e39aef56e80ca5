import { timingSafeEqual } from 'node:crypto';
import type { Reader, Writer } from '../../db/database.ts';
import type { PrincipalRow } from '../../db/schema.ts';
import { AppError } from '../../errors.ts';
import { hashSecret, newSecret } from '../../lib/ids.ts';
import { hashPassword } from '../../lib/passwordHash.ts';
import type { PasswordCost } from '../../lib/passwordHash.ts';
import { audit } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { World } from '../context.ts';
import { writeCredential } from '../principal/createPerson.ts';
import { insertPrincipal } from '../principal/insertPrincipal.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { requireLongEnough } from './setPassword.ts';

const validHours = 24;

/** Whether there are no people yet, so that the first administrator must be created. */
export async function isEmpty(reader: Reader): Promise<boolean> {
  return !(await reader.first(
    reader.build.selectFrom('principal').select('id').where('kind', '=', 'individual').limit(1),
  ));
}

/** Creates the secret for the one-time link of the first start; an earlier one becomes invalid. */
export async function createSetupToken(world: World): Promise<string> {
  const token = newSecret();
  const expiresAt = new Date(world.now().getTime() + validHours * 3_600_000).toISOString();
  await world.db.transaction((tx) => writeSetting(tx, 'setup', JSON.stringify({ hash: hashSecret(token), expiresAt })));
  return token;
}

/**
 * Creates the first administrator. Errors: `forbidden` (the link is no longer valid or was used), `invalid` (name,
 * email, password).
 */
export async function setUpAdministrator(
  world: World,
  wanted: { token: string; name: string; email: string; password: string; passwordCost?: PasswordCost | undefined },
): Promise<PrincipalRow> {
  // First without the transaction: hashing takes time, and only the holder of the link may cause it.
  await requireToken(world, world.db, wanted.token);
  requireLongEnough(wanted.password);
  const hash = await hashPassword(wanted.password, wanted.passwordCost);
  return transact(world, async (tx) => {
    await requireToken(world, tx, wanted.token);
    const { name, email } = wanted;
    const person = await insertPrincipal(tx, world.now(), 'individual', { name, email, isAdministrator: true });
    await writeCredential(tx, person.id, hash, world.now());
    await endSetup(tx);
    const act = { actorId: person.id, object: { type: 'Principal', id: person.id } } as const;
    await audit(tx, { ...world, way: 'web' }, { kind: 'administrator.made', ...act });
    return person;
  });
}

async function requireToken(world: World, reader: Reader, token: string): Promise<void> {
  const kept = await readSetting(reader, 'setup');
  const setup = kept === undefined ? undefined : (JSON.parse(kept) as { hash: string; expiresAt: string });
  const given = Buffer.from(hashSecret(token));
  const fits =
    setup !== undefined &&
    setup.expiresAt > world.now().toISOString() &&
    timingSafeEqual(given, Buffer.from(setup.hash));
  if (fits && (await isEmpty(reader))) return;
  throw new AppError('forbidden', 'This link has ended or was used already', { reason: 'setupRefused' });
}

async function endSetup(writer: Writer): Promise<void> {
  await writer.run(writer.build.deleteFrom('setting').where('name', '=', 'setup'));
}
