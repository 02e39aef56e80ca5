import { writeArchive, writeItem, writeMetadata, writePhoto } from './archive.ts';
import type { Metadata, TarFile } from './archive.ts';

/** A grant as Zimbra keeps it; SOAP adds whom it is for. */
export type Grant = {
  readonly type: 'usr' | 'grp' | 'all' | 'pub' | 'guest';
  readonly granteeId: string;
  readonly email?: string;
  readonly rights: string;
};

/** A folder of an invented mailbox. */
export type Folder = {
  readonly id: number;
  readonly parentId: number;
  readonly name: string;
  /** 0–9, or `#rrggbb`. */
  readonly color?: number | string;
  /** 6: contacts; absent: whatever the system's is. */
  readonly view?: number;
  readonly grants?: readonly Grant[];
};

/** A contact or a group. */
export type Contact = {
  readonly id: number;
  readonly folderId: number;
  readonly fields: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
  readonly photo?: Uint8Array;
  readonly members?: readonly { readonly type: 'C' | 'G' | 'I'; readonly value: string }[];
};

/** An accepted share of somebody else. */
export type Link = { readonly id: number; readonly name: string; readonly owner: string; readonly folderId: number };

/** An invented mailbox. */
export type Mailbox = {
  readonly folders: readonly Folder[];
  readonly tags?: readonly { readonly id: number; readonly name: string; readonly color: number }[];
  readonly contacts: readonly Contact[];
  readonly links?: readonly Link[];
};

/** The folders that every mailbox has. */
export const systemFolders: readonly Folder[] = [
  { id: 1, parentId: 11, name: 'USER_ROOT' },
  { id: 2, parentId: 1, name: 'Inbox', view: 5 },
  { id: 3, parentId: 1, name: 'Trash' },
  { id: 7, parentId: 1, name: 'Contacts', view: 6 },
  { id: 13, parentId: 1, name: 'Emailed Contacts', view: 6 },
];

const rootUuid = '5b1f2c1e-0000-4000-8000-00000000aaaa';
const bits: Readonly<Record<string, number>> = { r: 1, w: 2, i: 4, d: 8, x: 16, a: 256 };
const granteeTypes = ['', 'usr', 'grp', 'all', 'dom', 'cos', 'pub', 'guest', 'key'];

/** The whole account as `fmt=tgz` exports it: folders, tags and links first, then contacts (and a mail). */
export function exportAccount(mailbox: Mailbox): Uint8Array<ArrayBuffer> {
  const item = (value: Parameters<typeof writeItem>[0], name: string): TarFile => ({
    name: `${name}.meta`,
    data: writeItem(value),
    group: value.type,
  });
  const numbered = (id: number, name: string) => `${String(id).padStart(10, '0')}-${name}`;
  const inPath = (folderId: number, name: string) => [...pathOf(mailbox, folderId), name].join('/');
  return writeArchive([
    ...mailbox.folders.map((folder) =>
      item(folderItem(folder), inPath(folder.parentId, numbered(folder.id, folder.name))),
    ),
    ...(mailbox.tags ?? []).map(({ id, name, color }) =>
      item({ type: 'tag', id, folderId: 8, name, metadata: { c: color } }, `Tags/${numbered(id, name)}`),
    ),
    ...(mailbox.links ?? []).map((link) =>
      item(
        {
          type: 'mountpoint',
          id: link.id,
          folderId: 1,
          name: link.name,
          metadata: { aid: 'x', id: link.folderId, vt: 6 },
        },
        numbered(link.id, link.name),
      ),
    ),
    {
      name: 'Inbox/0000000900-Bonjour.eml.meta',
      data: writeItem({ type: 'message', id: 900, folderId: 2, metadata: {} }),
      group: 'message',
    },
    { name: 'Inbox/0000000900-Bonjour.eml', data: Buffer.from('Subject: Bonjour\r\n\r\nBonjour'), group: 'message' },
    ...contactFiles(mailbox),
  ]);
}

/** What `fmt=tgz&types=contact` exports: contacts and groups, and nothing of folders but their paths. */
export function exportContacts(mailbox: Mailbox): Uint8Array<ArrayBuffer> {
  return writeArchive(contactFiles(mailbox));
}

function contactFiles(mailbox: Mailbox): TarFile[] {
  return mailbox.contacts.flatMap((contact): TarFile[] => {
    const { id, folderId, fields, tags = [], photo, members } = contact;
    const fld: Metadata = members
      ? {
          ...fields,
          groupMember: writeMetadata({ m: members.map(({ type, value }) => ({ t: type, v: value })), v: 10 }),
        }
      : fields;
    const att: Metadata = photo
      ? { att: [{ ctype: 'image/png', field: 'image', name: 'photo.png', part: '1', size: photo.length }] }
      : {};
    const metadata = { fld, ...att, v: 10 };
    const name = [...pathOf(mailbox, folderId), `${fields['lastName'] ?? fields['nickname'] ?? 'contact'}-${id}`].join(
      '/',
    );
    const escaped = tags.map((tag) => tag.replaceAll('\\', '\\\\').replaceAll(':', '\\:')).join(':');
    const meta = writeItem({ type: 'contact', id, folderId, tags: escaped, metadata });
    return [
      { name: `${name}.meta`, data: meta, group: 'contact' },
      ...(photo ? [{ name, data: writePhoto(photo), group: 'contact' }] : []),
    ];
  });
}

function folderItem({ id, parentId, name, color = 0, view, grants = [] }: Folder): Parameters<typeof writeItem>[0] {
  const rights = grants.map((grant) => ({
    g: grant.granteeId,
    t: granteeTypes.indexOf(grant.type),
    r: [...grant.rights].reduce((sum, letter) => sum + bits[letter]!, 0),
    e: 0,
  }));
  const metadata: Metadata = {
    c: typeof color === 'string' ? 0x1000000 + Number.parseInt(color.slice(1), 16) : color,
    ...(view === undefined ? {} : { vt: view }),
    ...(rights.length === 0 ? {} : { aclm: { g: rights, ie: 0, ge: 0 } }),
    v: 10,
  };
  return { type: 'folder', id, folderId: parentId, name, metadata, ...(id === 1 ? { uuid: rootUuid } : {}) };
}

function pathOf({ folders }: Mailbox, folderId: number): string[] {
  const folder = folders.find(({ id }) => id === folderId);
  // In a circle no path is right.
  const others = folders.filter((other) => other !== folder);
  return !folder || folder.id === 1 ? [] : [...pathOf({ folders: others, contacts: [] }, folder.parentId), folder.name];
}

/** What GetFolderRequest answers. */
export function folderAnswer(mailbox: Mailbox): object {
  const answer = (folder: Folder): object => {
    const { id, parentId, name, color = 0, view, grants = [] } = folder;
    const below = mailbox.folders.filter((other) => other.parentId === id).map(answer);
    const links = id === 1 ? (mailbox.links ?? []) : [];
    return {
      id: String(id),
      uuid: id === 1 ? rootUuid : `uuid-${id}`,
      name,
      absFolderPath: `/${pathOf(mailbox, id).join('/')}`,
      l: String(parentId),
      ...(typeof color === 'string' ? { rgb: color } : color === 0 ? {} : { color }),
      ...(view === undefined ? {} : { view: { 5: 'message', 6: 'contact' }[view] }),
      n: 0,
      ...(grants.length === 0 ? {} : { acl: { grant: grants.map(grantAnswer) } }),
      ...(below.length === 0 ? {} : { folder: below }),
      ...(links.length === 0
        ? {}
        : {
            link: links.map((link) => ({
              id: String(link.id),
              name: link.name,
              l: '1',
              view: 'contact',
              color: 5,
              owner: link.owner,
              zid: 'x',
              rid: link.folderId,
            })),
          }),
    };
  };
  return { folder: [answer(mailbox.folders.find(({ id }) => id === 1)!)], _jsns: 'urn:zimbraMail' };
}

function grantAnswer({ type, granteeId, email, rights }: Grant): object {
  return { zid: granteeId, gt: type, perm: rights, ...(email === undefined ? {} : { d: email }) };
}

/** What GetTagRequest answers. */
export function tagAnswer({ tags = [] }: Mailbox): object {
  return { tag: tags.map(({ id, name, color }) => ({ id: String(id), name, color })), _jsns: 'urn:zimbraMail' };
}
