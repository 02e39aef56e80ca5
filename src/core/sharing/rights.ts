import type { Scope } from '../actor.ts';

/** What somebody may do with a folder: RFC 9610 §2, AddressBookRights, and `mayAdd`, which whoever may write has. */
export type Rights = {
  readonly mayRead: boolean;
  readonly mayWrite: boolean;
  /** Add cards, and change and delete those that one added oneself (`cardRights.ts`). */
  readonly mayAdd: boolean;
  readonly mayShare: boolean;
  readonly mayDelete: boolean;
};

/** The roles that people choose from; « custom » is any other set of rights, made by another client. */
export type Role = 'none' | 'viewer' | 'contributor' | 'manager' | 'admin' | 'custom';

export const rightNames = [
  'mayRead',
  'mayWrite',
  'mayAdd',
  'mayShare',
  'mayDelete',
] as const satisfies readonly (keyof Rights)[];

export const noRights: Rights = { mayRead: false, mayWrite: false, mayAdd: false, mayShare: false, mayDelete: false };
export const allRights: Rights = { mayRead: true, mayWrite: true, mayAdd: true, mayShare: true, mayDelete: true };

const reading: Rights = { ...noRights, mayRead: true };
const writing: Rights = { ...reading, mayWrite: true, mayAdd: true };

export const rightsOfRole: Readonly<Record<Exclude<Role, 'custom'>, Rights>> = {
  none: noRights,
  viewer: reading,
  contributor: { ...reading, mayAdd: true },
  manager: writing,
  admin: { ...writing, mayShare: true },
};

/** The role that has exactly these rights. */
export function roleOf(rights: Rights): Role {
  for (const [role, expected] of Object.entries(rightsOfRole)) {
    if (areSame(expected, rights)) return role as Role;
  }
  return 'custom';
}

/** Grants are added together: one may what any of them allows. */
export function unite(all: readonly Rights[]): Rights {
  return rightsWhere((name) => all.some((rights) => rights[name]));
}

/** The rights that are said to be there, with the one that follows from another: who may write may add. */
export function rightsWhere(has: (name: keyof Rights) => boolean): Rights {
  return {
    mayRead: has('mayRead'),
    mayWrite: has('mayWrite'),
    mayAdd: has('mayAdd') || has('mayWrite'),
    mayShare: has('mayShare'),
    mayDelete: has('mayDelete'),
  };
}

/** Whether two sets of rights are the same. */
export function areSame(one: Rights, other: Rights): boolean {
  return rightNames.every((name) => one[name] === other[name]);
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
    mayAdd: rights.mayAdd && scope.mayWrite,
    mayShare: rights.mayShare && scope.mayWrite && isWhole,
    mayDelete: rights.mayDelete && scope.mayWrite && isWhole,
  };
}

/** Whether nothing at all can be changed with these rights (RFC 8620 §2, isReadOnly). */
export function isReadOnly(rights: Rights): boolean {
  return !rights.mayAdd && !rights.mayShare && !rights.mayDelete;
}
