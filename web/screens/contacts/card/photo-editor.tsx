import { ImagePlus, UserRound, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { DropZone, FileTrigger } from 'react-aria-components';
import { describeError } from '../../../api/errors.ts';
import { upload } from '../../../api/jmap.ts';
import type { ContactCard, Id } from '../../../../client/src/types.ts';
import { useMessages } from '../../../locales/messages.ts';
import { photoOf, photoUrl } from '../../../model/cards/card-summary.ts';
import { type Draft, freeKey, writeEntry } from '../../../model/cards/card-values.ts';
import { fullName } from '../../../../src/format/jscontact/names.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { showFailure } from '../../../ui/toasts.tsx';
import styles from './card-form.module.css';
import { scaledPhoto } from './scaled-photo.ts';

export interface PhotoEditorProps {
  readonly accountId: Id;
  readonly draft: Draft;
  readonly change: (change: (draft: Draft) => Draft) => void;
  /** What the colour behind the initials hangs on. */
  readonly seed: string | undefined;
}

/** The photo: chosen, dropped, pasted or removed. */
export function PhotoEditor({ accountId, draft, change, seed }: PhotoEditorProps) {
  const {
    contacts: { edit },
  } = useMessages();
  const [isPending, setPending] = useState(false);
  const card = draft as unknown as ContactCard;
  const photo = photoOf(card);
  const name = fullName(draft.name);
  const write = (entry: Readonly<Record<string, unknown>> | undefined) =>
    change((before) => {
      const key = photoOf(before as unknown as ContactCard)?.[0] ?? freeKey(before.media, 'm');
      return writeEntry(before, 'media', key, entry);
    });
  const take = async (file: Blob) => {
    setPending(true);
    try {
      const scaled = await scaledPhoto(file);
      if (!scaled) return showFailure(edit.photoFailed);
      const { blobId, type } = await upload(accountId, scaled);
      return write({ kind: 'photo', blobId, mediaType: type });
    } catch (error) {
      return showFailure(describeError(error));
    } finally {
      setPending(false);
    }
  };
  usePastedImage((file) => void take(file));

  return (
    <div className={styles['photo']}>
      <DropZone
        aria-label={edit.photo}
        className={styles['drop']!}
        getDropOperation={(types) =>
          ['image/jpeg', 'image/png', 'image/webp', 'image/gif'].some((type) => types.has(type)) ? 'copy' : 'cancel'
        }
        onDrop={({ items }) => {
          const item = items.find((candidate) => candidate.kind === 'file');
          if (item?.kind === 'file') void item.getFile().then(take);
        }}
      >
        <Avatar
          name={name}
          photo={photoUrl(accountId, card)}
          size={96}
          {...(seed ? { seed } : {})}
          {...(name ? {} : { icon: <UserRound size={40} aria-hidden /> })}
        />
        {photo ? (
          <span className={styles['removePhoto']}>
            <IconButton size="small" label={edit.removePhoto} onPress={() => write(undefined)}>
              <X size={16} aria-hidden />
            </IconButton>
          </span>
        ) : null}
      </DropZone>
      <FileTrigger acceptedFileTypes={['image/*']} onSelect={(files) => files?.[0] && void take(files[0])}>
        <Button size="small" variant="quiet" isPending={isPending} icon={<ImagePlus size={16} aria-hidden />}>
          {photo ? edit.changePhoto : edit.choosePhoto}
        </Button>
      </FileTrigger>
    </div>
  );
}

/** An image from the clipboard, wherever in the page the focus is while the form is open. */
function usePastedImage(onImage: (file: File) => void): void {
  const latest = useRef(onImage);
  useEffect(() => {
    latest.current = onImage;
  });
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
      if (!file) return;
      event.preventDefault();
      latest.current(file);
    };
    addEventListener('paste', paste);
    return () => removeEventListener('paste', paste);
  }, []);
}
