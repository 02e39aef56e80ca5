import { administration } from './en/administration.ts';
import { common } from './en/common.ts';
import { contacts } from './en/contacts.ts';
import { entry } from './en/entry.ts';
import { folders } from './en/folders.ts';
import { guest } from './en/guest.ts';
import { preferences } from './en/preferences.ts';
import type { fr } from './fr.ts';
import { sharing } from './en/sharing.ts';
import { shell } from './en/shell.ts';
import { transfer } from './en/transfer.ts';

/** Every sentence of the app in English; the compiler asks for exactly what the French has. */
export const en: typeof fr = {
  administration,
  common,
  contacts,
  entry,
  folders,
  guest,
  preferences,
  sharing,
  shell,
  transfer,
};
