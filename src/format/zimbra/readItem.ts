import { isObject } from '../../lib/json.ts';
import type { JsonObject } from '../../lib/json.ts';
import { isMap, listOf, readMetadata, textIn } from './bencode.ts';
import type { Metadata } from './bencode.ts';
import { colorOf } from './colors.ts';
import { readAttributes } from './readAttributes.ts';
import { systemFolders, ZimbraFormatError } from './types.ts';
import type { GranteeKind, ZimbraGrant, ZimbraItem } from './types.ts';

type Fields = { readonly [name: string]: Metadata };
type Reader = (json: JsonObject, metadata: Fields) => ZimbraItem;

const contactView = 6;

/** The types of items (MailItem.Type) that are about contacts. */
const readers: Readonly<Record<number, Reader>> = {
  1: (json, metadata) => ({
    type: 'folder',
    id: idOf(json, 'id'),
    parentId: idOf(json, 'folder_id'),
    uuid: text(json, 'uuid') || null,
    name: text(json, 'name'),
    color: colorIn(metadata),
    isForContacts: isForContacts(json, metadata),
    grants: grantsIn(metadata),
  }),
  3: (json, metadata) => ({ type: 'tag', name: text(json, 'name'), color: colorIn(metadata) }),
  6: (json, metadata) => ({
    type: 'contact',
    id: idOf(json, 'id'),
    folderId: idOf(json, 'folder_id'),
    tags: tagsOf(text(json, 'TagNames') || text(json, 'TagStr').replace(/^[\d,]+$/u, '')),
    // Before version 9 the attributes were all that there is.
    ...readAttributes(isMap(metadata['fld']) ? metadata['fld'] : metadata),
  }),
  13: (json, metadata) => ({
    type: 'link',
    id: idOf(json, 'id'),
    name: text(json, 'name'),
    color: colorIn(metadata),
    isForContacts: isForContacts(json, metadata),
    // An archive has the owner's id alone.
    ownerEmail: null,
    folderId: textIn(metadata['id']) ?? '',
  }),
};

/** Reads a `.meta` file of an archive; undefined for what is no contact, tag or folder. Throws a `ZimbraFormatError`. */
export function readItem(meta: string): ZimbraItem | undefined {
  const json = parsed(meta);
  const read = readers[Number(json['type'])];
  return read?.(json, readMetadata(text(json, 'metadata')));
}

function parsed(meta: string): JsonObject {
  try {
    const json: unknown = JSON.parse(meta);
    if (isObject(json)) return json;
  } catch {
    // Told below, as what is JSON but no object.
  }
  throw new ZimbraFormatError('no JSON object');
}

function text(json: JsonObject, name: string): string {
  const value = json[name];
  return typeof value === 'string' ? value : '';
}

function idOf(json: JsonObject, name: string): string {
  const id = json[name];
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id);
  throw new ZimbraFormatError(`no ${name}`);
}

function colorIn(metadata: Fields): string | null {
  return colorOf(Number(metadata['c'] ?? 0));
}

/** Folders of the system say nothing of what they are for. */
function isForContacts(json: JsonObject, metadata: Fields): boolean {
  const id = idOf(json, 'id');
  const view = metadata['vt'];
  return view === undefined ? id === systemFolders.contacts || id === systemFolders.emailed : view === contactView;
}

/** Names with a colon between them; a backslash stands before one that is a part of a name. */
function tagsOf(names: string): string[] {
  const parts = names.match(/(?:\\.|[^:\\])+/gsu) ?? [];
  return parts.map((part) => part.replaceAll(/\\(.)/gsu, '$1')).filter((name) => name.trim() !== '');
}

const kinds: readonly (GranteeKind | undefined)[] = [
  undefined,
  'usr',
  'grp',
  'all',
  'dom',
  'cos',
  'pub',
  'guest',
  'key',
];
const letters: readonly (readonly [bit: number, letter: string])[] = [
  [0x1, 'r'],
  [0x2, 'w'],
  [0x4, 'i'],
  [0x8, 'd'],
  [0x10, 'x'],
  [0x100, 'a'],
];

function grantsIn(metadata: Fields): ZimbraGrant[] {
  const map = metadata['aclm'];
  const all = isMap(map) ? map : { g: metadata['acl'] ?? [] };
  return listOf(all['g']).flatMap((grant): ZimbraGrant[] => {
    if (!isMap(grant)) return [];
    const kind = kinds[Number(grant['t'])];
    if (kind === undefined) return [];
    const granteeId = textIn(grant['g']) ?? kind;
    const bits = Number(grant['r']);
    const expiry = Number(grant['e'] ?? 0) || Number((kind === 'guest' ? all['ge'] : all['ie']) ?? 0);
    return [
      {
        kind,
        granteeId,
        email: textIn(grant['n']) ?? (granteeId.includes('@') ? granteeId : null),
        rights: letters
          .filter(([bit]) => (bits & bit) !== 0)
          .map(([, letter]) => letter)
          .join(''),
        expiresAt: dateOf(expiry),
      },
    ];
  });
}

/** A time in milliseconds; null where there is none. */
export function dateOf(milliseconds: number): Date | null {
  const date = new Date(milliseconds);
  return milliseconds > 0 && !Number.isNaN(date.getTime()) ? date : null;
}
