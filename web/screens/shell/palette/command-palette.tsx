import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import { useMessages } from '../../../locales/messages.ts';
import { visibleRows } from '../../../model/folders/folder-tree.ts';
import { navigate } from '../../../model/navigation.ts';
import { contactsPath, folderPath } from '../../../model/route.ts';
import { announce } from '../../../ui/announce.ts';
import { FolderIcon } from '../../folders/folder-icon.tsx';
import { useFolderTree } from '../../folders/use-folder-tree.ts';
import styles from './command-palette.module.css';
import { type Command, matchingCommands } from './commands.ts';
import { useActions } from './use-actions.tsx';
import { useFoundContacts } from './use-found-contacts.tsx';

/** Everything that can be done or gone to, by a few letters of its name. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const { shell, common } = useMessages();
  const id = useId();
  const [text, setText] = useState('');
  const [pointed, setPointed] = useState<string>();
  const groups = useGroups(text);
  const commands = groups.flatMap((group) => group.commands);
  const active = commands.find((command) => command.id === pointed) ?? commands[0];
  useEffect(() => announce(common.matches(commands.length)), [common, commands.length]);

  const choose = (command: Command) => {
    onClose();
    // The dialog gives the focus back first; what is chosen may take it further.
    requestAnimationFrame(() => requestAnimationFrame(command.run));
  };
  const move = (step: number) => {
    const place = active ? commands.indexOf(active) : -1;
    setPointed(commands[(place + step + commands.length) % commands.length]?.id);
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => active && choose(active),
  };
  const press = (event: KeyboardEvent) => {
    const action = keys[event.key];
    if (!action || event.nativeEvent.isComposing) return;
    event.preventDefault();
    action();
  };
  const optionId = (command: Command) => `${id}-${command.id}`;
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()} className={styles['overlay']!}>
      <Modal className={styles['modal']!}>
        <AriaDialog aria-label={shell.palette} className={styles['dialog']!}>
          <div className={styles['box']}>
            <Search size={18} aria-hidden />
            <input
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is this field
              autoFocus
              role="combobox"
              aria-label={shell.palette}
              aria-expanded={commands.length > 0}
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              {...(active ? { 'aria-activedescendant': optionId(active) } : {})}
              autoComplete="off"
              spellCheck={false}
              placeholder={shell.palettePlaceholder}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setPointed(undefined);
              }}
              onKeyDown={press}
            />
          </div>
          <div id={`${id}-list`} role="listbox" aria-label={shell.palette} className={styles['list']}>
            {groups.map((group) => (
              <OptionGroup
                key={group.title}
                group={group}
                active={active}
                optionId={optionId}
                onPoint={setPointed}
                onChoose={choose}
              />
            ))}
          </div>
          {commands.length === 0 ? <p className={styles['empty']}>{shell.paletteEmpty}</p> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface OptionGroupProps {
  readonly group: Group;
  readonly active: Command | undefined;
  readonly optionId: (command: Command) => string;
  readonly onPoint: (id: string) => void;
  readonly onChoose: (command: Command) => void;
}

function OptionGroup({ group, active, optionId, onPoint, onChoose }: OptionGroupProps) {
  if (group.commands.length === 0) return null;
  return (
    <div role="group" aria-label={group.title}>
      <div className={styles['title']} aria-hidden>
        {group.title}
      </div>
      {group.commands.map((command) => (
        <Option
          key={command.id}
          id={optionId(command)}
          command={command}
          isActive={command === active}
          onPoint={() => onPoint(command.id)}
          onChoose={() => onChoose(command)}
        />
      ))}
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly command: Command;
  readonly isActive: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

function Option({ id, command, isActive, onPoint, onChoose }: OptionProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the keys are the field's: focus never leaves it
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      ref={isActive ? scrollIntoList : null}
      className={styles['option']}
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={onPoint}
      onClick={onChoose}
    >
      <span className={styles['icon']} aria-hidden>
        {command.icon}
      </span>
      <span className={styles['label']}>{command.label}</span>
      {command.hint ? <span className={styles['hint']}>{command.hint}</span> : null}
    </div>
  );
}

function scrollIntoList(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}

interface Group {
  readonly title: string;
  readonly commands: readonly Command[];
}

function useGroups(text: string): readonly Group[] {
  const { shell } = useMessages();
  const actions = useActions();
  const { nodes } = useFolderTree();
  const found = useFoundContacts(text);
  const folders = visibleRows(nodes, new Set()).map(({ key, kind, name, color, book }) => ({
    id: `folder-${key}`,
    label: name,
    icon: <FolderIcon kind={kind} color={color} size={16} />,
    run: () => navigate(book ? folderPath(book.accountId, book.id) : contactsPath({ kind: 'trash' })),
  }));
  return [
    { title: shell.paletteContacts, commands: found },
    { title: shell.paletteFolders, commands: matchingCommands(folders, text) },
    { title: shell.paletteActions, commands: matchingCommands(actions, text) },
  ];
}
