import { Keyboard, LogOut, Settings2, ShieldCheck } from 'lucide-react';
import { Button } from 'react-aria-components';
import { describeError } from '../../api/errors.ts';
import { usePreferences, useSession } from '../../api/hooks.ts';
import { isAdministrator } from '../../api/session.ts';
import { signOut } from '../../api/site.ts';
import { forgetAllDrafts } from '../../model/cards/drafts.ts';
import { useMessages } from '../../locales/messages.ts';
import { setPreferences } from '../../model/appearance.ts';
import { navigate } from '../../model/navigation.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { showFailure } from '../../ui/toasts.tsx';
import styles from './shell.module.css';
import { openShortcutsDialog } from './open-shortcuts.tsx';

/** The person's own menu: preferences, language, theme, shortcuts, sign out. */
export function AccountMenu() {
  const { shell, preferences } = useMessages();
  const { session, accountId } = useSession();
  const current = usePreferences();
  const name = session.accounts[accountId]?.name ?? session.username;
  const fail = (error: unknown) => showFailure(describeError(error));
  const leave = async () => {
    await signOut();
    forgetAllDrafts();
    navigate('/');
  };
  const entries: readonly MenuEntry[] = [
    {
      id: 'preferences',
      label: shell.preferences,
      icon: <Settings2 size={16} aria-hidden />,
      href: '/preferences/general',
    },
    ...(isAdministrator(session)
      ? [
          {
            id: 'administration',
            label: shell.administration,
            icon: <ShieldCheck size={16} aria-hidden />,
            href: '/administration/people',
          },
        ]
      : []),
    {
      id: 'shortcuts',
      label: shell.shortcuts,
      icon: <Keyboard size={16} aria-hidden />,
      shortcut: '?',
      onAction: openShortcutsDialog,
    },
    { id: 'line1', separator: true },
    {
      id: 'language',
      heading: shell.language,
      options: [
        { id: 'auto', label: preferences.languageAuto },
        { id: 'fr', label: preferences.languageFr },
        { id: 'en', label: preferences.languageEn },
      ],
      selected: current?.language ?? 'auto',
      onSelect: (id) =>
        void setPreferences(accountId, { language: id === 'fr' || id === 'en' ? id : null }).catch(fail),
    },
    {
      id: 'theme',
      heading: shell.theme,
      options: [
        { id: 'auto', label: shell.themeSystem },
        { id: 'light', label: shell.themeLight },
        { id: 'dark', label: shell.themeDark },
      ],
      selected: current?.theme ?? 'auto',
      onSelect: (id) =>
        void setPreferences(accountId, { theme: id === 'light' || id === 'dark' ? id : null }).catch(fail),
    },
    { id: 'line2', separator: true },
    {
      id: 'signOut',
      label: shell.signOut,
      icon: <LogOut size={16} aria-hidden />,
      onAction: () => void leave().catch(fail),
    },
  ];
  return (
    <Menu entries={entries} label={shell.accountMenu(name)}>
      <Button className={styles['account']!} aria-label={shell.accountMenu(name)}>
        <Avatar name={name} seed={session.username} size={30} />
      </Button>
    </Menu>
  );
}
