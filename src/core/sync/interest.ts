import type { ChangeType } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { isAppPasswordLive } from '../auth/findAppPassword.ts';
import { principalsOf } from '../principal/principalsOf.ts';
import { sharedBooks } from '../sharing/access.ts';
import type { Change, Commit } from '../change/hub.ts';

/** What one person is told of: their own account, and the folders they have accepted. */
export type Interest = {
  readonly personId: string;
  /** The app password by which they listen, which may end. */
  readonly appPasswordId: string | null;
  /** The one folder that it shows; null: all. */
  readonly onlyBookId: string | null;
  /** The person and their groups. */
  readonly principals: ReadonlySet<string>;
  /** Accounts of others in which the person has accepted something. */
  readonly accounts: ReadonlySet<string>;
  /** Folders that are shared with the person, whatever they answered: each is an invitation. */
  readonly offeredBooks: ReadonlySet<string>;
  readonly acceptedBooks: ReadonlySet<string>;
  /** Those among them whose shares the person sees. */
  readonly administeredBooks: ReadonlySet<string>;
};

/**
 * What a commit means for a person: the types that changed by account, and whether their interest must be read again.
 */
export type Concern = { readonly types: ReadonlyMap<string, ReadonlySet<ChangeType>>; readonly reload: boolean };

/** The types that one sees in other people's accounts; a change of access changes the states of all of them. */
export const sharedTypes: readonly ChangeType[] = ['AddressBook', 'ContactCard', 'Share'];

/** Reads what a person is to be told of; null: nothing any more, because they may no longer sign in. */
export async function loadInterest(context: Context): Promise<Interest | null> {
  const { db, actor } = context;
  const active = db.build
    .selectFrom('principal')
    .select('id')
    .where('id', '=', actor.principalId)
    .where('is_active', '=', 1);
  if (!(await db.first(active))) return null;
  if (actor.appPasswordId !== undefined && !(await isAppPasswordLive(db, actor.appPasswordId))) return null;
  const shared = await sharedBooks(db, context);
  const accepted = shared.filter((seen) => seen.invitation === 'accepted' && seen.rights.mayRead);
  return {
    personId: actor.principalId,
    appPasswordId: actor.appPasswordId ?? null,
    onlyBookId: actor.scope?.bookId ?? null,
    principals: new Set(await principalsOf(db, actor.principalId)),
    accounts: new Set(accepted.map(({ book }) => book.account_id)),
    offeredBooks: new Set(shared.filter((seen) => seen.isShareRoot).map(({ book }) => book.id)),
    acceptedBooks: new Set(accepted.map(({ book }) => book.id)),
    administeredBooks: new Set(accepted.filter(({ rights }) => rights.mayShare).map(({ book }) => book.id)),
  };
}

/** Whether and how a commit concerns a person. Pure, so that a thousand open windows cost one set look-up each. */
export function interestedIn(interest: Interest, commit: Commit): Concern {
  const types = new Map<string, Set<ChangeType>>();
  const tell = (accountId: string, type: ChangeType) => {
    const known = types.get(accountId);
    if (known) known.add(type);
    else types.set(accountId, new Set([type]));
  };
  const isRegrouped = commit.regrouped.includes(interest.personId);
  let reload = isRegrouped || commit.isGap === true;
  const isWholeInterest = interest.onlyBookId === null;
  if (isRegrouped) {
    if (isWholeInterest) tell(interest.personId, 'ShareInvitation');
    // The version of one's groups is a part of every state in a foreign account.
    for (const accountId of interest.accounts) for (const type of sharedTypes) tell(accountId, type);
  }
  // An app password that was revoked ends what listens by it.
  if (interest.appPasswordId !== null && commit.resubscribed?.includes(interest.personId)) reload = true;
  for (const change of commit.changes) {
    if (!isWholeInterest && !isAbout(change, interest.onlyBookId)) continue;
    const own = change.account_id === interest.personId;
    if (change.type === 'ShareInvitation') {
      if (interest.offeredBooks.has(change.object_id)) tell(interest.personId, 'ShareInvitation');
      continue;
    }
    if (own && (change.reader_id === null || change.reader_id === interest.personId))
      tell(change.account_id, change.type);
    if (own) continue;
    if (isAccess(change, interest)) {
      reload = true;
      if (isWholeInterest) tell(interest.personId, 'ShareInvitation');
      for (const type of sharedTypes) tell(change.account_id, type);
      continue;
    }
    const bookId = change.type === 'AddressBook' ? change.object_id : change.book_id;
    const heard = change.type === 'Share' ? interest.administeredBooks : interest.acceptedBooks;
    if (bookId !== null && heard.has(bookId)) tell(change.account_id, change.type);
  }
  return { types, reload };
}

function isAbout(change: Change, bookId: string | null): boolean {
  if (change.type === 'AddressBook') return change.object_id === bookId;
  return change.type === 'ContactCard' && change.book_id === bookId;
}

function isAccess(change: Change, interest: Interest): boolean {
  return change.kind === 'access' && change.reader_id !== null && interest.principals.has(change.reader_id);
}
