import type { Context } from '../../core/context.ts';
import { listShares } from '../../core/share/listShares.ts';
import { findBook } from '../../core/sharing/access.ts';
import type { VisibleBook } from '../../core/sharing/access.ts';
import { allRights } from '../../core/sharing/rights.ts';
import type { Rights } from '../../core/sharing/rights.ts';
import { findSegment } from '../../core/addressbook/homeBooks.ts';
import { dav, href, xml } from './names.ts';
import { paths } from './paths.ts';
import { privilegeElements, privilegesOfRights } from './privileges.ts';
import type { Resource } from './resources.ts';

/** Whom a list of access control names, and what they may do. */
export type AccessEntry = {
  /** null: everybody who has signed in. */
  readonly principalId: string | null;
  readonly rights: Rights;
  /** Cannot be changed by anybody. */
  readonly isProtected: boolean;
  /** The folder above that gives it; null: the resource itself. */
  readonly from: string | null;
};

const mostLevels = 50;

/** Who may do what with a resource (RFC 3744 §5.5); null: the person may not know. */
export async function accessList(context: Context, resource: Resource): Promise<readonly AccessEntry[] | null> {
  const me = context.actor.principalId;
  if (resource.kind === 'card' || resource.kind === 'book') {
    const { seen } = resource.kind === 'card' ? resource.book.book : resource.book;
    return seen.rights.mayShare ? accessToFolder(context, seen) : null;
  }
  const reading = { ...allRights, mayWrite: false, mayShare: false, mayDelete: false };
  if (resource.kind === 'root' || resource.kind === 'principals' || resource.kind === 'principal')
    return [{ principalId: null, rights: reading, isProtected: true, from: null }];
  return [{ principalId: me, rights: allRights, isProtected: true, from: null }];
}

/** The owner, then for each grantee what the nearest folder says. */
async function accessToFolder(context: Context, seen: VisibleBook): Promise<AccessEntry[]> {
  const owner = seen.book.account_id;
  const entries: AccessEntry[] = [{ principalId: owner, rights: allRights, isProtected: true, from: null }];
  const known = new Set<string>();
  let level: VisibleBook | undefined = seen;
  for (let count = 0; level && count < mostLevels; count++) {
    const bookId: string = level.book.id;
    for (const { principalId, rights } of await listShares(context, owner, { bookId })) {
      if (principalId === null || known.has(principalId)) continue;
      known.add(principalId);
      entries.push({ principalId, rights, isProtected: false, from: level === seen ? null : bookId });
    }
    const above: string | null = level.book.parent_id;
    const parent: VisibleBook | undefined = above === null ? undefined : await findBook(context.db, context, above);
    level = parent?.rights.mayShare ? parent : undefined;
  }
  return entries;
}

/** `DAV:acl` as elements. */
export async function accessElements(context: Context, entries: readonly AccessEntry[]): Promise<string> {
  const texts: string[] = [];
  for (const { principalId, rights, isProtected, from } of entries) {
    const who = principalId === null ? xml(dav('authenticated')) : href(paths.principal(principalId));
    const privileges = privilegeElements(privilegesOfRights(rights, isProtected && principalId !== null));
    // « None » keeps a sub-folder from somebody: there is no grant of nothing (RFC 3744 §5.5).
    if (privileges === '') continue;
    const where = from === null ? '' : href(await folderPath(context, from));
    texts.push(
      xml(
        dav('ace'),
        xml(dav('principal'), who) +
          xml(dav('grant'), privileges) +
          (isProtected ? xml(dav('protected')) : '') +
          (where === '' ? '' : xml(dav('inherited'), where)),
      ),
    );
  }
  return texts.join('');
}

/** Where entries that come from a folder above say that they come from. */
export async function folderPath(context: Context, bookId: string): Promise<string> {
  const segment = await findSegment(context, bookId);
  return paths.book(context.actor.principalId, segment ?? bookId);
}
