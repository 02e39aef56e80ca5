import { principalsOf } from '../../../core/principal/principalsOf.ts';
import { membersOf } from '../../../core/principal/membersOf.ts';
import { escapeXml } from '../../../lib/xml/escapeXml.ts';
import { accessElements, accessList } from '../accessList.ts';
import { calendarserver, dav, href, xml } from '../names.ts';
import { paths } from '../paths.ts';
import { privilegeElements, privilegesOf, privilegesOfOne, supportedPrivilegeSet } from '../privileges.ts';
import { denied, everywhere, property } from './define.ts';

/** A group with more people than this names none of them: the list would be longer than anybody reads. */
const mostMembers = 500;

/** Access control, read out: RFC 3744 §4 and §5, and who is asking (RFC 5397). */
export const rfc3744 = [
  property(dav('current-user-principal'), everywhere, (_, { actor }) => href(paths.principal(actor.principalId))),
  property(
    dav('current-user-privilege-set'),
    everywhere.filter((kind) => kind !== 'oneBook'),
    (resource, { actor }) => privilegeElements(privilegesOf(resource, actor)),
    { ofCard: ['added_by'] },
  ),
  property(dav('current-user-privilege-set'), ['oneBook'], async (_, context) =>
    privilegeElements(await privilegesOfOne(context)),
  ),
  property(dav('supported-privilege-set'), everywhere, () => supportedPrivilegeSet),
  property(dav('principal-collection-set'), everywhere, () => href(paths.principals)),
  property(dav('acl'), everywhere, async (resource, context) => {
    const entries = await accessList(context, resource);
    return entries ? accessElements(context, entries) : denied;
  }),
  property(dav('acl-restrictions'), everywhere, () => xml(dav('grant-only')) + xml(dav('no-invert'))),
  property(dav('inherited-acl-set'), everywhere, () => ''),
  property(dav('owner'), ['home', 'oneHome', 'oneBook'], (_, { actor }) => href(paths.principal(actor.principalId))),
  property(dav('owner'), ['book'], ({ book }) => href(paths.principal(book.seen.book.account_id))),
  property(dav('owner'), ['card'], ({ book }) => href(paths.principal(book.book.seen.book.account_id))),
  property(dav('principal-URL'), ['principal'], ({ path }) => href(path)),
  property(dav('alternate-URI-set'), ['principal'], ({ principal }) =>
    principal.email === null ? '' : href(`mailto:${principal.email}`),
  ),
  property(calendarserver('email-address-set'), ['principal'], ({ principal }) =>
    principal.email === null ? '' : xml(calendarserver('email-address'), escapeXml(principal.email)),
  ),
  property(dav('group-membership'), ['principal'], async ({ principal }, { db, actor }) => {
    // Who is in which group is told to the person themselves.
    if (principal.id !== actor.principalId) return '';
    const all = await principalsOf(db, principal.id);
    return all
      .filter((id) => id !== principal.id)
      .map((id) => href(paths.principal(id)))
      .join('');
  }),
  property(dav('group-member-set'), ['principal'], async ({ principal }, { db }) => {
    if (principal.kind !== 'group') return '';
    const members = await membersOf(db, principal.id, mostMembers + 1);
    return members.length > mostMembers ? '' : members.map(({ id }) => href(paths.principal(id))).join('');
  }),
  property(dav('resource-id'), ['book'], ({ book }) => href(`urn:x-coterie:${book.seen.book.id}`)),
  property(dav('resource-id'), ['card'], ({ card }) => href(`urn:x-coterie:${card.id}`), { ofCard: ['id'] }),
];
