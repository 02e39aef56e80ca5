import { Check } from 'lucide-react';
import type { ComponentProps, RefObject } from 'react';
import { Header, Menu as AriaMenu, MenuItem, MenuSection, Popover, Separator, Text } from 'react-aria-components';
import { classes } from '../button.tsx';
import type { MenuAction, MenuChoice, MenuEntry } from '../menu.tsx';
import styles from '../popover.module.css';

export interface MenuPopupProps {
  readonly id: string;
  readonly entries: readonly MenuEntry[];
  readonly label: string;
  readonly anchor: RefObject<HTMLElement | null>;
  readonly placement: 'bottom start' | 'bottom end';
  /** The entry that the keyboard is on at first; true: none yet. */
  readonly autoFocus: 'first' | 'last' | true;
  readonly onClose: () => void;
}

/** A menu that is open, beside its anchor; focus goes back to the element that had it. */
export function MenuPopup(props: MenuPopupProps) {
  return (
    <Popover
      trigger="MenuTrigger"
      aria-label={props.label}
      className={styles['popover']!}
      triggerRef={props.anchor}
      isOpen
      onOpenChange={(isOpen) => !isOpen && props.onClose()}
      placement={props.placement}
      offset={4}
    >
      <MenuList {...props} />
    </Popover>
  );
}

function MenuList({ id, entries, label, autoFocus, onClose }: MenuPopupProps) {
  return (
    <AriaMenu id={id} className={styles['list']!} aria-label={label} autoFocus={autoFocus} onClose={onClose}>
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
  if (entry.unavailable) return <Unavailable entry={entry} />;
  return (
    <MenuItem
      id={entry.id}
      textValue={entry.label}
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

/** Grey, and yet the keyboard reaches it: else nobody who does not see the screen would learn why (ARIA Authoring Practices, menu). */
function Unavailable({ entry }: { readonly entry: MenuAction }) {
  return (
    <MenuItem
      id={entry.id}
      textValue={entry.label}
      shouldCloseOnSelect={false}
      className={classes(styles['item'], styles['unavailable'])}
      render={(props) => <div {...(props as ComponentProps<'div'>)} aria-disabled />}
    >
      {entry.icon}
      {/* Seen below the name and heard after it, but no part of it. */}
      <span className={styles['reason']} data-reason={entry.unavailable}>
        <Text slot="label" className={styles['grey']!}>
          {entry.label}
        </Text>
        <Text slot="description" className="visually-hidden">
          {entry.unavailable}
        </Text>
      </span>
    </MenuItem>
  );
}
