import type { Writer } from '../../db/database.ts';
import type { ChangeType } from '../../db/schema.ts';
import type { World } from '../context.ts';
import { gistOf } from './gistOf.ts';
import type { Change, Commit } from './hub.ts';

/** What others need of a row of the change log: which account, type, kind, object, folder and reader. */
type Said = readonly [string, ChangeType, Change['kind'], string, string | null, string | null];

/** A commit as programs tell it each other. */
type Message = { readonly changes: readonly Said[] } & Pick<Commit, 'regrouped' | 'resubscribed' | 'signedOut'>;

/** If several nodes share the database, tells the others of this commit, provided that it is committed. */
export function tellOthers(writer: Writer, commit: Commit): void {
  if (!writer.tell) return;
  const { changes, regrouped, resubscribed, signedOut } = gistOf(commit);
  const message: Message = {
    changes: changes.map((row) => [row.account_id, row.type, row.kind, row.object_id, row.book_id, row.reader_id]),
    regrouped,
    ...(resubscribed && { resubscribed }),
    ...(signedOut && { signedOut }),
  };
  writer.tell(JSON.stringify(message));
}

/**
 * Passes the commits of other nodes on this database to those who listen everywhere. It is at work when the promise
 * resolves, and stops when the returned function is called.
 */
export async function startRelay(
  { db, hub }: World,
  warn: (message: string, error: unknown) => void,
): Promise<() => Promise<void>> {
  if (!db.hear) return async () => undefined;
  const begun = Promise.withResolvers<void>();
  const stop = db.hear({
    told: (message) => hub.publish(read(message)),
    missed() {
      hub.publish({ changes: [], regrouped: [], isElsewhere: true, isGap: true });
      begun.resolve();
    },
    failed(error) {
      warn('What other programs change is not heard of until the database is back', error);
      begun.resolve();
    },
  });
  await begun.promise;
  return stop;
}

function read(message: string): Commit {
  const { changes, ...rest } = JSON.parse(message) as Message;
  return { ...rest, changes: changes.map(rowOf), isElsewhere: true };
}

function rowOf([accountId, type, kind, objectId, bookId, readerId]: Said): Change {
  const row = { account_id: accountId, type, kind, object_id: objectId, book_id: bookId, reader_id: readerId };
  // Nobody who listens asks for the rest.
  return { ...row, seq: 0, was_readable: null, uri: null };
}
