import { sql } from 'kysely';
import type { Reader, Writer } from '../../db/database.ts';
import { readSetting, writeSetting } from '../settings.ts';

/** What the mirror knows about itself, kept with the data. */
export type MirrorState = {
  /** Where the next reading of changes begins; null: at the beginning. */
  readonly mark: string | null;
  /** When the mirror last agreed with the directory; null: never. */
  readonly syncedAt: string | null;
  /** When it was last looked for entries that went away. */
  readonly sweptAt: string | null;
  /** Since when the directory does not answer; null: it does. */
  readonly downSince: string | null;
  /** What went wrong last; null: nothing since. */
  readonly error: string | null;
  /** What an administrator has to decide; null: nothing. */
  readonly warning: string | null;
  /** What an administrator has asked of the server that keeps the mirror. */
  readonly request: 'sync' | 'acceptLosses' | null;
};

const unknown: MirrorState = {
  mark: null,
  syncedAt: null,
  sweptAt: null,
  downSince: null,
  error: null,
  warning: null,
  request: null,
};

/** What is kept; of a directory that was never read, nothing. */
export async function readMirrorState(reader: Reader): Promise<MirrorState> {
  const kept = await readSetting(reader, 'directory');
  return kept === undefined ? unknown : { ...unknown, ...(JSON.parse(kept) as Partial<MirrorState>) };
}

/** Keeps what is new. */
export async function writeMirrorState(writer: Writer, change: Partial<MirrorState>): Promise<void> {
  await writeSetting(writer, 'directory', JSON.stringify({ ...(await readMirrorState(writer)), ...change }));
}

/** Two who claim one name; the first holds it. */
export type Clash = { readonly name: string; readonly holder: string; readonly claimant: string };

/** How the mirror is: for administrators, and for the app that says when the directory does not answer. */
export type DirectoryStatus = MirrorState & {
  readonly people: number;
  readonly groups: number;
  /** At most a hundred. */
  readonly clashes: readonly Clash[];
};

/** Reads how the mirror is. */
export async function directoryStatus(reader: Reader): Promise<DirectoryStatus> {
  const counts = await reader.all(
    sql<{ kind: string; count: number }>`
      SELECT kind, count(*) AS count FROM principal WHERE source = 'directory' AND is_active = 1 GROUP BY kind`.compile(
      reader.build,
    ),
  );
  const countOf = (kind: string) => Number(counts.find((row) => row.kind === kind)?.count ?? 0);
  return {
    ...(await readMirrorState(reader)),
    people: countOf('individual'),
    groups: countOf('group'),
    clashes: await findClashes(reader),
  };
}

/** Names that two active people or groups claim. */
export function findClashes(reader: Reader): Promise<Clash[]> {
  return reader.all(
    sql<Clash>`
      SELECT claim.login_key AS name, holder.name AS holder, claimant.name AS claimant
      FROM principal_login AS claim
      JOIN principal AS claimant ON claimant.id = claim.principal_id
      JOIN principal_login AS held
        ON held.login_key = claim.login_key AND held.is_address = claim.is_address AND held.is_held = 1
      JOIN principal AS holder ON holder.id = held.principal_id
      WHERE claim.is_held = 0 AND claimant.is_active = 1
      ORDER BY claim.login_key, claimant.id LIMIT 100`.compile(reader.build),
  );
}
