import type { AddressBookRow } from '../../db/schema.ts';
import { audit } from '../audit/audit.ts';
import { auditOften } from '../audit/auditOften.ts';
import { transact } from '../change/transact.ts';
import type { Context, World } from '../context.ts';
import type { LinkedFolder } from '../sharing/links.ts';
import type { ExportForm } from './writeForm.ts';

/** Records that somebody exports a folder as a file, before any of it is sent. */
export function auditFolderExport(context: Context, book: AddressBookRow, { format }: ExportForm): Promise<void> {
  const object = { type: 'AddressBook', id: book.id, name: book.name } as const;
  return transact(context, (tx) =>
    audit(tx, context, { kind: 'export.folder', ownerId: book.account_id, object, details: { format } }),
  );
}

/** Records that a public link is used: once a day, and on the next day how often. */
export function auditLinkUse(world: World, { share, book }: LinkedFolder, address: string): Promise<void> {
  const object = { type: 'AddressBook', id: book.id, name: book.name } as const;
  const details = { shareId: share.id };
  return world.db.transaction((tx) =>
    auditOften(tx, { ...world, way: 'link' }, share.id, {
      kind: 'link.used',
      actorId: null,
      ownerId: book.account_id,
      object,
      address,
      details,
    }),
  );
}
