import type { Writer } from '../../db/database.ts';
import type { PrincipalRow } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import { AppError, invalid } from '../../errors.ts';
import { isEmailAddress } from '../../format/mail/emailAddress.ts';
import { newId } from '../../lib/ids.ts';
import type { PrincipalDetails } from '../listing/details.ts';
import { writeDirectoryCard } from '../listing/directoryCard.ts';
import { emailKey } from './emailKey.ts';
import { claimLogins } from './logins.ts';
import type { Login } from './logins.ts';
import { principalNameKey } from './nameKey.ts';
import { writeTokens } from './tokens.ts';
import { directoryChanged } from './directoryState.ts';
import { normalize } from '../../lib/unicode/normalize.ts';

/** What people and groups have in common when they are made. */
export type NewPrincipal = {
  readonly name: string;
  readonly email?: string | null;
  readonly description?: string | null;
  readonly timeZone?: string | null;
  readonly details?: PrincipalDetails;
};

/** Writes a new principal with its tokens; the address must be one and must be free. */
export async function insertPrincipal(
  writer: Writer,
  now: Date,
  kind: PrincipalRow['kind'],
  wanted: NewPrincipal & { readonly isAdministrator?: boolean; readonly isGuest?: boolean },
): Promise<PrincipalRow> {
  const { isGuest = false } = wanted;
  const email = readEmail(wanted.email);
  const name = readPrincipalName(wanted.name);
  if (email !== null) await requireFree(writer, email);
  const principal: PrincipalRow = {
    id: newId(kind === 'group' ? 'g' : 'p', now),
    kind,
    name,
    email,
    email_key: null,
    description: wanted.description ?? null,
    time_zone: wanted.timeZone ?? null,
    is_active: 1,
    is_administrator: Number(wanted.isAdministrator ?? false),
    groups_version: 0,
    created_at: now.toISOString(),
    source: 'local',
    external_id: null,
    is_listed: Number(!isGuest),
    details: JSON.stringify(wanted.details ?? {}),
    name_key: principalNameKey(name),
    digest: null,
    used_at: null,
    is_guest: Number(isGuest),
    idle_since: null,
    place: null,
  };
  await writer.run(insertRow(writer, { row: principal }));
  await claimLogins(writer, { principalId: principal.id, email, wanted: loginsOf(email) }, now);
  // Of a guest the directory knows nothing.
  if (!isGuest) {
    await writeTokens(writer, principal);
    await writeDirectoryCard(writer, principal.id);
    await directoryChanged(writer, principal.id);
  }
  return { ...principal, email_key: email === null ? null : emailKey(email) };
}

const insertRow = statement((build, { row }: { row: PrincipalRow }) => build.insertInto('principal').values(row));

/** The name as it is kept: one line, not empty. */
export function readPrincipalName(name: string): string {
  const trimmed = normalize(name, 'NFC').replace(/\s+/gu, ' ').trim();
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

/** What somebody of the local directory is called: their address. */
export function loginsOf(email: string | null): Login[] {
  return email === null ? [] : [{ key: emailKey(email), isAddress: true }];
}

const claimantsOf = statement((build, value: { key: string }) =>
  build
    .selectFrom('principal_login')
    .innerJoin('principal', 'principal.id', 'principal_login.principal_id')
    .select('principal_id')
    .where('login_key', '=', value.key)
    .where('is_address', '=', 1)
    .where('is_guest', '=', 0),
);

/**
 * Throws `exists` when somebody else has this address, or had it here: addresses are not given to another person by
 * mistake. (Those whom the organisation's directory lets go have given theirs up; guests make way.)
 */
export async function requireFree(writer: Writer, email: string, exceptId?: string): Promise<void> {
  const holders = await writer.all(claimantsOf(writer, { key: emailKey(email) }));
  const other = holders.find((row) => row.principal_id !== exceptId);
  if (!other) return;
  throw new AppError('exists', `Somebody has the address ${email} already`, {
    properties: ['email'],
    existingId: other.principal_id,
  });
}
