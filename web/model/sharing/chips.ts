import { isEmailAddress } from '../../../src/format/mail/emailAddress.ts';
import type { Id, SetError, ShareType, Suggestion } from '../../../client/src/types.ts';
import { suggestionKey } from './suggestions.ts';
import { sameAddress, type TypedAddress } from './addresses.ts';

/** What is wrong with one of the addresses that a folder is to be shared with. */
export type ChipProblem =
  | 'unknown'
  | 'invalid'
  | 'self'
  | 'owner'
  | 'exists'
  | 'forbidden'
  | 'tooMany'
  | 'tooManyMails'
  | 'tooLate'
  | 'failed';

/** One chosen address in the sharing dialog. */
export interface Chip {
  /** What was typed or chosen; of a group without an address null. */
  readonly email: string | null;
  readonly name: string | null;
  readonly kind: 'individual' | 'group' | 'contact' | 'typed';
  readonly principalId: Id | null;
  readonly memberCount: number | null;
  readonly problem: ChipProblem | null;
  /** The share that there is already, to offer its notification again. */
  readonly existingId: Id | null;
}

/** Who cannot be chosen, and among whom one chooses. */
export interface ChipContext {
  readonly type: ShareType;
  readonly ownEmail: string | null;
  readonly ownPrincipalId: Id;
  /** The owner of the folder: somebody else where one administers a shared folder. */
  readonly ownerPrincipalId: Id;
}

/** A chip is known by its address, like what is suggested. */
export function chipKey(chip: Pick<Chip, 'email' | 'principalId'>): string {
  return suggestionKey(chip);
}

/** The chip of a text that somebody typed or pasted. */
export function typedChip({ name, email }: TypedAddress, context: ChipContext): Chip {
  return checked(
    { email, name, kind: 'typed', principalId: null, memberCount: null, problem: null, existingId: null },
    context,
  );
}

/** The chip of a suggestion that was chosen. */
export function suggestedChip({ email, name, kind, principalId, memberCount }: Suggestion, context: ChipContext): Chip {
  return checked({ email, name, kind, principalId, memberCount, problem: null, existingId: null }, context);
}

/** A chip with what can be said against it without asking the server. */
export function checked(chip: Chip, context: ChipContext): Chip {
  return { ...chip, problem: problemHere(chip, context), existingId: null };
}

function problemHere({ email, principalId, kind }: Chip, context: ChipContext): ChipProblem | null {
  const isMe =
    principalId === context.ownPrincipalId || (context.ownEmail !== null && sameAddress(email, context.ownEmail));
  if (isMe) return 'self';
  if (principalId !== null && principalId === context.ownerPrincipalId) return 'owner';
  if (email === null) return context.type === 'principal' && kind === 'group' ? null : 'invalid';
  return isEmailAddress(email) ? null : 'invalid';
}

/** The chips with others behind them; an address that is there already stays as it is. */
export function addChips(chips: readonly Chip[], added: readonly Chip[]): readonly Chip[] {
  return added.reduce<readonly Chip[]>(
    (all, chip) => (all.some((other) => chipKey(other) === chipKey(chip)) ? all : [...all, chip]),
    chips,
  );
}

/** The chips after one of them has changed; it may have been removed meanwhile, or have become one that is there. */
export function replaceChip(chips: readonly Chip[], key: string, change: (chip: Chip) => Chip): readonly Chip[] {
  return addChips(
    [],
    chips.map((chip) => (chipKey(chip) === key ? change(chip) : chip)),
  );
}

/** What the directory says of a typed address: whose it is, or that nobody has it. */
export function recognised(chip: Chip, found: Suggestion | undefined, context: ChipContext): Chip {
  const isOpen = chip.problem === null || chip.problem === 'invalid';
  if (!isOpen || chip.principalId !== null) return chip;
  // A name typed without choosing is as good as an address when only one person has it.
  if (found?.principalId) return suggestedChip(found, context);
  return chip.problem === null && context.type === 'principal' ? { ...chip, problem: 'unknown' } : chip;
}

/** True for what « OK » would send: the server has the last word on an address that seems unknown. */
export function isSendable({ problem }: Chip): boolean {
  return problem !== 'self' && problem !== 'owner' && problem !== 'invalid';
}

const problems: Readonly<Record<string, ChipProblem>> = {
  unknownPrincipal: 'unknown',
  invalidEmail: 'invalid',
  sharingWithSelf: 'self',
  sharingWithOwner: 'owner',
  shareExists: 'exists',
  forbidden: 'forbidden',
  overQuota: 'tooMany',
  rateLimit: 'tooManyMails',
  expiresTooLate: 'tooLate',
};

/** The chip with what the server refused it for. */
export function refusedChip(chip: Chip, error: SetError): Chip {
  return { ...chip, problem: problems[error.type] ?? 'failed', existingId: error.existingId ?? null };
}
