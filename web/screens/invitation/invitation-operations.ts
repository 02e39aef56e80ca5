import { reloadSession } from '../../api/session.ts';
import { setStrictly } from '../../api/jmap.ts';
import { load, optimistically, sync } from '../../api/store.ts';
import type { Id, InvitationStatus, ShareInvitation, ShareMail } from '../../../client/src/types.ts';
import { messages } from '../../locales/messages.ts';
import { showToast } from '../../ui/toasts.tsx';
import { attempt, silently } from '../sharing/share-operations.ts';

/** What a person says to an invitation. */
export interface InvitationAnswer {
  readonly status: InvitationStatus;
  readonly name?: string;
  readonly color?: string | null;
}

/**
 * Accepts, declines or takes the answer back; throws the server's refusal. When it is done, the folders of an
 * accepted share are there.
 */
export async function answerInvitation(
  accountId: Id,
  invitation: ShareInvitation,
  answer: InvitationAnswer,
  mail: ShareMail,
): Promise<void> {
  await setStrictly('ShareInvitation', accountId, { update: { [invitation.id]: { ...answer } }, mail });
  await sync('ShareInvitation', accountId);
  // The owner's account has come, or has gone when this was its only share.
  await reloadSession();
  if (answer.status !== 'accepted') return;
  await load('AddressBook', invitation.ownerAccountId);
  await sync('AddressBook', invitation.ownerAccountId);
}

/** Accepts or declines at once and says so; « Annuler » puts the invitation back where it was. */
export function answerAtOnce(accountId: Id, invitation: ShareInvitation, status: 'accepted' | 'declined'): void {
  attempt(
    answerInvitation(accountId, invitation, { status }, silently).then(() => tellAnswer(accountId, invitation, status)),
  );
}

/** Says what was answered, with « Annuler ». */
export function tellAnswer(
  accountId: Id,
  before: ShareInvitation,
  status: 'accepted' | 'declined',
  name?: string,
): void {
  const { sharing } = messages();
  const back = { status: before.status, ...(before.name === null ? {} : { name: before.name }) };
  const undo = () => attempt(answerInvitation(accountId, before, back, silently));
  const own = name ?? before.name ?? before.proposedName;
  const text =
    status === 'accepted' ? sharing.invitation.accepted(own) : sharing.invitation.declined(before.sharedName);
  showToast(text, { undo });
}

/** Puts an announcement of a change away (RFC 9670 §3: to destroy is to dismiss). */
export async function dismissNotifications(accountId: Id, ids: readonly Id[]): Promise<void> {
  await optimistically('ShareNotification', accountId, { destroy: ids }, () =>
    setStrictly('ShareNotification', accountId, { destroy: ids }),
  );
}
