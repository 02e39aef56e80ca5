import type { AddressBookRights, Role } from '../../client/src/types.ts';

/** The role that some rights amount to (docs/jmap-extension.md, Share). */
export function roleOf({ mayRead, mayWrite, mayShare, mayDelete }: AddressBookRights): Role {
  if (!mayRead) return mayWrite || mayShare || mayDelete ? 'custom' : 'none';
  if (mayWrite && mayShare) return 'admin';
  if (mayWrite) return 'manager';
  return mayShare || mayDelete ? 'custom' : 'viewer';
}
