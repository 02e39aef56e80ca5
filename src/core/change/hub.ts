import { AsyncResource } from 'node:async_hooks';
import type { ChangeRow } from '../../db/schema.ts';

/** One row of the change log, as committed. */
export type Change = ChangeRow;

/** A session that has ended; with `sessionHash: null`, all sessions of the person. */
export type SignOut = { readonly personId: string; readonly sessionHash: string | null };

/**
 * What happened in one commit: rows of the change log, people whose groups changed, people whose push subscriptions
 * changed.
 */
export type Commit = {
  readonly changes: readonly Change[];
  readonly regrouped: readonly string[];
  readonly resubscribed?: readonly string[];
  readonly signedOut?: readonly SignOut[];
  /** Whether originals of linked copies may have changed. */
  readonly linksDue?: boolean;
  /**
   * Another node on this database made the commit; that node takes care of what follows from it: devices, mails,
   * copies.
   */
  readonly isElsewhere?: true;
  /** Commits of other nodes may have been missed: listeners must look at everything anew. */
  readonly isGap?: true;
};

/** Passes commits on to listeners: open windows, devices, the outbox. */
export type Changes = {
  publish(commit: Commit): void;
  /** Calls back after every commit of this node, until the returned function is called. */
  listen(listener: (commit: Commit) => void): () => void;
  /** The same for the commits of all nodes on this database. */
  listenEverywhere(listener: (commit: Commit) => void): () => void;
};

/** A hub without listeners. When a listener throws, that is reported, and the others still hear of the commit. */
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
