import { AppError, notFound } from '../../errors.ts';
import type { Reader } from '../../db/database.ts';
import { oneLine } from '../../format/mail/oneLine.ts';
import { hashPassword } from '../../lib/passwordHash.ts';
import type { PasswordCost } from '../../lib/passwordHash.ts';
import { requireLongEnough } from '../auth/setPassword.ts';
import { signOutElsewhere, signOutHere } from '../auth/signOut.ts';
import { audit } from '../audit/audit.ts';
import { transact, within } from '../change/transact.ts';
import type { Transaction } from '../change/transaction.ts';
import type { Context, World } from '../context.ts';
import { answerInvitation } from '../invitation/answerInvitation.ts';
import { writeCredential } from '../principal/createPerson.ts';
import { readPrincipalName } from '../principal/insertPrincipal.ts';
import { principalNameKey } from '../principal/nameKey.ts';
import { findOffered } from '../sharing/access.ts';
import { findGuestInvitation } from './findGuestInvitation.ts';
import type { FoundInvitation } from './findGuestInvitation.ts';

/** What a guest chooses who comes by their personal link. */
export type GuestChoice = {
  readonly token: string;
  readonly name: string;
  readonly password: string;
  /** That of the page on which they chose: mails will come in it. */
  readonly language: 'fr' | 'en';
  readonly passwordCost?: PasswordCost | undefined;
};

/**
 * A guest comes for the first time: sets their name and password, and accepts the folder. Their earlier sessions end,
 * and the link is used up. Errors: `notFound` (the link is wrong, or what it was for has ended); `forbidden`
 * (invitationExpired, invitationUsed); `invalid` (name, password).
 */
export async function acceptGuestInvitation(world: World, choice: GuestChoice): Promise<FoundInvitation> {
  // First without the transaction: hashing takes time, and only the holder of a link may cause it.
  await requireOpen(world, world.db, choice.token);
  // Whoever shares will read it: nothing in it controls or turns around what stands beside it.
  const name = readPrincipalName(oneLine(choice.name, 1000));
  requireLongEnough(choice.password);
  const hash = await hashPassword(choice.password, choice.passwordCost);
  const accepted = await transact(world, async (tx) => {
    const invitation = await requireOpen(world, tx, choice.token);
    const { build } = tx;
    const { guestId } = invitation;
    await writeCredential(tx, guestId, hash, world.now());
    const named = { name, name_key: principalNameKey(name) };
    await tx.run(build.updateTable('principal').set(named).where('id', '=', guestId));
    await tx.run(build.deleteFrom('session').where('principal_id', '=', guestId));
    signOutElsewhere(tx, { personId: guestId, sessionHash: null });
    const used = { used_at: world.now().toISOString() };
    await tx.run(build.updateTable('guest_invitation').set(used).where('share_id', '=', invitation.shareId));
    await chooseLanguage(tx, guestId, choice.language);
    const context: Context = { ...within(world, tx), way: 'web', actor: actorFor(guestId, choice.language) };
    await audit(tx, context, { kind: 'guest.came' });
    await acceptFolder(context, invitation);
    // Whoever shares with them sees the name.
    tx.changed({
      accountId: invitation.accountId,
      type: 'Share',
      id: invitation.shareId,
      kind: 'updated',
      bookId: invitation.addressBookId,
    });
    return invitation;
  });
  // Windows that were open by the password before close.
  signOutHere(world, { personId: accepted.guestId, sessionHash: null });
  return accepted;
}

const refusals = {
  expired: { reason: 'invitationExpired', words: 'This link has expired: ask for a new one' },
  used: { reason: 'invitationUsed', words: 'This link was used already: sign in with your password' },
} as const;

async function requireOpen(world: World, reader: Reader, token: string): Promise<FoundInvitation> {
  const invitation = await findGuestInvitation(world, reader, token);
  if (!invitation) throw notFound('invitation');
  if (invitation.step !== 'expired' && invitation.step !== 'used') return invitation;
  const { reason, words } = refusals[invitation.step];
  throw new AppError('forbidden', words, { reason });
}

function actorFor(principalId: string, language: 'fr' | 'en'): Context['actor'] {
  return { principalId, language, isGuest: true };
}

/** A choice of their own, made earlier, stays. */
async function chooseLanguage(tx: Transaction, principalId: string, language: string): Promise<void> {
  const row = { principal_id: principalId, language, theme: null, collects: 0 };
  const insert = tx.build.insertInto('preference').values(row);
  await tx.run(insert.onConflict((conflict) => conflict.doNothing()));
}

/** A folder below one that they have been given already comes with it. */
async function acceptFolder(context: Context, { addressBookId }: FoundInvitation): Promise<void> {
  const seen = await findOffered(context.db, context, addressBookId);
  if (seen?.isShareRoot) await answerInvitation(context, addressBookId, { status: 'accepted' });
}
