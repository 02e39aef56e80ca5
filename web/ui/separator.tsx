import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { classes } from './button.tsx';
import styles from './separator.module.css';

export interface SeparatorProps {
  readonly label: string;
  /** The way in which it is moved. */
  readonly axis: 'x' | 'y';
  readonly least: number;
  readonly most: number;
  /** The size of what lies before it, in pixels, as it is on the screen. */
  readonly measure: () => number;
  /** While it is moved. */
  readonly onMove: (size: number) => void;
  /** It stays here; undefined: as it was at first. */
  readonly onDone: (size: number | undefined) => void;
  readonly className?: string | undefined;
}

const step = 16;
const largeStep = 64;

/** A line between two things that makes the first larger: by mouse, finger and arrow keys (ARIA Authoring Practices, window splitter). */
export function Separator({ label, axis, least, most, measure, onMove, onDone, className }: SeparatorProps) {
  const [size, setSize] = useState<number>();
  const start = useRef<{ readonly at: number; readonly size: number; readonly pointer: number }>(undefined);
  const line = useRef<HTMLDivElement>(null);
  const latest = useRef(measure);
  useEffect(() => {
    latest.current = measure;
  });
  // What it is at first depends on the window; asked when the page has been laid out, it costs nothing.
  useEffect(() => {
    const observer = new ResizeObserver(() => setSize(Math.round(latest.current())));
    if (line.current) observer.observe(line.current);
    return () => observer.disconnect();
  }, []);

  const bounded = (wanted: number) => Math.round(Math.min(most, Math.max(least, wanted)));
  const placeOf = (event: PointerEvent) => (axis === 'x' ? event.clientX : event.clientY);
  const move = (wanted: number) => {
    const next = bounded(wanted);
    onMove(next);
    // The window may not have so much room: then it says what there is.
    setSize(Math.round(measure()));
    return next;
  };
  const targetOf = ({ pointer, at, size: before }: NonNullable<typeof start.current>, event: PointerEvent) =>
    event.pointerId === pointer ? before + placeOf(event) - at : undefined;
  const end = (event: PointerEvent) => {
    const target = start.current && targetOf(start.current, event);
    if (target === undefined) return;
    start.current = undefined;
    onDone(move(target));
  };
  const keys: Readonly<Record<string, number>> = {
    [axis === 'x' ? 'ArrowLeft' : 'ArrowUp']: -1,
    [axis === 'x' ? 'ArrowRight' : 'ArrowDown']: 1,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  return (
    <div
      ref={line}
      role="separator"
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={size === undefined ? least : bounded(size)}
      tabIndex={0}
      className={classes(styles['separator'], className)}
      onFocus={() => setSize(Math.round(measure()))}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.stopPropagation();
        event.currentTarget.focus();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: placeOf(event), size: measure(), pointer: event.pointerId };
      }}
      onPointerMove={(event) => {
        const target = start.current && targetOf(start.current, event);
        if (target !== undefined) move(target);
      }}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => onDone(undefined)}
      onKeyDown={(event: KeyboardEvent) => {
        const direction = keys[event.key];
        if (direction === undefined && event.key !== 'Enter') return;
        event.preventDefault();
        event.stopPropagation();
        if (direction === undefined) onDone(undefined);
        else onDone(move(measure() + direction * (event.shiftKey ? largeStep : step)));
      }}
    />
  );
}
