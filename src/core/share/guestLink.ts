import type { ShareRow } from '../../db/schema.ts';
import { hashSecret, newSecret } from '../../lib/ids.ts';
import type { Transaction } from '../change/transaction.ts';
import type { World } from '../context.ts';

const day = 86_400_000;
const usualDays = 14;

/** The personal link of a guest; its secret is only in the mail. */
export type GuestLink = { readonly url: string; readonly expiresAt: string };

/**
 * Creates a new personal link for a share; the previous one no longer works. The link ends with the share at the
 * latest.
 */
export async function renewGuestLink(tx: Transaction, world: World, share: ShareRow): Promise<GuestLink> {
  const secret = newSecret();
  const now = world.now();
  const days = world.settings.outside?.invitationDays ?? usualDays;
  const latest = new Date(now.getTime() + days * day).toISOString();
  const expiresAt = share.expires_at !== null && share.expires_at < latest ? share.expires_at : latest;
  const row = { token_hash: hashSecret(secret), sent_at: now.toISOString(), expires_at: expiresAt, used_at: null };
  const insert = tx.build.insertInto('guest_invitation').values({ share_id: share.id, ...row });
  await tx.run(insert.onConflict((conflict) => conflict.column('share_id').doUpdateSet(row)));
  return { url: `${world.settings.publicUrl}/guest/${secret}`, expiresAt };
}
