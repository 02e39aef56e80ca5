import { Fragment, useState } from 'react';
import { useLanguage, useMessages } from '../../locales/messages.ts';
import { areShortcutsOn, turnShortcuts } from '../../model/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/fields/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './shell.module.css';

const keyNames = {
  fr: { enter: 'Entrée', delete: 'Suppr', shift: 'Maj', space: 'Espace' },
  en: { enter: 'Enter', delete: 'Del', shift: 'Shift', space: 'Space' },
};

/** The list of the keyboard's shortcuts. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const { common, contacts, shell } = useMessages();
  const names = keyNames[useLanguage()];
  const [isOn, setOn] = useState(areShortcutsOn);
  const list = shell.shortcutList;
  const groups = [
    {
      title: shell.shortcutsEverywhere,
      rows: [
        { keys: ['Ctrl', 'K'], text: shell.palette },
        { keys: ['/'], text: list.search },
        { keys: ['n'], text: list.newContact },
        { keys: ['?'], text: list.help },
        { keys: ['F6'], text: list.messages },
        { keys: ['Ctrl', 'Z'], text: list.undo },
        { keys: [names.shift, 'F10'], text: list.menu },
      ],
    },
    {
      title: shell.shortcutsFolders,
      rows: [
        { keys: ['↑', '↓'], text: list.move },
        { keys: ['←', '→'], text: list.openClose },
        { keys: [names.enter], text: list.open },
        { keys: ['F2'], text: list.rename },
        { keys: [names.delete], text: list.remove },
      ],
    },
    {
      title: contacts.shortcuts.title,
      rows: [
        { keys: [names.enter], text: contacts.shortcuts.open },
        { keys: [names.space], text: contacts.shortcuts.tick },
        { keys: [names.shift, '↓'], text: contacts.shortcuts.extend },
        { keys: ['Ctrl', 'A'], text: contacts.list.selectAll },
        { keys: ['e'], text: contacts.actions.edit },
        { keys: ['m'], text: contacts.actions.move },
        { keys: ['h'], text: contacts.actions.history },
        { keys: [names.delete], text: contacts.actions.remove },
        { keys: ['Ctrl', 'S'], text: contacts.shortcuts.save },
      ],
    },
  ];
  return (
    <Dialog title={shell.shortcuts} onClose={onClose} footer={<Button onPress={onClose}>{common.close}</Button>}>
      <div className={styles['shortcuts']}>
        {groups.map((group) => (
          <Fragment key={group.title}>
            <h3>{group.title}</h3>
            {group.rows.map(({ keys, text }) => (
              <Fragment key={text}>
                <span>{text}</span>
                <span className={styles['keys']}>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </span>
              </Fragment>
            ))}
          </Fragment>
        ))}
      </div>
      <Checkbox
        isSelected={isOn}
        onChange={(on) => {
          turnShortcuts(on);
          setOn(on);
        }}
        description={shell.shortcutsToggleHint}
      >
        {shell.shortcutsToggle}
      </Checkbox>
    </Dialog>
  );
}
