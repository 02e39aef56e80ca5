import type { PrincipalRow } from '../../db/schema.ts';
import { statement } from '../../db/statement.ts';
import { newId } from '../../lib/ids.ts';
import type { Transaction } from '../change/transaction.ts';
import { writeDirectoryCard } from '../listing/directoryCard.ts';
import { directoryChanged } from '../principal/directoryState.ts';
import { claimLogins } from '../principal/logins.ts';
import { principalNameKey } from '../principal/nameKey.ts';
import { keepOut } from '../principal/setPersonActive.ts';
import { writeTokens } from '../principal/tokens.ts';
import type { CleanEntry } from './cleanEntry.ts';
import { setReferences } from './membership.ts';

/**
 * Writes what an entry says about itself; the members of a group follow separately, in parts. Returns the id of the
 * principal.
 */
export async function writeEntry(tx: Transaction, entry: CleanEntry, now: Date): Promise<string> {
  const before = await tx.first(mirrored(tx, { externalId: entry.externalId }));
  if (before && before.kind !== entry.kind) throw new Error(`${entry.externalId} has become a ${entry.kind}`);
  const columns = columnsOf(entry);
  const id = before?.id ?? newId(entry.kind === 'group' ? 'g' : 'p', now);
  if (before) {
    await tx.run(updateMirrored(tx, { id, columns }));
  } else {
    const fixed = { id, kind: entry.kind, email_key: null, time_zone: null, groups_version: 0, used_at: null };
    const nobodysGuest = { is_guest: 0, idle_since: null };
    const source = { source: 'directory', external_id: entry.externalId } as const;
    const row: PrincipalRow = { ...fixed, ...nobodysGuest, ...source, ...columns, created_at: now.toISOString() };
    await tx.run(insertMirrored(tx, { row }));
  }
  const wasActive = before?.is_active === 1;
  if (wasActive && !entry.isActive) await keepOut(tx, id);
  await claimLogins(tx, { principalId: id, email: entry.email, wanted: entry.isActive ? entry.names : [] }, now);
  await setReferences(tx, id, entry.isActive ? entry.references : []);
  await writeTokens(tx, { id, name: entry.name, email: entry.email }, entry.aliases);
  await writeDirectoryCard(tx, id);
  if (!before || isSeen(before, columns)) await directoryChanged(tx, id);
  if (before && !wasActive && entry.isActive) tx.regrouped([id]);
  return id;
}

/** The entry is gone from the directory: nobody can sign in as it any more, and everything that belongs to it stays. */
export async function writeGone(tx: Transaction, id: string, now: Date): Promise<void> {
  await keepOut(tx, id);
  await tx.run(tx.build.updateTable('principal').set({ digest: null }).where('id', '=', id));
  await claimLogins(tx, { principalId: id, email: null, wanted: [] }, now);
  await setReferences(tx, id, []);
}

const mirrored = statement((build, value: { externalId: string }) =>
  build
    .selectFrom('principal')
    .selectAll()
    .where('source', '=', 'directory')
    .where('external_id', '=', value.externalId),
);
const insertMirrored = statement((build, { row }: { row: PrincipalRow }) => build.insertInto('principal').values(row));
const updateMirrored = statement((build, { id, columns }: { id: string; columns: Columns }) =>
  build.updateTable('principal').set(columns).where('id', '=', id),
);

type Columns = Pick<
  PrincipalRow,
  | 'name'
  | 'name_key'
  | 'email'
  | 'description'
  | 'is_active'
  | 'is_administrator'
  | 'is_listed'
  | 'details'
  | 'place'
  | 'digest'
>;

function columnsOf(entry: CleanEntry): Columns {
  const { description, title, department } = entry.details;
  const place = [title, department].filter((text) => text !== undefined).join(', ');
  return {
    name: entry.name,
    name_key: principalNameKey(entry.name),
    email: entry.email,
    description: (entry.kind === 'group' ? description : place) || null,
    is_active: Number(entry.isActive),
    is_administrator: Number(entry.isActive && entry.isAdministrator),
    is_listed: Number(entry.isListed),
    details: JSON.stringify(entry.details),
    place: entry.place ?? null,
    // Of a group it is written when all of its members are: a crash in between is made good at the next time.
    digest: entry.kind === 'group' ? null : entry.digest,
  };
}

const seen = [
  'name',
  'email',
  'description',
  'is_active',
  'is_administrator',
  'is_listed',
  'details',
  'place',
] as const;

/** Whether somebody would notice: references alone are nobody's business. */
function isSeen(before: PrincipalRow, after: Columns): boolean {
  return seen.some((column) => before[column] !== after[column]);
}
