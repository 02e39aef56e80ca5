import type { AppPassword, Id } from '../../../../client/src/types.ts';
import { describeError } from '../../../api/errors.ts';
import { setStrictly } from '../../../api/jmap.ts';
import { load } from '../../../api/store.ts';
import { showFailure, showToast } from '../../../ui/toasts.tsx';
import type { DevicesTexts } from './devices-texts.ts';

/** What the person chose for a new device. */
export type NewDevice = Pick<AppPassword, 'name' | 'mayWrite' | 'addressBookId'>;

/** Makes an app password; the secret, which nobody will tell again. */
export async function createDevice(accountId: Id, device: NewDevice): Promise<string> {
  const { created } = await setStrictly('AppPassword', accountId, { create: { new: { ...device } } });
  void load('AppPassword', accountId, true);
  const made = created?.['new'] as { readonly secret?: string } | undefined;
  return made?.secret ?? '';
}

/** « Révoquer », with « Annuler » for as long as the message stands. */
export async function revokeDevice(accountId: Id, device: AppPassword, texts: DevicesTexts): Promise<void> {
  const change = async (isRevoked: boolean) => {
    await setStrictly('AppPassword', accountId, { update: { [device.id]: { isRevoked } } });
    await load('AppPassword', accountId, true);
  };
  try {
    await change(true);
    const restore = () =>
      change(false).then(
        () => showToast(texts.restored(device.name)),
        (error: unknown) => showFailure(describeError(error)),
      );
    showToast(texts.revoked(device.name), {
      undo: () => void restore(),
    });
  } catch (error) {
    showFailure(describeError(error));
  }
}
