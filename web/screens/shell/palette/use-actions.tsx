import {
  CircleQuestionMark,
  Languages,
  LogOut,
  Moon,
  Settings2,
  ShieldCheck,
  Sun,
  SunMoon,
  UserRoundPlus,
} from 'lucide-react';
import { describeError } from '../../../api/errors.ts';
import { useSession } from '../../../api/hooks.ts';
import { isAdministrator } from '../../../api/session.ts';
import { signOut } from '../../../api/site.ts';
import { useMessages } from '../../../locales/messages.ts';
import { setPreferences } from '../../../model/appearance.ts';
import { navigate } from '../../../model/navigation.ts';
import { folderPath } from '../../../model/route.ts';
import { showFailure } from '../../../ui/toasts.tsx';
import { useFolderTree } from '../../folders/use-folder-tree.ts';
import { transferCommands } from './transfer-commands.tsx';
import { openShortcutsDialog } from '../open-shortcuts.tsx';
import type { Command } from './commands.ts';
import { folderCommands } from './folder-commands.tsx';

const sections = ['general', 'sharing', 'mails', 'collecting', 'devices'] as const;

/** What can be done from anywhere. */
export function useActions(): readonly Command[] {
  const { shell, contacts, folders, preferences, transfer } = useMessages();
  const { session, accountId } = useSession();
  const { nodes } = useFolderTree();
  const home = nodes.find((node) => node.kind === 'contacts')?.book?.id;
  const fail = (error: unknown) => showFailure(describeError(error));
  const prefer = (patch: Parameters<typeof setPreferences>[1]) => () =>
    void setPreferences(accountId, patch).catch(fail);
  const leave = () => void signOut().then(() => navigate('/'), fail);
  return [
    ...(home
      ? [
          {
            id: 'new-contact',
            label: contacts.newContact,
            icon: <UserRoundPlus size={16} />,
            run: () => navigate(folderPath(accountId, home, 'new')),
          },
          ...folderCommands(folders),
        ]
      : []),
    ...transferCommands(transfer, home !== undefined),
    { id: 'shortcuts', label: shell.shortcuts, icon: <CircleQuestionMark size={16} />, run: openShortcutsDialog },
    ...sections.map((section) => ({
      id: `preferences-${section}`,
      label: preferences.sections[section],
      hint: shell.preferences,
      icon: <Settings2 size={16} />,
      run: () => navigate(`/preferences/${section}`),
    })),
    ...(isAdministrator(session)
      ? [
          {
            id: 'administration',
            label: shell.administration,
            icon: <ShieldCheck size={16} />,
            run: () => navigate('/administration/people'),
          },
        ]
      : []),
    {
      id: 'light',
      label: shell.themeLight,
      hint: shell.theme,
      icon: <Sun size={16} />,
      run: prefer({ theme: 'light' }),
    },
    { id: 'dark', label: shell.themeDark, hint: shell.theme, icon: <Moon size={16} />, run: prefer({ theme: 'dark' }) },
    {
      id: 'auto',
      label: shell.themeSystem,
      hint: shell.theme,
      icon: <SunMoon size={16} />,
      run: prefer({ theme: null }),
    },
    {
      id: 'fr',
      label: preferences.languageFr,
      hint: shell.language,
      icon: <Languages size={16} />,
      run: prefer({ language: 'fr' }),
    },
    {
      id: 'en',
      label: preferences.languageEn,
      hint: shell.language,
      icon: <Languages size={16} />,
      run: prefer({ language: 'en' }),
    },
    { id: 'sign-out', label: shell.signOut, icon: <LogOut size={16} />, run: leave },
  ];
}
