import { useState } from 'react';
import type { ContactCard, Id } from '../../../../client/src/types.ts';
import { describeError } from '../../../api/errors.ts';
import { upload } from '../../../api/jmap.ts';
import { useMessages } from '../../../locales/messages.ts';
import { photoOf, photoUrl } from '../../../model/cards/card-summary.ts';
import { freeKey } from '../../../../src/format/jscontact/edited.ts';
import { type Draft, writeEntry } from '../../../model/cards/card-values.ts';
import { openDialog } from '../../../ui/dialog-host.tsx';
import { showFailure } from '../../../ui/toasts.tsx';
import { PhotoCropper } from './photo-cropper.tsx';

/** The photo of a card in its form. */
export interface EditedPhoto {
  readonly url: string | null;
  readonly hasPhoto: boolean;
  readonly isPending: boolean;
  /** Has a picture cropped, and keeps it. */
  readonly take: (file: Blob) => Promise<void>;
  /** The same with the photo that is there. */
  readonly recrop: () => Promise<void>;
  readonly remove: () => void;
}

/** What can be done with the photo: it is cropped, uploaded, and stands in the card from then on. */
export function usePhoto(accountId: Id, draft: Draft, change: (change: (draft: Draft) => Draft) => void): EditedPhoto {
  const {
    contacts: { edit },
  } = useMessages();
  const [isPending, setPending] = useState(false);
  const card = draft as unknown as ContactCard;
  const write = (entry: Readonly<Record<string, unknown>> | undefined) =>
    change((before) => {
      const key = photoOf(before as unknown as ContactCard)?.[0] ?? freeKey(before.media, 'm');
      return writeEntry(before, 'media', key, entry);
    });
  const keep = async (cropped: Blob) => {
    setPending(true);
    try {
      const { blobId, type } = await upload(accountId, cropped);
      write({ kind: 'photo', blobId, mediaType: type });
    } catch (error) {
      showFailure(describeError(error));
    } finally {
      setPending(false);
    }
  };
  const take = async (file: Blob): Promise<void> => {
    // Also turns the picture as its EXIF data says.
    const image = await createImageBitmap(file).catch(() => undefined);
    if (!image) return showFailure(edit.photoFailed);
    openDialog((close) => <PhotoCropper image={image} onClose={close} onPhoto={(cropped) => void keep(cropped)} />);
  };
  const url = photoUrl(accountId, card);
  const recrop = async () => {
    try {
      await take(await (await fetch(url ?? '')).blob());
    } catch (error) {
      showFailure(describeError(error));
    }
  };
  const remove = () => write(undefined);
  return { url, hasPhoto: photoOf(card) !== undefined, isPending, take, recrop, remove };
}
