import type { Writer } from '../../db/database.ts';
import type { PrincipalRow } from '../../db/schema.ts';
import { AppError, invalid } from '../../errors.ts';
import { isEmailAddress } from '../../format/mail/emailAddress.ts';
import { newId } from '../../lib/ids.ts';
import { emailKey } from './emailKey.ts';
import { writeTokens } from './tokens.ts';
import { directoryChanged } from './directoryState.ts';

/** What people and groups have in common when they are made. */
export type NewPrincipal = {
  readonly name: string;
  readonly email?: string | null;
  readonly description?: string | null;
  readonly timeZone?: string | null;
};

/** Writes a new principal with its tokens; the address must be one and must be free. */
export async function insertPrincipal(
  writer: Writer,
  now: Date,
  kind: PrincipalRow['kind'],
  wanted: NewPrincipal & { readonly isAdministrator?: boolean },
): Promise<PrincipalRow> {
  const email = readEmail(wanted.email);
  if (email !== null) await requireFree(writer, email);
  const principal: PrincipalRow = {
    id: newId(kind === 'group' ? 'g' : 'p', now),
    kind,
    name: readPrincipalName(wanted.name),
    email,
    email_key: email === null ? null : emailKey(email),
    description: wanted.description ?? null,
    time_zone: wanted.timeZone ?? null,
    is_active: 1,
    is_administrator: Number(wanted.isAdministrator ?? false),
    groups_version: 0,
    created_at: now.toISOString(),
  };
  await writer.run(writer.build.insertInto('principal').values(principal));
  await writeTokens(writer, principal);
  await directoryChanged(writer);
  return principal;
}

/** The name as it is kept: one line, not empty. */
export function readPrincipalName(name: string): string {
  const trimmed = name.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (trimmed === '' || trimmed.length > 200) throw invalid('name', 'A name has between 1 and 200 characters');
  return trimmed;
}

/** The address as it is kept; null for none. */
export function readEmail(email: string | null | undefined): string | null {
  if (email === undefined || email === null) return null;
  const trimmed = email.trim();
  if (!isEmailAddress(trimmed)) throw invalid('email', `"${trimmed}" is not an e-mail address`);
  return trimmed;
}

/** Throws `exists` when somebody else has this address, or had it: addresses are never given to another person. */
export async function requireFree(writer: Writer, email: string, exceptId?: string): Promise<void> {
  const holder = await writer.first(
    writer.build.selectFrom('principal').select('id').where('email_key', '=', emailKey(email)),
  );
  if (!holder || holder.id === exceptId) return;
  throw new AppError('exists', `Somebody has the address ${email} already`, {
    properties: ['email'],
    existingId: holder.id,
  });
}
