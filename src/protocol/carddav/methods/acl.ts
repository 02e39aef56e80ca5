import { transact, within } from '../../../core/change/transact.ts';
import type { Context } from '../../../core/context.ts';
import { setShareWith } from '../../../core/share/setShareWith.ts';
import { areSame, noRights, rightsWhere } from '../../../core/sharing/rights.ts';
import type { Rights } from '../../../core/sharing/rights.ts';
import { AppError } from '../../../errors.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { empty } from '../../../lib/http/reply.ts';
import { ownValue } from '../../../lib/ownValue.ts';
import { childOf, childrenOf, elementsOf, textOf } from '../../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../../lib/xml/xmlElement.ts';
import { accessList, folderPath } from '../accessList.ts';
import type { AccessEntry } from '../accessList.ts';
import { DavError, needPrivilege } from '../errors.ts';
import { dav, xml } from '../names.ts';
import { readXmlBody } from '../readXmlBody.ts';
import type { BookResource, Resource } from '../resources.ts';
import { principalAt } from '../sharing/sharees.ts';

const refusal = (condition: string) => new DavError(403, xml(dav(condition)));

/**
 * ACL (RFC 3744 §8.1) on a folder: with whom it is shared is then what the list says, as with `shareWith` in JMAP. What
 * the list tells and nobody changes here, the owner's entry and those from folders above, may be sent back as it was
 * read, or left out; said otherwise it is refused, and nothing is done.
 */
export async function acl(context: Context, resource: Resource, request: HttpRequest): Promise<HttpReply> {
  if (resource.kind !== 'book') throw new DavError(405);
  const { seen } = resource.book;
  if (!seen.rights.mayShare) throw needPrivilege(resource.path, 'write-acl');
  const list = await readXmlBody(request, { rootName: dav('acl') });
  if (!list) throw new DavError(400);
  // In one with what it is compared with: somebody whom the folder is kept from meanwhile stays out.
  await transact(context, (tx) => replaceList(within(context, tx), resource, list));
  return empty(200);
}

async function replaceList(context: Context, resource: BookResource, list: XmlElement): Promise<void> {
  const current = await accessList(context, resource);
  if (!current) throw needPrivilege(resource.path, 'write-acl');
  const wanted = new Map<string, Rights>();
  for (const element of childrenOf(list, dav('ace'))) {
    const ace = await readAce(context, element, current);
    const { principalId, rights } = ace;
    if (ace.isProtected || ace.inherited) await requireThere(context, ace, current);
    else wanted.set(principalId, unite(wanted.get(principalId) ?? noRights, rights));
  }
  await setShareWith(context, resource.book.seen.book.id, keepUnsaid(wanted, current)).catch((error: unknown) => {
    if (error instanceof AppError && error.kind === 'forbidden') throw needPrivilege(resource.path, 'write-acl');
    if (error instanceof AppError && error.kind === 'invalid') throw refusal('allowed-principal');
    throw error;
  });
}

/** An entry as it was sent. */
type Ace = {
  readonly principalId: string;
  readonly rights: Rights;
  /** Marked as such, or the owner's: theirs is the protected one. */
  readonly isProtected: boolean;
  readonly inherited: XmlElement | undefined;
};

async function readAce(context: Context, ace: XmlElement, current: readonly AccessEntry[]): Promise<Ace> {
  const [whom, what] = [oneOf(ace, 'principal', 'invert'), oneOf(ace, 'grant', 'deny')];
  if (whom.name === dav('invert')) throw refusal('no-invert');
  if (what.name === dav('deny')) throw refusal('grant-only');
  const principalId = await granteeOf(context, whom, current);
  const isOwner = current.some((entry) => entry.isProtected && entry.principalId === principalId);
  const isProtected = isOwner || childOf(ace, dav('protected')) !== undefined;
  return { principalId, rights: rightsIn(what), isProtected, inherited: childOf(ace, dav('inherited')) };
}

function oneOf(ace: XmlElement, ...names: readonly string[]): XmlElement {
  const [found, ...more] = elementsOf(ace).filter(({ name }) => names.some((each) => dav(each) === name));
  if (!found || more.length > 0) throw new DavError(400);
  return found;
}

async function granteeOf(context: Context, principal: XmlElement, current: readonly AccessEntry[]): Promise<string> {
  const href = childOf(principal, dav('href'));
  // Everybody, or whoever has signed in: that is what links are for.
  if (!href) throw refusal('allowed-principal');
  const known = new Set(current.flatMap((entry) => entry.principalId ?? []));
  const id = await principalAt(context, textOf(href), known);
  if (id === null) throw refusal('recognized-principal');
  return id;
}

/** An entry that cannot be set says what the list says already, or is refused. */
async function requireThere(context: Context, ace: Ace, current: readonly AccessEntry[]): Promise<void> {
  const { principalId, rights, isProtected, inherited } = ace;
  const place = inherited && pathnameIn(context, inherited);
  for (const entry of current) {
    if (entry.principalId !== principalId || entry.isProtected !== isProtected) continue;
    const from = entry.from === null ? undefined : await folderPath(context, entry.from);
    if (place === from && saysSame(entry.rights, rights)) return;
  }
  throw refusal(inherited ? 'no-inherited-ace-conflict' : 'no-protected-ace-conflict');
}

/** The path inside the `DAV:href`; null: there is none. */
function pathnameIn({ settings }: Context, element: XmlElement): string | null {
  const href = childOf(element, dav('href'));
  return (href && URL.parse(textOf(href).trim(), settings.publicUrl)?.pathname) ?? null;
}

/** No privilege says that a folder may be deleted. */
function saysSame(one: Rights, other: Rights): boolean {
  return areSame({ ...one, mayDelete: false }, { ...other, mayDelete: false });
}

/** What no entry tells stays as it is (§8.1): from whom the folder is kept, and who may delete it. */
function keepUnsaid(
  wanted: ReadonlyMap<string, Rights>,
  current: readonly AccessEntry[],
): Readonly<Record<string, Rights>> {
  const all = new Map(wanted);
  for (const { principalId, rights, isProtected, from } of current) {
    if (principalId === null || isProtected || from !== null) continue;
    const said = wanted.get(principalId);
    if (said ? saysSame(said, rights) : !rights.mayRead) all.set(principalId, rights);
  }
  return Object.fromEntries(all);
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
  [dav('share')]: { mayRead: true, mayShare: true },
  [dav('write-acl')]: { mayRead: true, mayShare: true },
  [dav('all')]: { mayRead: true, mayWrite: true, mayShare: true },
};

function rightsIn(grant: XmlElement): Rights {
  const names = childrenOf(grant, dav('privilege')).flatMap(elementsOf);
  if (names.length === 0) throw new DavError(400);
  let rights: Rights = noRights;
  for (const { name } of names) {
    const meaning = ownValue(meanings, name);
    if (!meaning) throw refusal('not-supported-privilege');
    rights = unite(rights, meaning);
  }
  return rights;
}

function unite(rights: Rights, more: Partial<Rights>): Rights {
  return rightsWhere((name) => name !== 'mayDelete' && (rights[name] || more[name] === true));
}
