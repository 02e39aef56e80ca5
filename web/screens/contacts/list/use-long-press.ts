import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';
import type { MenuPlace } from '../../../ui/menu.tsx';

const pressFor = 550;
const mayMove = 10;

/** A finger that rests opens the menu: iOS knows no context-menu event. */
export function useLongPress(onLongPress: (target: EventTarget, place: MenuPlace) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const start = useRef<MenuPlace>({ x: 0, y: 0 });
  const wasLong = useRef(false);
  const cancel = () => clearTimeout(timer.current);
  useEffect(() => cancel, []);
  return {
    onPointerDown: ({ pointerType, target, clientX, clientY }: PointerEvent) => {
      cancel();
      wasLong.current = false;
      if (pointerType === 'mouse') return;
      start.current = { x: clientX, y: clientY };
      timer.current = setTimeout(() => {
        wasLong.current = true;
        onLongPress(target, start.current);
      }, pressFor);
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      if (Math.hypot(clientX - start.current.x, clientY - start.current.y) > mayMove) cancel();
    },
    // The finger's lifting must not open the contact below the menu.
    onClickCapture: (event: MouseEvent) => {
      if (wasLong.current) event.stopPropagation();
      wasLong.current = false;
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
  };
}
