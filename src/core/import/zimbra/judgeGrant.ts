import type { Reader } from '../../../db/database.ts';
import type { AddressBookRow, PrincipalRow } from '../../../db/schema.ts';
import type { GranteeKind, ZimbraGrant } from '../../../format/zimbra/types.ts';
import { isEmailAddress } from '../../../format/mail/emailAddress.ts';
import type { Context } from '../../context.ts';
import { findPrincipalByEmail } from '../../principal/findPrincipalByEmail.ts';
import { isAllowed } from '../../share/outside.ts';
import { noRights, rightsOfRole, roleOf } from '../../sharing/rights.ts';
import type { Rights, Role } from '../../sharing/rights.ts';
import { rightsOfLetters } from './rightsOfLetters.ts';
import { findItem } from './zimbraItems.ts';

/** What becomes of a grant, and why not where nothing does. */
export type GrantState =
  /** It is made. */
  | 'new'
  /** The folder is shared with them here already, or the share was ended here: that stays. */
  | 'there'
  /** It gives nothing, or its time is over. */
  | 'nothing'
  /** An archive names people by numbers that mean nothing outside of Zimbra. */
  | 'noAddress'
  /** Nobody here has this address. */
  | 'unknown'
  /** It is the owner. */
  | 'self'
  /** Everybody, a domain, a class of service, a key: there is no such share here. */
  | 'kind'
  /** Sharing with people outside is switched off, or needs a mail. */
  | 'outside';

/** A grant as it would be here. */
export type JudgedGrant = {
  readonly state: GrantState;
  readonly type: 'principal' | 'guest' | 'public';
  /** Whom it is for, as they are called here, else there. */
  readonly name: string;
  readonly email: string | null;
  readonly rights: Rights;
  readonly role: Role;
  /** Whether it is what it was there. */
  readonly isExact: boolean;
  readonly expiresAt: string | null;
};

type Judging = {
  readonly source: string;
  readonly folderId: string;
  /** null: the folder is not there yet. */
  readonly book: AddressBookRow | null;
  /** Whether people outside would get their mail. */
  readonly withMail: boolean;
};

const types: Readonly<Partial<Record<GranteeKind, JudgedGrant['type']>>> = {
  usr: 'principal',
  grp: 'principal',
  guest: 'guest',
  pub: 'public',
};

/** Compares a grant with what is shared here. */
export async function judgeGrant(
  reader: Reader,
  context: Context,
  grant: ZimbraGrant,
  judging: Judging,
): Promise<JudgedGrant> {
  const principal = grant.email === null ? undefined : await findPrincipalByEmail(reader, grant.email);
  // Who was outside there may be inside here.
  const wanted = types[grant.kind] ?? 'principal';
  const type = wanted === 'guest' && principal ? 'principal' : wanted;
  const taken = rightsOfLetters(grant.rights);
  const rights = type === 'principal' ? taken.rights : outsideRights(type, taken.rights);
  return {
    state: await stateOf(reader, context, { grant, judging, principal, type, rights }),
    type,
    name: principal?.name ?? grant.email ?? (type === 'public' ? '' : grant.granteeId),
    email: principal?.email ?? grant.email,
    rights,
    role: roleOf(rights),
    isExact: taken.isExact && rights === taken.rights,
    expiresAt: grant.expiresAt?.toISOString() ?? null,
  };
}

/** Guests look, or add what is theirs; the public looks. */
function outsideRights(type: 'guest' | 'public', rights: Rights): Rights {
  if (!rights.mayRead) return noRights;
  const most = type === 'guest' && rights.mayAdd ? rightsOfRole.contributor : rightsOfRole.viewer;
  return roleOf(rights) === roleOf(most) ? rights : most;
}

type Seen = {
  readonly grant: ZimbraGrant;
  readonly judging: Judging;
  readonly principal: PrincipalRow | undefined;
  readonly type: JudgedGrant['type'];
  readonly rights: Rights;
};

async function stateOf(reader: Reader, context: Context, seen: Seen): Promise<GrantState> {
  const { grant, judging, principal, type, rights } = seen;
  if (types[grant.kind] === undefined) return 'kind';
  if (!rights.mayRead || (grant.expiresAt !== null && grant.expiresAt <= context.now())) return 'nothing';
  const key = { principal_id: context.actor.principalId, source: judging.source, kind: 'share' } as const;
  if (await findItem(reader, { ...key, item_id: shareItem(judging.folderId, grant) })) return 'there';
  if (type === 'principal') {
    if (grant.email === null) return 'noAddress';
    if (!principal) return 'unknown';
    if (principal.id === context.actor.principalId) return 'self';
  } else {
    const isReachable = type === 'public' || (judging.withMail && context.settings.mailEnabled);
    if (type === 'guest' && !isEmailAddress(grant.email ?? '')) return 'noAddress';
    if (!isAllowed(context, type) || !isReachable) return 'outside';
  }
  return judging.book && (await isShared(reader, judging.book.id, seen)) ? 'there' : 'new';
}

/** How the grant is remembered. */
export function shareItem(folderId: string, { granteeId }: ZimbraGrant): string {
  return `${folderId} ${granteeId}`;
}

async function isShared(reader: Reader, bookId: string, { principal, type, grant }: Seen): Promise<boolean> {
  const shares = reader.build.selectFrom('share').select('id').where('book_id', '=', bookId).where('type', '=', type);
  if (type === 'principal') return (await reader.first(shares.where('principal_id', '=', principal!.id))) !== undefined;
  const same = type === 'guest' ? shares.where('email', '=', grant.email!.toLowerCase()) : shares;
  return (await reader.first(same)) !== undefined;
}
