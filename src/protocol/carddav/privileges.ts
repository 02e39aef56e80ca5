import type { Actor } from '../../core/actor.ts';
import { isBookForNew, listHomeBooks } from '../../core/addressbook/homeBooks.ts';
import type { Context } from '../../core/context.ts';
import { mayChangeCard } from '../../core/sharing/cardRights.ts';
import type { Rights } from '../../core/sharing/rights.ts';
import { dav, xml } from './names.ts';
import type { CardResource, Resource } from './resources.ts';

/** What may be done with a resource, in the words of RFC 3744 §3. `share` is that of the resource-sharing draft. */
export type Privilege =
  | 'all'
  | 'read'
  | 'write'
  | 'write-properties'
  | 'write-content'
  | 'bind'
  | 'unbind'
  | 'share'
  | 'read-acl'
  | 'write-acl'
  | 'read-current-user-privilege-set';

/** Everybody who sees a resource may read it and learn what else they may do. */
const reading: readonly Privilege[] = ['read', 'read-current-user-privilege-set'];
/** RFC 3744 §3.12: `write` comes with all of these. */
const writing: readonly Privilege[] = ['write', 'write-properties', 'write-content', 'bind', 'unbind'];
const sharing: readonly Privilege[] = ['share', 'read-acl', 'write-acl'];

/**
 * The privileges of the person who asks. Clients show an address book as writable for any privilege of writing, so
 * that a Viewer has none of them, not even for properties (their own name and colour can be set all the same).
 */
export function privilegesOf(resource: Exclude<Resource, { kind: 'oneBook' }>, actor: Actor): readonly Privilege[] {
  const { scope } = actor;
  // An app password that is limited makes no address books.
  if (resource.kind === 'home' && scope) return reading;
  if (resource.kind === 'home') return [...reading, ...writing];
  if (resource.kind === 'card') return ofCard(resource, actor);
  if (resource.kind === 'book') return ofRights(resource.book.seen.rights, resource.book.seen.invitation);
  return reading;
}

/**
 * Those of all folders as one: adding where the folder for new cards allows it, changing and removing where any folder does;
 * each card says whether it may be.
 */
export async function privilegesOfOne(context: Context): Promise<readonly Privilege[]> {
  const books = await listHomeBooks(context);
  const mayAdd = books.some((book) => isBookForNew(context, book) && book.seen.rights.mayAdd);
  const mayWrite = books.some(({ seen }) => seen.rights.mayWrite);
  if (mayAdd && mayWrite) return [...reading, ...writing];
  return [...reading, ...(mayWrite ? (['write-content', 'unbind'] as const) : mayAdd ? (['bind'] as const) : [])];
}

/** A contributor's own card can be changed and removed; those of others in the folder cannot, so that the folder says neither. */
function ofCard({ book: { book }, card }: CardResource, actor: Actor): readonly Privilege[] {
  const { rights, invitation } = book.seen;
  const isOwnAddition = !rights.mayWrite && mayChangeCard({ actor }, rights, card);
  return isOwnAddition ? [...reading, 'write-content', 'unbind'] : ofRights({ ...rights, mayAdd: false }, invitation);
}

function ofRights(rights: Rights, invitation: unknown): readonly Privilege[] {
  return privilegesOfRights(rights, invitation === null);
}

/** The privileges that rights are told as. */
export function privilegesOfRights(rights: Rights, isOwner: boolean): readonly Privilege[] {
  if (!rights.mayRead) return [];
  return [
    ...(isOwner && rights.mayShare ? (['all'] as const) : []),
    ...reading,
    ...(rights.mayWrite ? writing : rights.mayAdd ? (['bind'] as const) : []),
    ...(rights.mayShare ? sharing : []),
  ];
}

/** The privileges as elements. */
export function privilegeElements(privileges: readonly Privilege[]): string {
  return privileges.map((privilege) => xml(dav('privilege'), xml(dav(privilege)))).join('');
}

type Supported = { readonly name: Privilege; readonly description: string; readonly inside?: readonly Supported[] };

const supported: Supported = {
  name: 'all',
  description: 'Everything',
  inside: [
    { name: 'read', description: 'Read' },
    { name: 'read-current-user-privilege-set', description: 'Learn one’s own privileges' },
    {
      name: 'write',
      description: 'Write',
      inside: [
        { name: 'write-properties', description: 'Change properties' },
        { name: 'write-content', description: 'Change contacts' },
        { name: 'bind', description: 'Add' },
        { name: 'unbind', description: 'Remove' },
      ],
    },
    { name: 'share', description: 'Share' },
    { name: 'read-acl', description: 'See with whom it is shared' },
    { name: 'write-acl', description: 'Change with whom it is shared' },
  ],
};

/** `DAV:supported-privilege-set` (RFC 3744 §5.3): the same everywhere. */
export const supportedPrivilegeSet = describe(supported);

function describe({ name, description, inside = [] }: Supported): string {
  const content = [
    xml(dav('privilege'), xml(dav(name))),
    xml(dav('description'), description, ' xml:lang="en"'),
    ...inside.map(describe),
  ];
  return xml(dav('supported-privilege'), content.join(''));
}
