import type { shell as French } from '../fr/shell.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('en');

/** The frame around the screens: top bar, banner, menu of the account, keyboard help. */
export const shell: typeof French = {
  contactsTab: 'Contacts',
  mainNavigation: 'Main navigation',
  skipToContent: 'Skip to content',
  search: 'Search contacts',
  searchPlaceholder: 'Search all contacts',
  accountMenu: (name) => `Account of ${name}`,
  preferences: 'Preferences',
  administration: 'Administration',
  language: 'Language',
  theme: 'Theme',
  themeSystem: 'As the system',
  themeLight: 'Light',
  themeDark: 'Dark',
  shortcuts: 'Keyboard shortcuts',
  signOut: 'Sign out',
  signedOutText: 'Your session has ended. Sign in to continue.',
  invitations: (n) => plural(n, { zero: 'No share waiting', one: '# share waiting', other: '# shares waiting' }),
  demo: 'Demonstration',
  demoHow: 'People and addresses are made up. For the real thing, start with',
  demoMail: 'See the mails sent',
  offline: 'Connection lost. The page will update as soon as it is back.',
  foldersPane: 'Folders',
  listPane: 'Contact list',
  cardPane: 'Contact',
  shortcutList: {
    search: 'Search',
    newContact: 'New contact',
    help: 'Show these shortcuts',
    move: 'Go from folder to folder',
    openClose: 'Expand or collapse a folder',
    open: 'Open the folder',
    rename: 'Rename the folder',
    remove: 'Delete the folder',
    menu: 'Menu of the item',
    messages: 'Go to the messages shown',
  },
  shortcutsToggle: 'Single-key shortcuts',
  shortcutsToggleHint: 'Turn off when you use speech input. Applies to this browser.',
  shortcutsEverywhere: 'Everywhere',
  shortcutsFolders: 'In the folders',
};
