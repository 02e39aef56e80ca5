import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AddressBookRow, ShareRow } from '../../db/schema.ts';
import type { World } from '../context.ts';

/** The folder that an unguessable link opens to everybody. */
export type LinkedFolder = {
  readonly share: ShareRow;
  readonly book: AddressBookRow;
  readonly ownerName: string;
};

/**
 * The secret of a public link: the id of the share, signed. Nothing secret is stored, and ending the
 * share ends the link.
 */
export function linkToken(world: World, shareId: string): string {
  return `${shareId}.${sign(world, shareId)}`;
}

/** The address to hand on. */
export function linkUrl(world: World, shareId: string): string {
  return `${world.settings.publicUrl}/shared/${linkToken(world, shareId)}`;
}

/** The folder behind a link; undefined when it is wrong, ended or past its end date, or such links are switched off. */
export async function readLink(world: World, token: string): Promise<LinkedFolder | undefined> {
  const [shareId, signature, ...rest] = token.split('.');
  if (world.settings.outside?.publicLinks === false) return undefined;
  if (!shareId || !signature || rest.length > 0) return undefined;
  const expected = Buffer.from(sign(world, shareId));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const { db } = world;
  const share = await db.first(
    db.build.selectFrom('share').selectAll().where('id', '=', shareId).where('type', '=', 'public'),
  );
  if (!share || (share.expires_at !== null && share.expires_at <= world.now().toISOString())) return undefined;
  const book = await db.first(
    db.build.selectFrom('address_book').selectAll().where('id', '=', share.book_id).where('trash_id', 'is', null),
  );
  if (!book) return undefined;
  const owner = await db.first(
    db.build.selectFrom('principal').select('name').where('id', '=', book.account_id).where('is_active', '=', 1),
  );
  if (!owner) return undefined;
  return { share, book, ownerName: owner.name };
}

function sign(world: World, shareId: string): string {
  return createHmac('sha256', world.settings.linkKey).update(`link ${shareId}`).digest('base64url');
}
