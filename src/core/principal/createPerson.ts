import type { Writer } from '../../db/database.ts';
import type { PrincipalRow } from '../../db/schema.ts';
import { hashPassword } from '../../lib/passwordHash.ts';
import type { PasswordCost } from '../../lib/passwordHash.ts';
import { audit } from '../audit/audit.ts';
import { transact } from '../change/transact.ts';
import type { World } from '../context.ts';
import { insertPrincipal } from './insertPrincipal.ts';
import type { NewPrincipal } from './insertPrincipal.ts';

/** A person to be made; without a password they cannot sign in yet. */
export type NewPerson = NewPrincipal & {
  readonly password?: string | undefined;
  /** Cheaper than the standard for tests alone. */
  readonly passwordCost?: PasswordCost | undefined;
  readonly isAdministrator?: boolean;
};

/** Makes a person. Errors: `invalid` (name, email), `exists` (email). */
export async function createPerson(world: World, wanted: NewPerson): Promise<PrincipalRow> {
  const [person] = await createPeople(world, [wanted]);
  return person!;
}

/** Makes many people in one transaction: all or nobody. */
export async function createPeople(world: World, wanted: readonly NewPerson[]): Promise<PrincipalRow[]> {
  const hashes: (string | null)[] = [];
  for (const one of wanted) hashes.push(await hashFor(one));
  return transact(world, async (tx) => {
    const people: PrincipalRow[] = [];
    for (const [index, one] of wanted.entries()) {
      const person = await insertPrincipal(tx, world.now(), 'individual', one);
      const hash = hashes[index];
      if (hash) await writeCredential(tx, person.id, hash, world.now());
      await audit(tx, world, { kind: 'person.made', object: { type: 'Principal', id: person.id } });
      if (one.isAdministrator)
        await audit(tx, world, { kind: 'administrator.made', object: { type: 'Principal', id: person.id } });
      people.push(person);
    }
    return people;
  });
}

async function hashFor(person: NewPerson): Promise<string | null> {
  return person.password === undefined ? null : hashPassword(person.password, person.passwordCost);
}

/** Keeps the hash of a person's password, in the place of an earlier one. */
export async function writeCredential(writer: Writer, personId: string, hash: string, now: Date): Promise<void> {
  const values = { principal_id: personId, password_hash: hash, changed_at: now.toISOString() };
  const insert = writer.build.insertInto('credential').values(values);
  await writer.run(insert.onConflict((conflict) => conflict.column('principal_id').doUpdateSet(values)));
}
