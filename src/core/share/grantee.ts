import type { Reader } from '../../db/database.ts';
import type { PrincipalRow } from '../../db/schema.ts';
import { AppError } from '../../errors.ts';
import { isEmailAddress } from '../../format/mail/emailAddress.ts';
import type { Context } from '../context.ts';
import { findPrincipalByEmail } from '../principal/findPrincipalByEmail.ts';
import type { NewShare } from './types.ts';

/** Whom a share is for. */
export type Grantee =
  | { readonly type: 'principal'; readonly principal: PrincipalRow }
  | { readonly type: 'guest'; readonly email: string }
  | { readonly type: 'public' };

/** Finds out who is meant; an inside address among the guests is the person inside. Errors: `invalid` with the reason. */
export async function readGrantee(
  reader: Reader,
  context: Context,
  ownerId: string,
  wanted: NewShare,
): Promise<Grantee> {
  if (wanted.type === 'public') return { type: 'public' };
  const principal = await findPrincipal(reader, wanted);
  if (principal) return { type: 'principal', principal: requireOther(principal, context, ownerId) };
  const email = (wanted.email ?? '').trim();
  if (wanted.type === 'guest' && isEmailAddress(email)) return { type: 'guest', email: email.toLowerCase() };
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
      .where('is_active', '=', 1);
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

/** A share that cannot be made; the reason is what clients go by. */
export function refused(reason: string, message: string, details: Record<string, unknown> = {}): AppError {
  return new AppError(reason === 'shareExists' ? 'exists' : 'invalid', message, { reason, ...details });
}
