import { createHmac } from 'node:crypto';
import type { AuditRow } from '../../db/auditRows.ts';
import type { World } from '../context.ts';

/** What a record says, without the hash that seals it. */
export type UnsealedRow = Omit<AuditRow, 'hash'>;

/** In the order in which they are sealed: a new column goes to the end, and only when it is not null. */
const sealed = [
  'seq',
  'at',
  'kind',
  'outcome',
  'way',
  'actor_id',
  'actor_name',
  'owner_id',
  'owner_name',
  'object_type',
  'object_id',
  'object_name',
  'other_id',
  'other_name',
  'app_password_id',
  'app_password_name',
  'address',
  'details',
] as const satisfies readonly (keyof UnsealedRow)[];

/** Where the key is. */
type Sealing = { readonly settings: Pick<World['settings'], 'auditKey' | 'linkKey'> };

/**
 * The hash of a record and of all before it. Its key is not in the database: whoever can write there alone can change
 * a record, but not the hashes that follow from it.
 */
export function sealOf({ settings }: Sealing, previous: string, row: UnsealedRow): string {
  const said = JSON.stringify([previous, ...sealed.map((column) => row[column])]);
  return createHmac('sha256', settings.auditKey ?? settings.linkKey)
    .update(said)
    .digest('base64url');
}
