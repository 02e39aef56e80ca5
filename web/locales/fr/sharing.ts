/** Sharing: its dialog, the properties of a folder, invitations and their pages. */
export const sharing = {
  title: 'Propriétés du partage',
  propertiesTitle: 'Propriétés du dossier',
};
