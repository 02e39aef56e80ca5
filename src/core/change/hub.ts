import { AsyncResource } from 'node:async_hooks';
import type { ChangeRow } from '../../db/schema.ts';

/** One row of the change log, as it was committed. */
export type Change = ChangeRow;

/** Somebody's session has ended, or (null) all of them have. */
export type SignOut = { readonly personId: string; readonly sessionHash: string | null };

/** What happened in one commit: rows of the change log, people whose groups changed, people whose devices did. */
export type Commit = {
  readonly changes: readonly Change[];
  readonly regrouped: readonly string[];
  readonly resubscribed?: readonly string[];
  readonly signedOut?: readonly SignOut[];
  /** Originals of linked copies may have changed. */
  readonly linksDue?: boolean;
  /** Another program on this database has made it, and sees to what follows from it: devices, mails, copies. */
  readonly isElsewhere?: true;
  /** Nobody knows what others have committed: whoever follows anything looks at it anew. */
  readonly isGap?: true;
};

/** Passes commits on to those who listen: open windows, devices, the outbox. */
export type Changes = {
  publish(commit: Commit): void;
  /** Calls back after every commit of this program, until the returned function is called. */
  listen(listener: (commit: Commit) => void): () => void;
  /** The same after those of all programs on this database. */
  listenEverywhere(listener: (commit: Commit) => void): () => void;
};

/** A hub without listeners. A listener that throws is reported and does not keep the others from hearing. */
export function createChanges(report: (error: unknown) => void): Changes {
  const [here, everywhere] = [new Set<(commit: Commit) => void>(), new Set<(commit: Commit) => void>()];
  const joining = (listeners: Set<(commit: Commit) => void>) => (listener: (commit: Commit) => void) => {
    // Whoever hears of a commit reads for themselves, and not what was read before by the request that wrote.
    const heard = AsyncResource.bind(listener);
    listeners.add(heard);
    return () => void listeners.delete(heard);
  };
  return {
    publish(commit) {
      for (const listener of commit.isElsewhere ? everywhere : [...here, ...everywhere]) {
        try {
          listener(commit);
        } catch (error) {
          report(error);
        }
      }
    },
    listen: joining(here),
    listenEverywhere: joining(everywhere),
  };
}
