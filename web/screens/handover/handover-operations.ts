import { SetFailure } from '../../../client/src/errors.ts';
import type { AccessRequest, FolderHandover, GrantedRole } from '../../../client/src/requests.ts';
import type { Id } from '../../../client/src/types.ts';
import { describeError } from '../../api/errors.ts';
import { setStrictly } from '../../api/jmap.ts';
import { reloadSession } from '../../api/session.ts';
import { load, optimistically, sync } from '../../api/store.ts';
import { currentLanguage } from '../../locales/messages.ts';
import { navigate } from '../../model/navigation.ts';
import { folderPath } from '../../model/route.ts';
import { dayInWords } from '../../model/sharing/end-date.ts';
import { showToast } from '../../ui/toasts.tsx';
import { handoverTexts } from './handover-texts.ts';

/** What is said of a new offer. */
export type NewHandover = Pick<FolderHandover, 'addressBookId' | 'keptRole' | 'note'> & {
  readonly toId: Id;
};

/** Offers a folder to somebody; throws the server's refusal. */
export async function offerFolder(accountId: Id, wanted: NewHandover, names: Names): Promise<void> {
  await setStrictly('FolderHandover', accountId, { create: { new: { ...wanted } } });
  await sync('FolderHandover', accountId);
  showToast(handoverTexts().offered(names.folder, names.to));
}

/** Whom and what a message is about. */
type Names = { readonly folder: string; readonly to: string };

/** Withdraws an offer, or puts the answer to it away. */
export async function endHandover(accountId: Id, { id, name, status }: FolderHandover): Promise<void> {
  await optimistically('FolderHandover', accountId, { destroy: [id] }, () =>
    setStrictly('FolderHandover', accountId, { destroy: [id] }),
  );
  if (status === 'waiting') showToast(handoverTexts().withdrawn(name));
}

/** Accepts or declines a folder; when it is accepted, it is among one's own and open. */
export async function answerHandover(
  accountId: Id,
  { id, name, addressBookId }: FolderHandover,
  status: 'accepted' | 'declined',
): Promise<void> {
  await setStrictly('FolderHandover', accountId, { update: { [id]: { status } } });
  if (status === 'accepted') {
    // The account of the old owner may have gone, or come to more.
    await reloadSession();
    await load('AddressBook', accountId);
    await sync('AddressBook', accountId);
  }
  navigate(status === 'accepted' ? folderPath(accountId, addressBookId) : '/', { replace: true });
  await sync('FolderHandover', accountId);
  showToast(handoverTexts()[status](name));
}

/** Asks the owner of a folder for access. */
export async function askForAccess(
  accountId: Id,
  { addressBookId, note }: { readonly addressBookId: Id; readonly note: string | null },
  ownerName: string,
): Promise<void> {
  await setStrictly('AccessRequest', accountId, { create: { new: { addressBookId, note } } });
  await sync('AccessRequest', accountId);
  showToast(handoverTexts().asked(ownerName));
}

/** Withdraws a request, or puts the answer to it away. */
export async function endRequest(accountId: Id, { id, status }: AccessRequest): Promise<void> {
  await optimistically('AccessRequest', accountId, { destroy: [id] }, () =>
    setStrictly('AccessRequest', accountId, { destroy: [id] }),
  );
  if (status === 'waiting') showToast(handoverTexts().unasked);
}

/** Gives access to who asked, or (null) declines. */
export async function answerRequest(
  accountId: Id,
  { id, name, askedByName }: AccessRequest,
  role: GrantedRole | null,
): Promise<void> {
  const answer = role === null ? { status: 'declined' } : { status: 'granted', role };
  await setStrictly('AccessRequest', accountId, { update: { [id]: answer } });
  await sync('AccessRequest', accountId);
  const texts = handoverTexts();
  showToast(role === null ? texts.refused(askedByName) : texts.granted(askedByName, name));
}

/** What to do about a refusal of these. */
export function describeRefusal(error: unknown): string {
  const texts = handoverTexts();
  if (!(error instanceof SetFailure)) return describeError(error);
  const { type, reason, retryAfter } = error.error;
  if (reason !== undefined && reason in texts.refusals) return texts.refusals[reason as keyof typeof texts.refusals];
  if (reason === 'askedLately' || reason === 'tooManyRequests')
    return texts.tooOften(retryAfter === undefined ? null : dayInWords(retryAfter, currentLanguage()));
  if (type === 'overQuota') return texts.noRoom;
  if (type === 'hasAccess') return texts.hasAccess;
  if (type === 'unknownPrincipal') return texts.personErrors.unknown;
  if (type === 'notAPerson') return texts.personErrors.group;
  if (type === 'givingToSelf') return texts.personErrors.self;
  return describeError(error);
}
