import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AddressBookRow, ShareRow } from '../../db/schema.ts';
import type { World } from '../context.ts';

/** The folder that an unguessable public link opens. */
export type LinkedFolder = {
  readonly share: ShareRow;
  readonly book: AddressBookRow;
  readonly ownerName: string;
};

/** The secret of a public link: the signed id of the share. No secret is stored, and the link ends with the share. */
export function linkToken(world: World, shareId: string): string {
  return `${shareId}.${sign(world, shareId)}`;
}

/** The URL of a public link. */
export function linkUrl(world: World, shareId: string): string {
  return `${world.settings.publicUrl}/shared/${linkToken(world, shareId)}`;
}

/**
 * The folder behind a public link; undefined if the link is wrong, has ended or is past its end date, or if public
 * links are switched off.
 */
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
