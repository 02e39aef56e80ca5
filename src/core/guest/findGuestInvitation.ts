import type { Reader } from '../../db/database.ts';
import { hashSecret } from '../../lib/ids.ts';
import { utcDate } from '../../lib/utcDate.ts';
import type { World } from '../context.ts';
import { isAllowed } from '../share/outside.ts';

/**
 * Where a guest's personal link leads. `new`: they choose a name and a password; `known`: they have a password, and may
 * choose another; `used`: they sign in; `expired`: whoever shared can send it again; `gone`: it is wrong, or nothing is
 * shared by it any more.
 */
export type GuestStep = 'new' | 'known' | 'used' | 'expired' | 'gone';

/** What the link tells whoever has it; if it is gone, nothing. */
export type GuestInvitation = {
  readonly step: GuestStep;
  readonly email: string;
  /** As the guest has called themselves; null: they have not come yet. */
  readonly name: string | null;
  readonly folderName: string;
  readonly ownerName: string;
  readonly sharedByName: string;
  readonly linkExpiresAt: string;
  readonly accountId: string;
  readonly addressBookId: string;
};

/** The same with details that are not told. */
export type FoundInvitation = GuestInvitation & { readonly shareId: string; readonly guestId: string };

/**
 * What a personal link leads to; undefined: nothing (any more). Reading it changes nothing, because programs open
 * links, too.
 */
export async function findGuestInvitation(
  world: World,
  reader: Reader,
  token: string,
): Promise<FoundInvitation | undefined> {
  if (!isAllowed(world, 'guest')) return undefined;
  const now = world.now().toISOString();
  const row = await reader.first(
    reader.build
      .selectFrom('guest_invitation as invitation')
      .innerJoin('share', 'share.id', 'invitation.share_id')
      .innerJoin('principal as guest', 'guest.id', 'share.principal_id')
      .innerJoin('address_book as book', 'book.id', 'share.book_id')
      .innerJoin('principal as owner', 'owner.id', 'book.account_id')
      .leftJoin('principal as sharer', 'sharer.id', 'share.created_by')
      .leftJoin('credential', 'credential.principal_id', 'guest.id')
      .select([
        'share.id as shareId',
        'guest.id as guestId',
        'guest.email',
        'guest.name',
        'book.name as folderName',
        'owner.name as ownerName',
        'sharer.name as sharedByName',
        'book.account_id as accountId',
        'book.id as addressBookId',
        'invitation.expires_at as linkExpiresAt',
        'invitation.used_at',
        'credential.principal_id as known',
      ])
      .where('invitation.token_hash', '=', hashSecret(token))
      .where('guest.is_active', '=', 1)
      .where('guest.is_guest', '=', 1)
      // Somebody inside has the address meanwhile: they sign in as everybody does.
      .where('guest.email_key', 'is not', null)
      .where('book.trash_id', 'is', null)
      .where(({ eb, or }) => or([eb('share.expires_at', 'is', null), eb('share.expires_at', '>', now)])),
  );
  if (!row) return undefined;
  const { used_at: usedAt, known, ...rest } = row;
  const step = usedAt !== null ? 'used' : row.linkExpiresAt <= now ? 'expired' : known === null ? 'new' : 'known';
  return {
    ...rest,
    step,
    email: row.email!,
    name: known === null ? null : row.name,
    sharedByName: row.sharedByName ?? row.ownerName,
    linkExpiresAt: utcDate(row.linkExpiresAt),
  };
}
