import type { Writer } from '../../db/database.ts';
import type { Commit, SignOut } from '../change/hub.ts';
import { tellOthers } from '../change/relay.ts';
import type { World } from '../context.ts';

/** In the transaction in which somebody's sessions end: what they have open at other programs ends with the commit. */
export function signOutElsewhere(tx: Writer, signOut: SignOut): void {
  tellOthers(tx, commitOf(signOut));
}

/** After it: what they have open here ends. */
export function signOutHere({ hub }: World, signOut: SignOut): void {
  hub.publish(commitOf(signOut));
}

function commitOf(signOut: SignOut): Commit {
  return { changes: [], regrouped: [], signedOut: [signOut] };
}
