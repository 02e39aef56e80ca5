import { Camera, Crop, ImagePlus, UserRound, Users, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { DropZone, FileTrigger } from 'react-aria-components';
import type { Id } from '../../../../client/src/types.ts';
import { useMessages } from '../../../locales/messages.ts';
import type { Draft } from '../../../model/cards/card-values.ts';
import { takeLeftPhoto } from '../../../model/photo/left-photo.ts';
import { fullName } from '../../../../src/format/jscontact/names.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import styles from './card-form.module.css';
import { useEditTexts } from './edit-texts.ts';
import { usePhoto } from './use-photo.tsx';

interface PhotoEditorProps {
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
  const texts = useEditTexts();
  const name = fullName(draft.name);
  const { url, hasPhoto, isPending, take, recrop, remove } = usePhoto(accountId, draft, change);
  usePastedImage((file) => void take(file));
  useLeftPhoto((file) => void take(file));

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
        <Avatar name={name} photo={url} size={96} {...(seed ? { seed } : {})} {...iconOf(draft, name)} />
        {hasPhoto ? (
          <span className={styles['removePhoto']}>
            <IconButton size="small" label={edit.removePhoto} onPress={remove}>
              <X size={16} aria-hidden />
            </IconButton>
          </span>
        ) : null}
      </DropZone>
      <FileTrigger acceptedFileTypes={['image/*']} onSelect={(files) => files?.[0] && void take(files[0])}>
        <Button size="small" variant="quiet" isPending={isPending} icon={<ImagePlus size={16} aria-hidden />}>
          {hasPhoto ? edit.changePhoto : edit.choosePhoto}
        </Button>
      </FileTrigger>
      {isTouch ? (
        <FileTrigger
          acceptedFileTypes={['image/*']}
          defaultCamera="environment"
          onSelect={(files) => files?.[0] && void take(files[0])}
        >
          <Button size="small" variant="quiet" icon={<Camera size={16} aria-hidden />}>
            {texts.takePhoto}
          </Button>
        </FileTrigger>
      ) : null}
      {url ? (
        <Button size="small" variant="quiet" icon={<Crop size={16} aria-hidden />} onPress={() => void recrop()}>
          {texts.recrop}
        </Button>
      ) : (
        <p className={styles['photoHint']}>{isTouch ? null : texts.dropPhoto}</p>
      )}
    </div>
  );
}

// Only what is held in a hand has a camera that one would aim.
const isTouch = matchMedia('(pointer: coarse)').matches;

function iconOf({ kind }: Draft, name: string): { icon?: ReactNode } {
  if (kind === 'group') return { icon: <Users size={40} aria-hidden /> };
  return name ? {} : { icon: <UserRound size={40} aria-hidden /> };
}

/** One that was dropped on the contact before its form was open. */
function useLeftPhoto(onImage: (file: File) => void): void {
  const latest = useRef(onImage);
  useEffect(() => {
    const file = takeLeftPhoto();
    if (file) latest.current(file);
  }, []);
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
