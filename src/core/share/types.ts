import type { Rights, Role } from '../sharing/rights.ts';

/** What the grantees are told by mail: the standard text, the same with a note, or nothing. */
export type MailChoice = { readonly message: 'standard' | 'note' | 'none'; readonly note: string | null };

/** The standard text, without a note. */
export const standardMail: MailChoice = { message: 'standard', note: null };
/** No mail at all. */
export const noMail: MailChoice = { message: 'none', note: null };

/**
 * The properties of a new share: the grantee by id or by address, a role or single rights, an end date (ISO 8601, UTC).
 */
export type NewShare = {
  readonly addressBookId: string;
  readonly type: 'principal' | 'guest' | 'public';
  readonly principalId?: string | null;
  readonly email?: string | null;
  readonly rights: Rights;
  readonly expiresAt?: string | null;
  /** Takes back that such a share has just ended: the answers to it count again. */
  readonly isRestored?: boolean;
};

/** A share as seen by those who may share the folder. */
export type ShareView = {
  readonly id: string;
  readonly addressBookId: string;
  readonly type: 'principal' | 'guest' | 'public';
  readonly principalId: string | null;
  readonly email: string | null;
  readonly name: string;
  readonly granteeKind: 'individual' | 'group' | 'guest' | 'public' | 'unknown';
  readonly memberCount: number | null;
  readonly role: Role;
  readonly rights: Rights;
  readonly status: 'waiting' | 'accepted' | 'declined' | null;
  readonly responses: { readonly waiting: number; readonly accepted: number; readonly declined: number } | null;
  readonly expiresAt: string | null;
  /** When the person, or the guest, accepted or declined. */
  readonly answeredAt: string | null;
  /** Until when the link in the mail to a guest who has not come yet is good; null: it was used, or there is none. */
  readonly linkExpiresAt: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly url: string | null;
};
