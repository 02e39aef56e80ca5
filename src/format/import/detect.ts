/** What a file is. The last are none that can be imported: how to come to one that can is told by name. */
export type FileKind = 'vcard' | 'csv' | 'ldif' | 'zip' | 'spreadsheet' | 'outlookFile' | 'mork' | 'empty' | 'unknown';

const signatures: readonly (readonly [kind: FileKind, ...bytes: number[]])[] = [
  ['zip', 0x50, 0x4b, 0x03, 0x04],
  ['zip', 0x50, 0x4b, 0x05, 0x06],
  // An old Excel or Outlook file; a mailbox of Outlook.
  ['outlookFile', 0xd0, 0xcf, 0x11, 0xe0],
  ['outlookFile', 0x21, 0x42, 0x44, 0x4e],
];

/** What a file is by its first bytes; undefined: to be told by its text. */
export function detectBytes(bytes: Uint8Array): FileKind | undefined {
  if (bytes.length === 0) return 'empty';
  return signatures.find(([, ...signature]) => signature.every((byte, at) => bytes[at] === byte))?.[0];
}

/** What a text is. */
export function detectText(text: string): FileKind {
  const start = text.slice(0, 20_000).replace(/^\ufeff/u, '');
  if (start.trim() === '') return 'empty';
  if (/^[^\S\r\n\u2028\u2029]*BEGIN\s*:\s*VCARD[^\S\r\n]*$/imu.test(start)) return 'vcard';
  if (/^dn::?\s/imu.test(start) && /^[a-z;-]+::?\s/imu.test(start)) return 'ldif';
  if (start.startsWith('// <!-- <mdb:mork')) return 'mork';
  // Bytes that no text has; pages and lists of programs are no tables, either.
  if (/[\u0000-\u0008\u000e-\u001a]/u.test(start) || /^\s*(<|%PDF|\{)/u.test(start)) return 'unknown';
  return 'csv';
}
