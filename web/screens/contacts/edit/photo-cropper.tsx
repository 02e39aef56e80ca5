import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from 'react';
import { type Crop, moved, mostZoom, squareOf, wholePicture, zoomed } from '../../../model/photo/crop.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useEditTexts } from './edit-texts.ts';
import styles from './photo-cropper.module.css';

interface PhotoCropperProps {
  readonly image: ImageBitmap;
  readonly onClose: () => void;
  /** The square that was chosen, as a JPEG. */
  readonly onPhoto: (photo: Blob) => void;
}

const middle = [0.5, 0.5] as const;
const keyStep = 0.05;
const keyZoom = 1.15;

/** « Cadrer la photo »: the square of a picture that is kept, moved and enlarged by mouse, fingers and keys. */
export function PhotoCropper({ image, onClose, onPhoto }: PhotoCropperProps) {
  const texts = useEditTexts();
  const id = useId();
  const [crop, setCrop] = useState(wholePicture);
  const canvas = useRef<HTMLCanvasElement>(null);
  const pointers = usePointers((change) => setCrop((before) => change(before, image)));
  useEffect(() => {
    if (canvas.current) draw(canvas.current, image, crop);
  }, [image, crop]);
  useWheel(canvas, (factor, at) => setCrop((before) => zoomed(before, factor, at, image)));

  const press = (event: KeyboardEvent) => {
    const change = keys[event.key];
    if (!change || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setCrop((before) => change(before, image));
  };
  const submit = () => {
    void jpegOf(image, crop).then((photo) => {
      onClose();
      if (photo) onPhoto(photo);
    });
  };
  return (
    <FormDialog title={texts.crop} onClose={onClose} onSubmit={submit} verb={texts.usePhoto}>
      <div className={styles['cropper']}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an area that is moved in two directions has no role of its own */}
        <div
          role="application"
          aria-label={texts.cropArea}
          aria-describedby={`${id}-hint`}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- its keys move the picture
          tabIndex={0}
          className={styles['frame']}
          onKeyDown={press}
          {...pointers}
        >
          <canvas ref={canvas} width={frameSize} height={frameSize} className={styles['picture']} />
          <span className={styles['ring']} aria-hidden />
        </div>
        <p id={`${id}-hint`} className={styles['hint']}>
          {texts.cropHint}
        </p>
        <label className={styles['zoom']}>
          {texts.zoom}
          <input
            type="range"
            min={1}
            max={mostZoom}
            step={0.01}
            value={crop.zoom}
            onChange={({ currentTarget: { value } }) =>
              setCrop((before) => zoomed(before, Number(value) / before.zoom, middle, image))
            }
          />
        </label>
      </div>
    </FormDialog>
  );
}

type Change = (crop: Crop, image: ImageBitmap) => Crop;

const keys: Readonly<Record<string, Change>> = {
  ArrowLeft: (crop, image) => moved(crop, [keyStep, 0], image),
  ArrowRight: (crop, image) => moved(crop, [-keyStep, 0], image),
  ArrowUp: (crop, image) => moved(crop, [0, keyStep], image),
  ArrowDown: (crop, image) => moved(crop, [0, -keyStep], image),
  '+': (crop, image) => zoomed(crop, keyZoom, middle, image),
  '=': (crop, image) => zoomed(crop, keyZoom, middle, image),
  '-': (crop, image) => zoomed(crop, 1 / keyZoom, middle, image),
};

const frameSize = 576;
const largest = 512;
const quality = 0.86;

function draw(canvas: HTMLCanvasElement, image: ImageBitmap, crop: Crop): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { left, top, side } = squareOf(crop, image);
  // JPEG knows no transparency.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, left, top, side, side, 0, 0, canvas.width, canvas.height);
}

/** Without what the camera wrote into the file: only the pixels are kept. */
function jpegOf(image: ImageBitmap, crop: Crop): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.min(largest, Math.round(squareOf(crop, image).side)));
  canvas.height = canvas.width;
  draw(canvas, image, crop);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
}

/** One pointer moves the picture, two also enlarge it. */
function usePointers(onChange: (change: Change) => void) {
  const held = useRef(new Map<number, readonly [number, number]>());
  const placeOf = (event: PointerEvent<HTMLElement>): readonly [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  const release = (event: PointerEvent) => {
    held.current.delete(event.pointerId);
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      held.current.set(event.pointerId, placeOf(event));
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const before = held.current.get(event.pointerId);
      if (!before) return;
      const now = placeOf(event);
      held.current.set(event.pointerId, now);
      const other = [...held.current].find(([pointerId]) => pointerId !== event.pointerId)?.[1];
      const step = [now[0] - before[0], now[1] - before[1]] as const;
      if (!other) return onChange((crop, image) => moved(crop, step, image));
      const factor = distance(now, other) / Math.max(0.01, distance(before, other));
      const between = [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2] as const;
      onChange((crop, image) => zoomed(moved(crop, [step[0] / 2, step[1] / 2], image), factor, between, image));
    },
    onPointerUp: release,
    onPointerCancel: release,
  };
}

function distance([x, y]: readonly [number, number], [otherX, otherY]: readonly [number, number]): number {
  return Math.hypot(x - otherX, y - otherY);
}

/** React listens to the wheel passively: the page behind would scroll. */
function useWheel(
  element: { readonly current: HTMLElement | null },
  onZoom: (factor: number, at: readonly [number, number]) => void,
): void {
  const latest = useRef(onZoom);
  useEffect(() => {
    latest.current = onZoom;
  });
  useEffect(() => {
    const target = element.current;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
      const at = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height] as const;
      latest.current(Math.exp(-event.deltaY / 400), at);
    };
    target?.addEventListener('wheel', turn, { passive: false });
    return () => target?.removeEventListener('wheel', turn);
  }, [element]);
}
