import { gzipSync } from 'node:zlib';

/** A value as Zimbra keeps it. */
export type Metadata = string | number | readonly Metadata[] | { readonly [name: string]: Metadata };

/** Bencoded, with lengths in UTF-16 units, and keys in order, as Zimbra writes it. */
export function writeMetadata(value: Metadata): string {
  if (typeof value === 'number') return `i${value}e`;
  if (typeof value === 'string') return `${value.length}:${value}`;
  if (Array.isArray(value)) return `l${value.map(writeMetadata).join('')}e`;
  const entries = Object.entries(value as Record<string, Metadata>).sort(([a], [b]) => (a < b ? -1 : 1));
  return `d${entries.map(([name, each]) => writeMetadata(name) + writeMetadata(each)).join('')}e`;
}

/** A file of a tar. */
export type TarFile = { readonly name: string; readonly data: Uint8Array; readonly group?: string };

/** A .tgz as Zimbra's program writes it: names of more than 100 octets in entries of their own (GNU), the type as the group. */
export function writeArchive(files: readonly TarFile[]): Uint8Array<ArrayBuffer> {
  const blocks = files.flatMap(({ name, data, group }) => {
    const octets = Buffer.from(name);
    const long =
      octets.length >= 100 ? entry('././@LongLink', Buffer.concat([octets, Buffer.of(0)]), { flag: 'L' }) : [];
    return [...long, ...entry(octets.subarray(0, 99).toString('latin1'), data, { flag: '0', group: group ?? '' })];
  });
  return new Uint8Array(gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)])));
}

function entry(name: string, data: Uint8Array, { flag, group = '' }: { flag: string; group?: string }): Buffer[] {
  const header = Buffer.alloc(512);
  header.write(name, 0, 'latin1');
  header.write('0100644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('14500000000\0', 136);
  header.write(flag, 156);
  header.write('ustar  \0', 257, 'latin1');
  header.write(group, 297);
  header.write('        ', 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return [header, Buffer.from(data), Buffer.alloc((512 - (data.length % 512)) % 512)];
}

/** The numbers of item types that occur in tests. */
const types = { folder: 1, tag: 3, message: 5, contact: 6, mountpoint: 13 } as const;

/** What of an item differs from the usual. */
export type Item = {
  readonly type: keyof typeof types;
  readonly id: number;
  readonly folderId: number;
  readonly name?: string;
  readonly uuid?: string;
  readonly tags?: string;
  readonly metadata: Metadata;
};

/** The `.meta` file of an item. */
export function writeItem({ type, id, folderId, name, uuid, tags, metadata }: Item): Uint8Array {
  const json = {
    id,
    uuid,
    type: types[type],
    parent_id: -1,
    folder_id: folderId,
    index_id: 0,
    imap_id: id,
    date: 1700000000,
    size: 0,
    volume_id: 0,
    unread: 0,
    flags: 0,
    name,
    metadata: writeMetadata(metadata),
    mod_metadata: 5,
    change_date: 1700000000,
    mod_content: 5,
    TagStr: '',
    TagNames: tags ?? '',
    Ver: 10,
  };
  return Buffer.from(JSON.stringify(json));
}

/** What Zimbra keeps beside a contact with a photo: a multipart message whose parts are not encoded. */
export function writePhoto(image: Uint8Array, name = 'photo.png'): Uint8Array {
  const boundary = '----=_Part_1_2.3';
  const head = [
    'Message-ID: <1.2.3@zimbra>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; ',
    `\tboundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: image/png',
    `Content-Disposition: attachment; filename=${name}; field=image`,
    'Content-Transfer-Encoding: 8bit',
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head), image, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}
