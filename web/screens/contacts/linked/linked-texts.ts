import { currentLanguage, type Language, useLanguage } from '../../../locales/messages.ts';

// Apart from the other sentences of the app: only who opens a linked copy needs them.
const fr = {
  label: 'Copie liée',
  following: (name: string, folder: string) =>
    folder ? `Copie liée de ${name} dans «\u202f${folder}\u202f».` : `Copie liée de ${name}.`,
  gone: (name: string) =>
    `Copie liée de ${name}. L’original n’est plus dans son dossier\u202f: supprimé, ou déplacé là où vous ne le voyez pas. Cette copie reste telle qu’elle est.`,
  noAccess: (name: string) =>
    `Copie liée de ${name}. Vous n’avez plus accès à l’original\u202f: cette copie reste telle qu’elle est, et suivra de nouveau si l’accès revient.`,
  readOnly: (name: string) =>
    `Copie liée de ${name}. Elle ne suit plus l’original\u202f: vous ne pouvez plus modifier cette fiche.`,
  show: 'Voir l’original',
  unlink: 'Délier',
  unlinked: 'Copie déliée\u202f: elle ne suit plus l’original',
  conflictTitle: 'L’original et cette copie ont changé au même endroit.',
  conflictText: 'La copie a gardé sa valeur.',
  mine: 'Garder celle de la copie',
  theirs: 'Prendre celle de l’original',
  mineOf: (field: string, value: string) => `${field}\u202f: garder celle de la copie, ${value}`,
  theirsOf: (field: string, value: string) => `${field}\u202f: prendre celle de l’original, ${value}`,
  taken: 'Valeur de l’original reprise',
};

const en: typeof fr = {
  label: 'Linked copy',
  following: (name, folder) => (folder ? `Linked copy of ${name} in “${folder}”.` : `Linked copy of ${name}.`),
  gone: (name) =>
    `Linked copy of ${name}. The original is no longer in its folder: deleted, or moved to where you do not see it. This copy stays as it is.`,
  noAccess: (name) =>
    `Linked copy of ${name}. You no longer have access to the original: this copy stays as it is, and will follow again if the access comes back.`,
  readOnly: (name) =>
    `Linked copy of ${name}. It no longer follows the original: you may not change this contact any more.`,
  show: 'Show the original',
  unlink: 'Unlink',
  unlinked: 'Copy unlinked: it no longer follows the original',
  conflictTitle: 'The original and this copy have changed in the same place.',
  conflictText: 'The copy has kept its value.',
  mine: 'Keep the copy’s',
  theirs: 'Take the original’s',
  mineOf: (field, value) => `${field}: keep the copy’s, ${value}`,
  theirsOf: (field, value) => `${field}: take the original’s, ${value}`,
  taken: 'The original’s value was taken',
};

const catalogues: Record<Language, typeof fr> = { fr, en };

/** The sentences of linked copies, in the page's language. */
export function useLinkedTexts(): typeof fr {
  return catalogues[useLanguage()];
}

/** The same outside of components. */
export function linkedTexts(): typeof fr {
  return catalogues[currentLanguage()];
}
