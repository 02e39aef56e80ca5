import type { Context } from '../../../core/context.ts';
import { setShareWith } from '../../../core/share/setShareWith.ts';
import { noRights, rightsWhere } from '../../../core/sharing/rights.ts';
import type { Rights } from '../../../core/sharing/rights.ts';
import { AppError } from '../../../errors.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { empty } from '../../../lib/http/reply.ts';
import { childOf, childrenOf, elementsOf, textOf } from '../../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../../lib/xml/xmlElement.ts';
import { DavError, needPrivilege } from '../errors.ts';
import { dav, xml } from '../names.ts';
import { readXmlBody } from '../readXmlBody.ts';
import type { Resource } from '../resources.ts';
import { principalAt } from '../sharing/sharees.ts';

const refusal = (condition: string) => new DavError(403, xml(dav(condition)));

/**
 * ACL (RFC 3744 §8.1) on a folder: with whom it is shared is then what the list says, as with `shareWith` in JMAP. The
 * owner's entry and those from folders above stay as they are.
 */
export async function acl(context: Context, resource: Resource, request: HttpRequest): Promise<HttpReply> {
  if (resource.kind !== 'book') throw new DavError(405);
  const { seen } = resource.book;
  if (!seen.rights.mayShare) throw needPrivilege(resource.path, 'write-acl');
  const list = await readXmlBody(request, dav('acl'));
  if (!list) throw new DavError(400);
  const wanted = new Map<string, Rights>();
  for (const ace of childrenOf(list, dav('ace'))) {
    if (childOf(ace, dav('inherited')) || childOf(ace, dav('protected'))) continue;
    const id = await granteeOf(context, ace);
    if (id === seen.book.account_id) continue;
    wanted.set(id, unite(wanted.get(id) ?? noRights, rightsIn(ace)));
  }
  const shareWith = Object.fromEntries([...wanted].filter(([, rights]) => rights.mayRead));
  await setShareWith(context, seen.book.id, shareWith).catch((error: unknown) => {
    if (error instanceof AppError && error.kind === 'forbidden') throw needPrivilege(resource.path, 'write-acl');
    if (error instanceof AppError && error.kind === 'invalid') throw refusal('allowed-principal');
    throw error;
  });
  return empty(200);
}

async function granteeOf(context: Context, ace: XmlElement): Promise<string> {
  if (childOf(ace, dav('invert'))) throw refusal('no-invert');
  const principal = childOf(ace, dav('principal'));
  const href = principal && childOf(principal, dav('href'));
  // Everybody, or whoever has signed in: that is what links are for.
  if (!href) throw refusal('allowed-principal');
  const id = await principalAt(context, textOf(href));
  if (id === null) throw refusal('recognized-principal');
  return id;
}

/** What each privilege means for a folder; those of reading come with any. */
const meanings: Readonly<Record<string, Partial<Rights>>> = {
  [dav('read')]: { mayRead: true },
  [dav('read-current-user-privilege-set')]: { mayRead: true },
  [dav('write')]: { mayRead: true, mayWrite: true },
  [dav('write-content')]: { mayRead: true, mayWrite: true },
  // Adding is the contributor's; who adds may take away what they added.
  [dav('bind')]: { mayRead: true, mayAdd: true },
  [dav('unbind')]: { mayRead: true, mayWrite: true },
  [dav('write-properties')]: { mayRead: true },
  [dav('read-acl')]: { mayRead: true },
  [dav('share')]: { mayRead: true, mayWrite: true, mayShare: true },
  [dav('write-acl')]: { mayRead: true, mayWrite: true, mayShare: true },
  [dav('all')]: { mayRead: true, mayWrite: true, mayShare: true },
};

function rightsIn(ace: XmlElement): Rights {
  const grant = childOf(ace, dav('grant'));
  if (!grant || childOf(ace, dav('deny'))) throw refusal('grant-only');
  let rights: Rights = noRights;
  for (const name of childrenOf(grant, dav('privilege'))
    .flatMap(elementsOf)
    .map((element) => element.name)) {
    const meaning = meanings[name];
    if (!meaning) throw refusal('not-supported-privilege');
    rights = unite(rights, meaning);
  }
  return rights;
}

function unite(rights: Rights, more: Partial<Rights>): Rights {
  return rightsWhere((name) => name !== 'mayDelete' && (rights[name] || more[name] === true));
}
