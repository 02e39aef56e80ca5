import { type Language, useLanguage } from '../../../locales/messages.ts';

// Apart from the other sentences of the app: only the form needs them, and a first visit does not pay for them.
const fr = {
  addField: 'Ajouter un champ',
  draftTitle: 'Vous aviez commencé à modifier ce contact.',
  draftTitleNew: 'Vous aviez commencé un nouveau contact.',
  draftText: (when: string) => `Ce que vous avez tapé ${when} n’a pas été enregistré.`,
  resumeDraft: 'Reprendre votre brouillon',
  dropDraft: 'L’abandonner',
  conflictTitle: 'Quelqu’un d’autre a changé la même chose que vous.',
  conflictText: 'Choisissez ce qui doit rester, puis enregistrez.',
  mine: 'Garder la vôtre',
  theirs: 'Prendre l’autre',
  nothing: '(vide)',
  otherField: 'Autre information',
  mineOf: (field: string, value: string) => `${field}\u202f: garder la vôtre, ${value}`,
  theirsOf: (field: string, value: string) => `${field}\u202f: prendre l’autre, ${value}`,
  othersHint: 'Ces informations sont gardées telles quelles.',
  takePhoto: 'Prendre une photo',
  dropPhoto: 'Déposez une image ici, ou collez-la.',
  dropOnCard: 'Déposez l’image pour en faire la photo de ce contact',
  crop: 'Cadrer la photo',
  cropHint: 'Glissez pour déplacer, molette ou deux doigts pour agrandir. Au clavier\u202f: flèches, + et −.',
  cropArea: 'Cadre de la photo',
  zoom: 'Agrandissement',
  usePhoto: 'Utiliser cette photo',
  recrop: 'Recadrer',
  invalidNeeds: (field: string) => `Remplissez d’abord «\u202f${field}\u202f».`,
  addTag: 'Ajouter une étiquette',
  tagsHint: 'Virgule ou Entrée pour finir une étiquette.',
  tagsChosen: 'Étiquettes du contact',
  removeTag: 'Retirer',
  noTag: 'Nouvelle étiquette\u202f: Entrée pour l’ajouter.',
};

const en: typeof fr = {
  addField: 'Add a field',
  draftTitle: 'You had begun to edit this contact.',
  draftTitleNew: 'You had begun a new contact.',
  draftText: (when) => `What you typed ${when} was not saved.`,
  resumeDraft: 'Resume your draft',
  dropDraft: 'Discard it',
  conflictTitle: 'Somebody else has changed the same as you.',
  conflictText: 'Choose what is to stay, then save.',
  mine: 'Keep yours',
  theirs: 'Take the other',
  nothing: '(empty)',
  otherField: 'Other information',
  mineOf: (field, value) => `${field}: keep yours, ${value}`,
  theirsOf: (field, value) => `${field}: take the other, ${value}`,
  othersHint: 'This is kept as it is.',
  takePhoto: 'Take a photo',
  dropPhoto: 'Drop an image here, or paste one.',
  dropOnCard: 'Drop the image to make it the photo of this contact',
  crop: 'Crop the photo',
  cropHint: 'Drag to move, wheel or two fingers to zoom. By keyboard: arrows, + and −.',
  cropArea: 'Frame of the photo',
  zoom: 'Zoom',
  usePhoto: 'Use this photo',
  recrop: 'Crop',
  invalidNeeds: (field) => `Fill in “${field}” first.`,
  addTag: 'Add a tag',
  tagsHint: 'A comma or Enter ends a tag.',
  tagsChosen: 'Tags of the contact',
  removeTag: 'Remove',
  noTag: 'New tag: Enter adds it.',
};

const catalogues: Record<Language, typeof fr> = { fr, en };

/** The sentences of the form of a contact, in the page's language. */
export function useEditTexts(): typeof fr {
  return catalogues[useLanguage()];
}
