import type { Writer } from '../../db/database.ts';
import type { Commit, SignOut } from '../change/hub.ts';
import { tellOthers } from '../change/relay.ts';
import type { World } from '../context.ts';

/**
 * In the transaction in which sessions end: makes other nodes close, with the commit, what the person has open there.
 */
export function signOutElsewhere(tx: Writer, signOut: SignOut): void {
  tellOthers(tx, commitOf(signOut));
}

/** After the commit: closes what the person has open on this node. */
export function signOutHere({ hub }: World, signOut: SignOut): void {
  hub.publish(commitOf(signOut));
}

function commitOf(signOut: SignOut): Commit {
  return { changes: [], regrouped: [], signedOut: [signOut] };
}
