import type { Reader, Writer } from '../../db/database.ts';
import type { PrincipalRow } from '../../db/schema.ts';
import { AppError } from '../../errors.ts';
import { isEmailAddress } from '../../format/mail/emailAddress.ts';
import type { Context } from '../context.ts';
import { findPrincipalByEmail } from '../principal/findPrincipalByEmail.ts';
import { ensureGuest } from '../principal/ensureGuest.ts';
import { requireAllowed } from './outside.ts';
import type { NewShare } from './types.ts';

/** With whom something is shared. */
export type Grantee =
  | { readonly type: 'principal'; readonly principal: PrincipalRow }
  | { readonly type: 'guest'; readonly email: string; readonly principal: PrincipalRow }
  | { readonly type: 'public' };

/**
 * Finds out who is meant. A guest address that belongs to somebody inside means that person; an unknown one becomes a
 * guest. Errors: `invalid` with the reason, `forbidden` if people outside are not allowed.
 */
export async function readGrantee(tx: Writer, context: Context, ownerId: string, wanted: NewShare): Promise<Grantee> {
  if (wanted.type === 'public') {
    requireAllowed(context, 'public');
    return { type: 'public' };
  }
  const principal = await findPrincipal(tx, wanted);
  if (principal) return { type: 'principal', principal: requireOther(principal, context, ownerId) };
  const email = (wanted.email ?? '').trim();
  if (wanted.type === 'guest' && isEmailAddress(email)) {
    requireAllowed(context, 'guest');
    const guest = await ensureGuest(tx, email.toLowerCase(), context.now());
    return { type: 'guest', email: email.toLowerCase(), principal: guest };
  }
  if (wanted.email !== undefined && wanted.email !== null && !isEmailAddress(email)) {
    throw refused('invalidEmail', `"${email}" is not an e-mail address`, {
      email: wanted.email,
      properties: ['email'],
    });
  }
  throw refused('unknownPrincipal', 'Nobody in the directory has this address', {
    email: wanted.email ?? null,
    properties: ['email'],
  });
}

async function findPrincipal(reader: Reader, wanted: NewShare): Promise<PrincipalRow | undefined> {
  if (wanted.principalId) {
    const byId = reader.build
      .selectFrom('principal')
      .selectAll()
      .where('id', '=', wanted.principalId)
      .where('is_active', '=', 1)
      .where('is_guest', '=', 0);
    return reader.first(byId);
  }
  return wanted.email ? findPrincipalByEmail(reader, wanted.email.trim()) : undefined;
}

function requireOther(principal: PrincipalRow, context: Context, ownerId: string): PrincipalRow {
  if (principal.id === context.actor.principalId)
    throw refused('sharingWithSelf', 'One cannot share a folder with oneself');
  if (principal.id === ownerId) throw refused('sharingWithOwner', 'The owner has every right on the folder already');
  return principal;
}

/** The error for a share that cannot be made; clients go by its reason. */
export function refused(reason: string, message: string, details: Record<string, unknown> = {}): AppError {
  return new AppError(reason === 'shareExists' ? 'exists' : 'invalid', message, { reason, ...details });
}
