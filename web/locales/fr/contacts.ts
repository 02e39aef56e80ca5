/** The list of contacts and the card. */
export const contacts = {
  newContact: 'Nouveau contact',
  chooseTitle: 'Aucun contact ouvert',
  chooseText: 'Choisissez un contact dans la liste pour voir sa fiche.',
};
