import type { Change, Commit } from './hub.ts';

/**
 * The commit without changes that mean the same to every listener: when fifty thousand cards are deleted with their
 * folder, they are not examined one by one for each of a thousand windows.
 */
export function gistOf(commit: Commit): Commit {
  const distinct = new Map<string, Change>();
  for (const change of commit.changes) {
    const { account_id: accountId, type, kind, object_id: id, reader_id: readerId } = change;
    const place = type === 'AddressBook' ? id : (change.book_id ?? '');
    distinct.set(JSON.stringify([accountId, type, kind === 'access', place, readerId]), change);
  }
  return { ...commit, changes: [...distinct.values()] };
}
