import type { AddressBook, AddressBookRights, Id, Share } from '../../../client/src/types.ts';

/** A share that a folder has from one above it. */
export interface InheritedShare {
  readonly share: Share;
  readonly from: AddressBook;
}

/** Who has access to a folder: by shares of its own, and by those of the folders above. */
export interface FolderShares {
  readonly own: readonly Share[];
  readonly inherited: readonly InheritedShare[];
}

/**
 * The shares that hold for a folder. For one grantee the nearest folder with a share for them decides
 * (docs/jmap-extension.md), so one of the folder's own hides what would be inherited.
 */
export function sharesOf(
  book: AddressBook,
  books: readonly AddressBook[],
  shares: readonly Share[],
  locale: string,
): FolderShares {
  const order = compareShares(locale);
  const on = (id: Id) => shares.filter((share) => share.addressBookId === id).sort(order);
  const own = on(book.id);
  const decided = new Set(own.map(granteeKey));
  const inherited: InheritedShare[] = [];
  for (const from of foldersAbove(book, books)) {
    for (const share of on(from.id)) {
      if (decided.has(granteeKey(share))) continue;
      decided.add(granteeKey(share));
      inherited.push({ share, from });
    }
  }
  return { own, inherited };
}

function foldersAbove(book: AddressBook, books: readonly AddressBook[]): readonly AddressBook[] {
  const above: AddressBook[] = [];
  let parent = books.find(({ id }) => id === book.parentId);
  while (parent && !above.includes(parent)) {
    above.push(parent);
    parent = books.find(({ id }) => id === parent?.parentId);
  }
  return above;
}

function granteeKey({ type, principalId, email }: Share): string {
  return `${type} ${principalId ?? email ?? ''}`;
}

const rank = { individual: 0, group: 0, unknown: 1, guest: 2, public: 3 } as const;

function compareShares(locale: string): (a: Share, b: Share) => number {
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  return (a, b) => rank[a.granteeKind] - rank[b.granteeKind] || compare(a.name, b.name);
}

/** What a folder's rights allow, in the words that people know. */
export const abilities = ['view', 'add', 'change', 'share', 'remove'] as const;

/** One thing that may be done in a folder. */
export type Ability = (typeof abilities)[number];

/** What one may do, and what not; deleting the folder itself is only worth a word where it is allowed. */
export function abilitiesOf({
  mayRead,
  mayWrite,
  mayAdd,
  mayShare,
  mayDelete,
}: AddressBookRights): readonly { readonly ability: Ability; readonly may: boolean }[] {
  const all = [
    { ability: 'view', may: mayRead },
    { ability: 'add', may: mayAdd },
    { ability: 'change', may: mayWrite },
    { ability: 'share', may: mayShare },
    { ability: 'remove', may: mayDelete },
  ] as const;
  // Whoever may change everything need not hear of what they added.
  const isSaid = { view: true, add: mayAdd && !mayWrite, change: true, share: true, remove: mayDelete };
  return all.filter(({ ability }) => isSaid[ability]);
}
