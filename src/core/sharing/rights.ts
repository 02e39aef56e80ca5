import type { Scope } from '../scope.ts';

/** What somebody may do with a folder: RFC 9610 §2, AddressBookRights. */
export type Rights = {
  readonly mayRead: boolean;
  readonly mayWrite: boolean;
  readonly mayShare: boolean;
  readonly mayDelete: boolean;
};

/** The roles that people choose from; « custom » is any other set of rights, made by another client. */
export type Role = 'none' | 'viewer' | 'manager' | 'admin' | 'custom';

export const rightNames = ['mayRead', 'mayWrite', 'mayShare', 'mayDelete'] as const satisfies readonly (keyof Rights)[];

export const noRights: Rights = { mayRead: false, mayWrite: false, mayShare: false, mayDelete: false };
export const allRights: Rights = { mayRead: true, mayWrite: true, mayShare: true, mayDelete: true };

export const rightsOfRole: Readonly<Record<Exclude<Role, 'custom'>, Rights>> = {
  none: noRights,
  viewer: { mayRead: true, mayWrite: false, mayShare: false, mayDelete: false },
  manager: { mayRead: true, mayWrite: true, mayShare: false, mayDelete: false },
  admin: { mayRead: true, mayWrite: true, mayShare: true, mayDelete: false },
};

/** The role that has exactly these rights. */
export function roleOf(rights: Rights): Role {
  for (const [role, expected] of Object.entries(rightsOfRole)) {
    if (rightNames.every((name) => expected[name] === rights[name])) return role as Role;
  }
  return 'custom';
}

/** Grants are added together: one may what any of them allows. */
export function unite(all: readonly Rights[]): Rights {
  const any = (name: keyof Rights) => all.some((rights) => rights[name]);
  return { mayRead: any('mayRead'), mayWrite: any('mayWrite'), mayShare: any('mayShare'), mayDelete: any('mayDelete') };
}

/** Whether `rights` holds nothing that is not in `limit` or in `held` already (RFC 9610 §2.3: nobody gives what they do not have). */
export function mayGive(rights: Rights, limit: Rights, held: Rights = noRights): boolean {
  return rightNames.every((name) => !rights[name] || limit[name] || held[name]);
}

/** What is left of rights to an app password: one folder's cards, at most, or everything; or nothing but reading. */
export function limitRights(rights: Rights, scope: Scope): Rights {
  const isWhole = scope.bookId === null;
  return {
    mayRead: rights.mayRead,
    mayWrite: rights.mayWrite && scope.mayWrite,
    mayShare: rights.mayShare && scope.mayWrite && isWhole,
    mayDelete: rights.mayDelete && scope.mayWrite && isWhole,
  };
}

/** Whether nothing at all can be changed with these rights (RFC 8620 §2, isReadOnly). */
export function isReadOnly(rights: Rights): boolean {
  return !rights.mayWrite && !rights.mayShare && !rights.mayDelete;
}
