import { cloneElement, type ReactElement, type ReactNode, type RefAttributes, useId, useRef, useState } from 'react';
import type { ButtonProps } from 'react-aria-components';
import { usePopups } from './popups/use-popups.ts';
import styles from './popover.module.css';

/** An entry that does something. */
export interface MenuAction {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** Shown only: it is heard with the help on shortcuts. */
  readonly shortcut?: string;
  /** Why it cannot be done now: the entry is grey and says so. */
  readonly unavailable?: string | null | undefined;
  readonly isDangerous?: boolean;
  readonly href?: string;
  readonly onAction?: () => void;
}

/** A group of entries of which one is ticked. */
export interface MenuChoice {
  readonly id: string;
  readonly heading: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
}

/** A line between entries. */
export interface MenuLine {
  readonly id: string;
  readonly separator: true;
}

export type MenuEntry = MenuAction | MenuChoice | MenuLine;

export interface MenuProps {
  readonly entries: readonly MenuEntry[];
  readonly label: string;
  /** The button that opens the menu. */
  readonly children: ReactElement<ButtonProps & RefAttributes<HTMLButtonElement>>;
  readonly placement?: 'bottom start' | 'bottom end';
}

/** By these keys a menu opens at its first or its last entry (ARIA Authoring Practices, menu button). */
const openingKeys: Readonly<Record<string, 'first' | 'last'>> = { ArrowDown: 'first', ArrowUp: 'last' };

/** A menu that opens below its button. */
export function Menu({ children, entries, label, placement = 'bottom end' }: MenuProps) {
  const [autoFocus, setAutoFocus] = useState<'first' | 'last' | true>();
  const trigger = useRef<HTMLButtonElement>(null);
  const id = useId();
  const popups = usePopups(autoFocus !== undefined);
  return (
    <>
      {cloneElement(children, {
        ref: trigger,
        'aria-haspopup': 'menu',
        'aria-expanded': autoFocus !== undefined,
        ...(popups ? { 'aria-controls': id } : {}),
        onPress: ({ pointerType }) =>
          setAutoFocus(pointerType === 'keyboard' || pointerType === 'virtual' ? 'first' : true),
        onKeyDown(event) {
          const place = openingKeys[event.key];
          if (!place) return event.continuePropagation();
          event.preventDefault();
          setAutoFocus(place);
        },
      })}
      {popups && autoFocus !== undefined ? (
        <popups.MenuPopup
          id={id}
          entries={entries}
          label={label}
          anchor={trigger}
          placement={placement}
          autoFocus={autoFocus}
          onClose={() => setAutoFocus(undefined)}
        />
      ) : null}
    </>
  );
}

/** Where a context menu opens, in the coordinates of the window. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

export interface ContextMenuProps {
  readonly entries: readonly MenuEntry[];
  readonly label: string;
  readonly place: MenuPlace;
  readonly onClose: () => void;
}

/**
 * A menu at a place of the window, for right click, context-menu key and arrow buttons alike; rendered while
 * it is open.
 */
export function ContextMenu({ place, entries, label, onClose }: ContextMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const id = useId();
  const popups = usePopups(true);
  return (
    <>
      <span ref={anchor} className={styles['anchor']} style={{ left: place.x, top: place.y }} aria-hidden />
      {popups ? (
        <popups.MenuPopup
          key={`${place.x} ${place.y}`}
          id={id}
          entries={entries}
          label={label}
          anchor={anchor}
          placement="bottom start"
          autoFocus="first"
          onClose={onClose}
        />
      ) : null}
    </>
  );
}

/** The place of a menu that an event asks for: the pointer, or for the keyboard below the element. */
export function menuPlaceOf(event: { clientX: number; clientY: number; currentTarget: Element }): MenuPlace {
  // The context-menu key and Shift+F10 report no pointer in some browsers, the corner of the element in others.
  if (event.clientX > 0 || event.clientY > 0) return { x: event.clientX, y: event.clientY };
  return menuPlaceBelow(event.currentTarget);
}

/** The place of a menu below an element's left edge. */
export function menuPlaceBelow(element: Element): MenuPlace {
  const box = element.getBoundingClientRect();
  return { x: box.left, y: box.bottom };
}
