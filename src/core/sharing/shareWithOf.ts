import type { ShareRow } from '../../db/schema.ts';
import { rightsOf } from './access.ts';
import type { Rights } from './rights.ts';

/** RFC 9610's `shareWith`: Principal id → rights. */
export type ShareWith = Readonly<Record<string, Rights>>;

/** The grants to principals on a folder itself, as `shareWith` shows them; null when there are none. Guests are not among them. */
export function shareWithOf(shares: readonly ShareRow[]): ShareWith | null {
  const entries = shares.flatMap((share) =>
    share.type !== 'principal' || share.principal_id === null ? [] : [[share.principal_id, rightsOf(share)] as const],
  );
  return entries.length === 0 ? null : Object.fromEntries(entries);
}
