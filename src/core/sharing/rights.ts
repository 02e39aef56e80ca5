import type { Scope } from '../actor.ts';

/**
 * What somebody may do with a folder: AddressBookRights of RFC 9610 §2, and `mayAdd`, which is implied by `mayWrite`.
 */
export type Rights = {
  readonly mayRead: boolean;
  readonly mayWrite: boolean;
  /** Add cards, and change and delete those that one added oneself (`cardRights.ts`). */
  readonly mayAdd: boolean;
  readonly mayShare: boolean;
  readonly mayDelete: boolean;
};

/** The roles that people choose from; « custom » is any other set of rights, as other clients may make. */
export type Role = 'none' | 'viewer' | 'contributor' | 'manager' | 'admin' | 'custom';

/** The names of all rights. */
export const rightNames = [
  'mayRead',
  'mayWrite',
  'mayAdd',
  'mayShare',
  'mayDelete',
] as const satisfies readonly (keyof Rights)[];

/** None of the rights. */
export const noRights: Rights = { mayRead: false, mayWrite: false, mayAdd: false, mayShare: false, mayDelete: false };
/** All of the rights. */
export const allRights: Rights = { mayRead: true, mayWrite: true, mayAdd: true, mayShare: true, mayDelete: true };

const reading: Rights = { ...noRights, mayRead: true };
const writing: Rights = { ...reading, mayWrite: true, mayAdd: true };

/** The rights that each role stands for. */
export const rightsOfRole: Readonly<Record<Exclude<Role, 'custom'>, Rights>> = {
  none: noRights,
  viewer: reading,
  contributor: { ...reading, mayAdd: true },
  manager: writing,
  admin: { ...writing, mayShare: true },
};

/** The role with exactly these rights. */
export function roleOf(rights: Rights): Role {
  for (const [role, expected] of Object.entries(rightsOfRole)) {
    if (areSame(expected, rights)) return role as Role;
  }
  return 'custom';
}

/** The union of rights: what any of the grants allows. */
export function unite(all: readonly Rights[]): Rights {
  return rightsWhere((name) => all.some((rights) => rights[name]));
}

/** The rights for which `has` answers yes, completed by what they imply: `mayWrite` implies `mayAdd`. */
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

/**
 * Whether `rights` contains nothing beyond `limit` and what the grantee already has (RFC 9610 §2.3: nobody can give a
 * right that they do not have).
 */
export function mayGive(rights: Rights, limit: Rights, held: Rights = noRights): boolean {
  return rightNames.every((name) => !rights[name] || limit[name] || held[name]);
}

/**
 * The rights that remain with an app password: only reading, if it is read-only; only the cards of the folder, if it is
 * for one folder.
 */
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

/** Whether these rights allow no change at all (RFC 8620 §2, isReadOnly). */
export function isReadOnly(rights: Rights): boolean {
  return !rights.mayAdd && !rights.mayShare && !rights.mayDelete;
}
