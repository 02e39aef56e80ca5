import type { ShareRow } from '../../db/schema.ts';
import { rightsOf } from './access.ts';
import type { Rights } from './rights.ts';

/** `shareWith` of RFC 9610: rights by Principal id. */
export type ShareWith = Readonly<Record<string, Rights>>;

/**
 * The grants made on a folder itself, in the form of `shareWith`; null if there are none. Grants to guests are not
 * included.
 */
export function shareWithOf(shares: readonly ShareRow[]): ShareWith | null {
  const entries = shares.flatMap((share) =>
    share.type !== 'principal' || share.principal_id === null ? [] : [[share.principal_id, rightsOf(share)] as const],
  );
  return entries.length === 0 ? null : Object.fromEntries(entries);
}
