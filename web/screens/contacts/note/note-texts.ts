import { type Language, useLanguage } from '../../../locales/messages.ts';

// Apart from the other sentences of the app: only who opens a contact needs them.
const fr = {
  label: 'Note privée – visible de vous seul',
  placeholder: 'Ce que vous voulez retenir de ce contact',
  saving: 'Enregistrement…',
  saved: 'Enregistré',
  unsaved: 'Pas encore enregistré.',
  retry: 'Réessayer',
  undo: 'Annuler les changements',
  failedLoad: 'Votre note privée n’a pas pu être lue.',
};

const en: typeof fr = {
  label: 'Private note – only you see it',
  placeholder: 'What you want to remember about this contact',
  saving: 'Saving…',
  saved: 'Saved',
  unsaved: 'Not saved yet.',
  retry: 'Try again',
  undo: 'Undo the changes',
  failedLoad: 'Your private note could not be read.',
};

const catalogues: Record<Language, typeof fr> = { fr, en };

/** The sentences of private notes, in the page's language. */
export function useNoteTexts(): typeof fr {
  return catalogues[useLanguage()];
}
