import { findSegment } from '../../../core/addressbook/homeBooks.ts';
import type { Context } from '../../../core/context.ts';
import { findPrincipals } from '../../../core/principal/findPrincipals.ts';
import { listShares } from '../../../core/share/listShares.ts';
import type { ShareView } from '../../../core/share/types.ts';
import { hasShares } from '../../../core/share/hasShares.ts';
import { escapeXml } from '../../../lib/xml/escapeXml.ts';
import { calendarserver, dav, href, xml } from '../names.ts';
import { noticeTag, noticeType, listNotices } from '../notices/notices.ts';
import { paths } from '../paths.ts';
import type { BookResource } from '../resources.ts';
import { property } from './define.ts';

/** Sharing, in the words of caldav-sharing §5.2 and of draft-pot-webdav-resource-sharing. */
export const sharing = [
  property(calendarserver('notification-URL'), ['principal'], ({ principal }, { actor }) =>
    principal.id === actor.principalId ? href(paths.notifications(actor.principalId)) : undefined,
  ),
  property(calendarserver('notificationtype'), ['notification'], ({ notice }) => noticeType(notice)),
  property(calendarserver('getctag'), ['notifications'], async (_, context) =>
    escapeXml((await listNotices(context)).map(noticeTag).join('')),
  ),
  property(calendarserver('allowed-sharing-modes'), ['book'], ({ book }) =>
    book.seen.rights.mayShare ? xml(calendarserver('can-be-shared')) : '',
  ),
  property(calendarserver('shared-url'), ['book'], async ({ book }, context) =>
    book.seen.invitation === null ? undefined : href(await ownersPath(context, book.seen.book)),
  ),
  property(dav('share-resource-uri'), ['book'], async ({ book }, context) =>
    href(await ownersPath(context, book.seen.book)),
  ),
  property(dav('share-access'), ['book'], async ({ book }, { db }) => {
    const { seen } = book;
    if (seen.invitation !== null) return xml(dav(seen.rights.mayWrite ? 'read-write' : 'read'));
    return xml(dav((await hasShares(db, seen.book.id)) ? 'shared-owner' : 'not-shared'));
  }),
  property(calendarserver('invite'), ['book'], async (resource, context) => {
    const { organizer, sharees } = await invited(resource, context);
    const about = organizer && href(organizer.path) + xml(calendarserver('common-name'), escapeXml(organizer.name));
    return (about ? xml(calendarserver('organizer'), about) : '') + sharees.map(csUser).join('');
  }),
  property(dav('invite'), ['book'], async (resource, context) =>
    (await invited(resource, context)).sharees.map(sharee).join(''),
  ),
];

type Sharee = {
  readonly path: string;
  readonly name: string;
  readonly status: 'noresponse' | 'accepted' | 'declined';
  readonly access: 'read' | 'read-write';
};

/** Who has a part in the folder: all of them for those who may share it, else the owner and oneself. */
async function invited(
  { book }: BookResource,
  context: Context,
): Promise<{ organizer: { path: string; name: string } | null; sharees: readonly Sharee[] }> {
  const { seen } = book;
  const me = context.actor.principalId;
  const ownerId = seen.book.account_id;
  const [owner] = await findPrincipals(context, [ownerId]);
  const organizer = seen.invitation === null ? null : { path: paths.principal(ownerId), name: owner?.name ?? '' };
  if (seen.rights.mayShare) {
    const shares = await listShares(context, ownerId, { bookId: seen.book.id });
    return { organizer, sharees: shares.flatMap(shareeOf) };
  }
  const [self] = await findPrincipals(context, [me]);
  const access = seen.rights.mayWrite ? 'read-write' : 'read';
  return { organizer, sharees: [{ path: paths.principal(me), name: self?.name ?? '', status: 'accepted', access }] };
}

function shareeOf({ principalId, name, status, responses, rights }: ShareView): Sharee[] {
  if (principalId === null || !rights.mayRead) return [];
  const given = status ?? ((responses?.accepted ?? 0) > 0 ? 'accepted' : 'waiting');
  return [
    {
      path: paths.principal(principalId),
      name,
      status: given === 'waiting' ? 'noresponse' : given,
      access: rights.mayWrite ? 'read-write' : 'read',
    },
  ];
}

function csUser({ path, name, status, access }: Sharee): string {
  const content = [
    href(path),
    xml(calendarserver('common-name'), escapeXml(name)),
    xml(calendarserver(`invite-${status}`)),
    xml(calendarserver('access'), xml(calendarserver(access))),
  ];
  return xml(calendarserver('user'), content.join(''));
}

function sharee({ path, name, status, access }: Sharee): string {
  const content = [
    href(path),
    xml(dav('share-access'), xml(dav(access))),
    xml(dav(`invite-${status}`)),
    xml(dav('prop'), xml(dav('displayname'), escapeXml(name))),
  ];
  return xml(dav('sharee'), content.join(''));
}

/** Where the owner has it. */
async function ownersPath(context: Context, book: { id: string; account_id: string }): Promise<string> {
  return paths.book(book.account_id, (await findSegment(context, book.id, book.account_id)) ?? book.id);
}
