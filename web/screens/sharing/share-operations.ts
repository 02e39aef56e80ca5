import { describeError } from '../../api/errors.ts';
import { SetFailure } from '../../../client/src/errors.ts';
import { call } from '../../api/jmap.ts';
import { set, setStrictly } from '../../api/jmap.ts';
import type { SetArguments } from '../../../client/src/client.ts';
import { sync } from '../../api/store.ts';
import type { Id, SetError, SetResponse, Share, ShareMail, ShareType, UTCDate } from '../../../client/src/types.ts';
import type { InAccount } from '../../api/inAccount.ts';
import { messages } from '../../locales/messages.ts';
import type { Chip } from '../../model/sharing/chips.ts';
import { showFailure, showToast } from '../../ui/toasts.tsx';

/** Tells nobody: for what only undoes. */
export const silently: ShareMail = { message: 'none', note: null };

const standard: ShareMail = { message: 'standard', note: null };

/** The roles that can be chosen. */
export type GivenRole = Exclude<Share['role'], 'custom'>;

/** What the sharing dialog asks for; without chips it is « Public ». */
export interface WantedShares {
  readonly accountId: Id;
  readonly addressBookId: Id;
  readonly type: ShareType;
  readonly chips: readonly Chip[];
  readonly role: GivenRole;
  readonly expiresAt: UTCDate | null;
  readonly mail: ShareMail;
}

/** What became of each address, in the order of the chips. */
export interface MadeShares {
  readonly made: readonly { readonly id: Id; readonly url: string | null }[];
  readonly refused: readonly (SetError | undefined)[];
}

/** Makes a share for each address; the right ones are made even when another is wrong. */
export async function makeShares(wanted: WantedShares): Promise<MadeShares> {
  const { accountId, addressBookId, type, role, expiresAt, mail } = wanted;
  const shared = { addressBookId, type, role, expiresAt };
  const grantees = type === 'public' ? [{}] : wanted.chips.map((chip) => granteeOf(chip, type));
  const create = Object.fromEntries(grantees.map((grantee, index) => [`s${index}`, { ...shared, ...grantee }]));
  const { created, notCreated } = await changeShares(accountId, { create }, mail);
  return {
    made: Object.values(created ?? {}).map(({ id, url }) => ({ id, url: url ?? null })),
    refused: grantees.map((_, index) => notCreated?.[`s${index}`]),
  };
}

function granteeOf({ principalId, email }: Chip, type: ShareType): { principalId: Id } | { email: string } {
  return type === 'principal' && principalId ? { principalId } : { email: email ?? '' };
}

async function changeShares(accountId: Id, args: SetArguments, mail: ShareMail): Promise<SetResponse<Share>> {
  const response = await set('Share', accountId, { ...args, mail });
  await showShares(accountId);
  return response;
}

async function showShares(accountId: Id): Promise<void> {
  await Promise.all([sync('Share', accountId), sync('AddressBook', accountId)]);
}

/**
 * Says that shares were made; « Annuler » ends them. A share that was there before (`before`) had only its role
 * changed, and gets it back.
 */
export function tellMade(accountId: Id, made: MadeShares['made'], before: readonly Share[]): void {
  const { sharing } = messages();
  const changed = before.filter(({ id, role }) => role !== 'custom' && made.some((share) => share.id === id));
  const added = made.map(({ id }) => id).filter((id) => !before.some((share) => share.id === id));
  const undo = async () => {
    const update = Object.fromEntries(changed.map(({ id, role, expiresAt }) => [id, { role, expiresAt }]));
    await changeShares(accountId, { update, destroy: added }, silently);
    showToast(sharing.createdUndone);
  };
  showToast(sharing.created(made.length), { undo: () => attempt(undo()) });
}

/** Changes the role or the end date of a share; throws the server's refusal. « Annuler » changes it back. */
export async function editShare(
  share: InAccount<Share>,
  patch: { role?: GivenRole; expiresAt?: UTCDate | null },
  mail: ShareMail,
): Promise<void> {
  const { accountId, id, role, expiresAt } = share;
  await setStrictly('Share', accountId, { update: { [id]: patch }, mail });
  await showShares(accountId);
  const { sharing } = messages();
  const back = { ...(role === 'custom' ? {} : { role }), expiresAt };
  const undo = async () => {
    await setStrictly('Share', accountId, { update: { [id]: back }, mail: silently });
    await showShares(accountId);
  };
  const canUndo = role !== 'custom' || patch.role === undefined;
  showToast(sharing.modified, canUndo ? { undo: () => attempt(undo()) } : {});
}

/** Ends a share; throws the server's refusal. « Annuler » makes it anew. */
export async function revokeShare(share: InAccount<Share>, mail: ShareMail): Promise<void> {
  await setStrictly('Share', share.accountId, { destroy: [share.id], mail });
  await showShares(share.accountId);
  const { sharing } = messages();
  const undo = async () => {
    await remake(share);
    showToast(sharing.restored);
  };
  showToast(sharing.revoked, canComeBack(share) ? { undo: () => attempt(undo()) } : {});
}

/** Ends several shares of one account; throws the first refusal. « Annuler » makes anew what can be. */
export async function endShares(shares: readonly InAccount<Share>[], mail: ShareMail): Promise<void> {
  const [first] = shares;
  if (!first) return;
  const { accountId } = first;
  const { destroyed, notDestroyed } = await changeShares(accountId, { destroy: shares.map(({ id }) => id) }, mail);
  const ended = new Set(destroyed ?? []);
  const back = shares.filter((share) => ended.has(share.id) && canComeBack(share));
  const { sharing } = messages();
  const undo = async () => {
    for (const share of back) await remake(share);
    showToast(sharing.overview.back(back.length));
  };
  const action = back.length > 0 ? { undo: () => attempt(undo()) } : {};
  if (ended.size > 0) showToast(sharing.overview.ended(ended.size), action);
  // What ended meanwhile is no failure.
  const refused = Object.values(notDestroyed ?? {}).find(({ type }) => type !== 'notFound');
  if (refused) throw new SetFailure(refused);
}

/** A public link made anew would be another link: those who had the old one would not come in again. */
function canComeBack({ type, role, granteeKind }: Share): boolean {
  return type !== 'public' && role !== 'custom' && granteeKind !== 'unknown';
}

async function remake({
  accountId,
  addressBookId,
  type,
  principalId,
  email,
  role,
  expiresAt,
}: InAccount<Share>): Promise<void> {
  const grantee = type === 'principal' ? { principalId } : { email };
  // A guest's link is a new one, which only a mail can bring.
  const mail = type === 'guest' ? standard : silently;
  await setStrictly('Share', accountId, {
    create: { again: { addressBookId, type, role, expiresAt, ...grantee } },
    // Who had accepted has the folder again, under their own name and in their own colour.
    restore: true,
    mail,
  });
  await showShares(accountId);
}

/** Sends the notification of a share again; throws the server's refusal. */
export async function resendShare(accountId: Id, shareId: Id, mail: ShareMail): Promise<void> {
  const { notResent } = await call('Share/resend', { accountId, ids: [shareId], mail });
  const refused = notResent?.[shareId];
  if (refused) throw new SetFailure(refused);
  showToast(messages().sharing.resent);
}

/** Runs an operation whose failure is told in a message. */
export function attempt(operation: Promise<unknown>): void {
  operation.catch((error: unknown) => showFailure(describeError(error)));
}
