import { describeError } from '../../../api/errors.ts';
import { call } from '../../../api/jmap.ts';
import { byAccount, type CardRef } from '../../../model/cards/card-ref.ts';
import { firstEmail } from '../../../model/cards/card-summary.ts';
import { showFailure } from '../../../ui/toasts.tsx';

/** More addresses than that do not fit into a mailto: address everywhere. */
export const mostRecipients = 50;

/** The mailto: address of some recipients (RFC 6068 §2). */
export function mailtoUrl(addresses: readonly string[]): string {
  return `mailto:${addresses.map((address) => encodeURIComponent(address).replaceAll('%40', '@')).join(',')}`;
}

/** « Nouveau mail » to the first address of each card. */
export async function writeTo(refs: readonly CardRef[]): Promise<void> {
  try {
    const replies = await Promise.all(
      [...byAccount(refs)].map(([accountId, ofAccount]) => {
        const ids = ofAccount.map((ref) => ref.id);
        return call('ContactCard/get', { accountId, ids, properties: ['emails'] });
      }),
    );
    const addresses = replies.flatMap((reply) => reply.list.map(firstEmail)).filter(Boolean);
    if (addresses.length > 0) location.href = mailtoUrl(addresses);
  } catch (error) {
    showFailure(describeError(error));
  }
}
