import type { sharing as French } from '../fr/sharing.ts';

/** Sharing: its dialog, the properties of a folder, invitations and their pages. */
export const sharing: typeof French = {
  title: 'Share Properties',
  propertiesTitle: 'Folder Properties',
};
