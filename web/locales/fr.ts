import { administration } from './fr/administration.ts';
import { common } from './fr/common.ts';
import { contacts } from './fr/contacts.ts';
import { entry } from './fr/entry.ts';
import { folders } from './fr/folders.ts';
import { guest } from './fr/guest.ts';
import { preferences } from './fr/preferences.ts';
import { sharing } from './fr/sharing.ts';
import { shell } from './fr/shell.ts';
import { transfer } from './fr/transfer.ts';

/** Every sentence of the app in French, the source of the catalogue. */
export const fr = { administration, common, contacts, entry, folders, guest, preferences, sharing, shell, transfer };
