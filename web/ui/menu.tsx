import { Check } from 'lucide-react';
import { type ReactElement, type ReactNode, useRef } from 'react';
import {
  Header,
  Menu as AriaMenu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
  Text,
} from 'react-aria-components';
import { classes } from './button.tsx';
import styles from './popover.module.css';

/** An entry that does something. */
export interface MenuAction {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** Shown only: it is heard with the help on shortcuts. */
  readonly shortcut?: string;
  readonly isDisabled?: boolean;
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

interface MenuListProps {
  readonly entries: readonly MenuEntry[];
  readonly label: string;
  readonly onClose?: () => void;
}

function MenuList({ entries, label, onClose }: MenuListProps) {
  return (
    <AriaMenu className={styles['list']!} aria-label={label} {...(onClose ? { onClose, autoFocus: 'first' } : {})}>
      {entries.map((entry) => {
        if ('separator' in entry) return <Separator key={entry.id} className={styles['separator']!} />;
        if ('options' in entry) return <Choice key={entry.id} entry={entry} />;
        return <Action key={entry.id} entry={entry} />;
      })}
    </AriaMenu>
  );
}

function Choice({ entry }: { readonly entry: MenuChoice }) {
  return (
    <MenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[entry.id + entry.selected]}
      onSelectionChange={(keys) => {
        const chosen = entry.options.find((option) => keys !== 'all' && keys.has(entry.id + option.id));
        if (chosen) entry.onSelect(chosen.id);
      }}
    >
      <Header className={styles['heading']!}>{entry.heading}</Header>
      {entry.options.map((option) => (
        <MenuItem key={option.id} id={entry.id + option.id} textValue={option.label} className={styles['item']!}>
          <Text slot="label" className={styles['text']!}>
            {option.label}
          </Text>
          <Check size={16} aria-hidden className={styles['check']} />
        </MenuItem>
      ))}
    </MenuSection>
  );
}

function Action({ entry }: { readonly entry: MenuAction }) {
  return (
    <MenuItem
      id={entry.id}
      textValue={entry.label}
      isDisabled={entry.isDisabled ?? false}
      {...(entry.onAction ? { onAction: entry.onAction } : {})}
      {...(entry.href ? { href: entry.href } : {})}
      className={classes(styles['item'], entry.isDangerous && styles['dangerous'])}
    >
      {entry.icon}
      <Text slot="label" className={styles['text']!}>
        {entry.label}
      </Text>
      {entry.shortcut ? <span className={styles['shortcut']} data-shortcut={entry.shortcut} aria-hidden /> : null}
    </MenuItem>
  );
}

export interface MenuProps {
  readonly entries: readonly MenuEntry[];
  readonly label: string;
  /** The button that opens the menu. */
  readonly children: ReactElement;
  readonly placement?: 'bottom start' | 'bottom end';
}

/** A menu that opens below its button. */
export function Menu({ children, entries, label, placement = 'bottom end' }: MenuProps) {
  return (
    <MenuTrigger>
      {children}
      <Popover aria-label={label} className={styles['popover']!} placement={placement} offset={4}>
        <MenuList entries={entries} label={label} />
      </Popover>
    </MenuTrigger>
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
 * it is open. Focus goes back to the element that had it.
 */
export function ContextMenu({ place, entries, label, onClose }: ContextMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span ref={anchor} className={styles['anchor']} style={{ left: place.x, top: place.y }} aria-hidden />
      <Popover
        key={`${place.x} ${place.y}`}
        trigger="MenuTrigger"
        aria-label={label}
        className={styles['popover']!}
        triggerRef={anchor}
        isOpen
        onOpenChange={(isOpen) => !isOpen && onClose()}
        placement="bottom start"
        offset={2}
      >
        <MenuList entries={entries} label={label} onClose={onClose} />
      </Popover>
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
