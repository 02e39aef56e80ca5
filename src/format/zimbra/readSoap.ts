import { isObject, textOf } from '../../lib/json.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import { colorSaid } from './colors.ts';
import { dateOf } from './readItem.ts';
import { systemFolders, ZimbraFormatError } from './types.ts';
import type { GranteeKind, ZimbraFolder, ZimbraGrant, ZimbraLink, ZimbraTag } from './types.ts';

const kinds: readonly string[] = ['usr', 'grp', 'all', 'dom', 'cos', 'pub', 'guest', 'key'] satisfies GranteeKind[];
const deepest = 1_000;
const mostFolders = 20_000;

/** What a mailbox says of its folders and tags: the answers to GetFolderRequest and GetTagRequest, in JSON. */
export type SoapAnswers = { readonly folders: Json; readonly tags: Json };

/** Reads these answers. Throws a `ZimbraFormatError`. */
export function readSoap({ folders, tags }: SoapAnswers): (ZimbraFolder | ZimbraLink | ZimbraTag)[] {
  const items: (ZimbraFolder | ZimbraLink | ZimbraTag)[] = [];
  const waiting = elements(folders, 'folder').map((folder) => ({
    folder,
    parentId: systemFolders.root as string,
    depth: 0,
  }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { folder, parentId, depth } = next;
    if (depth > deepest || items.length > mostFolders) throw new ZimbraFormatError('too many folders');
    const id = localId(folder['id']);
    items.push(folderOf(folder, id, parentId));
    for (const link of elements(folder, 'link')) items.push(linkOf(link));
    for (const below of elements(folder, 'folder')) waiting.push({ folder: below, parentId: id, depth: depth + 1 });
  }
  for (const tag of elements(tags, 'tag'))
    items.push({ type: 'tag', name: textOf(tag['name']), color: colorSaid(tag['rgb'], tag['color']) });
  return items;
}

/** What stands under a name: one element, or a list of them. */
function elements(parent: Json | undefined, name: string): JsonObject[] {
  const found = isObject(parent) ? parent[name] : undefined;
  return (Array.isArray(found) ? found : [found]).filter(isObject);
}

/** The folder's id in this mailbox; that of another's has the account before it. */
function localId(id: Json | undefined): string {
  const number = /^\d{1,15}$/u.exec(numberText(id))?.[0];
  if (number === undefined) throw new ZimbraFormatError('a folder without an id');
  return number;
}

function folderOf(folder: JsonObject, id: string, parentId: string): ZimbraFolder {
  return {
    type: 'folder',
    id,
    parentId,
    uuid: textOf(folder['uuid']) || null,
    name: textOf(folder['name']),
    color: colorSaid(folder['rgb'], folder['color']),
    isForContacts: folder['view'] === 'contact',
    grants: elements(folder, 'acl').flatMap((acl) => elements(acl, 'grant').flatMap((grant) => grantOf(grant, acl))),
  };
}

function grantOf(grant: JsonObject, acl: JsonObject): ZimbraGrant[] {
  const kind = kinds.find((one) => one === grant['gt']) as GranteeKind | undefined;
  if (kind === undefined) return [];
  const granteeId = textOf(grant['zid']) || kind;
  const limit = kind === 'guest' ? acl['guestGrantExpiry'] : acl['internalGrantExpiry'];
  return [
    {
      kind,
      granteeId,
      email: textOf(grant['d']) || (granteeId.includes('@') ? granteeId : null),
      rights: textOf(grant['perm']),
      expiresAt: dateOf(Number(grant['expiry'] ?? 0) || Number(limit ?? 0)),
    },
  ];
}

function linkOf(link: JsonObject): ZimbraLink {
  return {
    type: 'link',
    id: numberText(link['id']),
    name: textOf(link['name']),
    color: colorSaid(link['rgb'], link['color']),
    isForContacts: link['view'] === 'contact',
    ownerEmail: textOf(link['owner']) || null,
    folderId: numberText(link['rid']),
  };
}

/** Ids are texts, or numbers. */
function numberText(value: Json | undefined): string {
  return typeof value === 'number' ? String(value) : textOf(value);
}
