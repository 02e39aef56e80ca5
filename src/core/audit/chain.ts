import { createHmac } from 'node:crypto';
import type { AuditRow } from '../../db/rows/auditRows.ts';
import type { World } from '../context.ts';

/** The content of a record, without the hash that seals it. */
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
 * The hash of a record and of all records before it. Its key is not in the database: somebody who can only write there
 * may change a record, but cannot compute the hashes that follow.
 */
export function sealOf({ settings }: Sealing, previous: string, row: UnsealedRow): string {
  const said = JSON.stringify([previous, ...sealed.map((column) => row[column])]);
  return createHmac('sha256', settings.auditKey ?? settings.linkKey)
    .update(said)
    .digest('base64url');
}
