import { currentLanguage, type Language, useLanguage } from '../../locales/messages.ts';
import { pluralIn } from '../../locales/plural.ts';

const [inFrench, inEnglish] = [pluralIn('fr'), pluralIn('en')];

// Apart from the other sentences of the app: only this page and the dialog of a merge need them.
const fr = {
  title: 'Doublons',
  intro:
    'Des contacts qui semblent être la même personne, dans tous les dossiers où vous pouvez écrire. Ce que deux fiches ont de différent est gardé des deux côtés\u202f; rien n’est perdu, et chaque fusion s’annule pendant 90 jours.',
  sections: { open: 'À examiner', recent: 'Fusions récentes' },
  count: (n: number) => inFrench(n, { zero: 'Aucun doublon', one: '# doublon', other: '# doublons' }),
  mergeAll: (n: number) => inFrench(n, { one: 'Tout fusionner (# certain)', other: 'Tout fusionner (# certains)' }),
  merging: 'Fusion en cours',
  undoing: 'Annulation en cours',
  progress: (done: number, total: number) => `${done} sur ${total}`,
  emptyTitle: 'Aucun doublon',
  emptyText: 'Tous vos contacts semblent être des personnes différentes.',
  loadFailed: 'Les doublons n’ont pas pu être cherchés.',
  more: 'Afficher la suite',
  cards: (n: number) => inFrench(n, { one: '# fiche', other: '# fiches' }),
  certain: 'Certain',
  probable: 'À vérifier',
  reasons: { email: 'même adresse mail', phone: 'même numéro', name: 'même nom ou presque' },
  keep: 'Fiche à garder',
  keepThis: (name: string, folder: string) => `Garder ${name}, dans ${folder}`,
  in: (folder: string, owner: string | null) => (owner === null ? folder : `${folder} (${owner})`),
  takeCard: 'Fusionner cette fiche',
  nothing: '–',
  same: 'identique',
  photo: 'Photo',
  photoOf: (name: string) => `Photo de ${name}`,
  fields: {
    birth: 'Date de naissance',
    death: 'Date de décès',
    name: 'Nom',
    keywords: 'Étiquettes',
    emails: 'Adresses mail',
    phones: 'Téléphones',
    organizations: 'Organisations',
    titles: 'Fonctions',
    nicknames: 'Alias',
    addresses: 'Adresses',
    links: 'Sites Web',
    notes: 'Commentaires',
  } as Readonly<Record<string, string>>,
  otherField: 'Autre information',
  keepValue: (text: string) => `Garder ${text}`,
  merge: 'Fusionner',
  mergeOf: (name: string) => `Fusionner les fiches de ${name}`,
  notDuplicates: 'Pas des doublons',
  notDuplicatesOf: (name: string) => `Pas des doublons\u202f: les fiches de ${name}`,
  dismissed: 'Ces fiches ne vous seront plus proposées ensemble.',
  merged: (name: string) => `Les fiches de ${name} n’en font plus qu’une.`,
  mergedMany: (n: number) => inFrench(n, { one: '# doublon fusionné', other: '# doublons fusionnés' }),
  someRefused: (n: number) =>
    inFrench(n, {
      one: '# doublon n’a pas pu être fusionné. Examinez-le.',
      other: '# doublons n’ont pas pu être fusionnés. Examinez-les.',
    }),
  undo: 'Annuler',
  undoOf: (name: string) => `Annuler la fusion de ${name}`,
  undone: (n: number) =>
    inFrench(n, {
      one: 'Fusion annulée\u202f: tout est comme avant.',
      other: '# fusions annulées\u202f: tout est comme avant.',
    }),
  undoneButEdited: 'Fusion annulée. Ce qui avait été modifié depuis est resté tel quel.',
  undoRefused: 'La fusion n’a pas pu être annulée\u202f: vous ne pouvez plus écrire dans l’un des dossiers.',
  folderGone: 'Le dossier d’une des fiches n’existe plus. Restaurez-le depuis la corbeille, puis annulez la fusion.',
  mergeRefused: 'La fusion n’a pas pu se faire\u202f: une des fiches a changé, ou vous ne pouvez plus y écrire.',
  groupAndContact: 'Un groupe et un contact ne peuvent pas être fusionnés.',
  recentEmptyTitle: 'Aucune fusion récente',
  recentEmptyText: 'Les fusions des 90 derniers jours sont ici, pour être annulées.',
  recentText: (n: number, when: string) => `${inFrench(n, { one: '# fiche', other: '# fiches' })} réunies ${when}`,
  recentBy: (name: string) => ` par ${name}`,
  tooFew: 'Gardez au moins deux fiches pour fusionner.',
  dialogTitle: (n: number) => `Fusionner ${n} contacts`,
};

const en: typeof fr = {
  title: 'Duplicates',
  intro:
    'Contacts that seem to be one person, in all folders in which you may write. What two cards say differently is kept from both; nothing is lost, and each merge can be undone for 90 days.',
  sections: { open: 'To review', recent: 'Recent merges' },
  count: (n) => inEnglish(n, { zero: 'No duplicates', one: '# duplicate', other: '# duplicates' }),
  mergeAll: (n) => inEnglish(n, { one: 'Merge all (# certain)', other: 'Merge all (# certain)' }),
  merging: 'Merging',
  undoing: 'Undoing',
  progress: (done, total) => `${done} of ${total}`,
  emptyTitle: 'No duplicates',
  emptyText: 'All your contacts seem to be different people.',
  loadFailed: 'Duplicates could not be looked for.',
  more: 'Show more',
  cards: (n) => inEnglish(n, { one: '# card', other: '# cards' }),
  certain: 'Certain',
  probable: 'To check',
  reasons: { email: 'same email address', phone: 'same number', name: 'same or similar name' },
  keep: 'Card to keep',
  keepThis: (name, folder) => `Keep ${name}, in ${folder}`,
  in: (folder, owner) => (owner === null ? folder : `${folder} (${owner})`),
  takeCard: 'Merge this card',
  nothing: '–',
  same: 'the same',
  photo: 'Photo',
  photoOf: (name) => `Photo of ${name}`,
  fields: {
    birth: 'Date of birth',
    death: 'Date of death',
    name: 'Name',
    keywords: 'Tags',
    emails: 'Email addresses',
    phones: 'Phones',
    organizations: 'Organisations',
    titles: 'Job titles',
    nicknames: 'Nicknames',
    addresses: 'Addresses',
    links: 'Web sites',
    notes: 'Notes',
  },
  otherField: 'Other information',
  keepValue: (text) => `Keep ${text}`,
  merge: 'Merge',
  mergeOf: (name) => `Merge the cards of ${name}`,
  notDuplicates: 'Not duplicates',
  notDuplicatesOf: (name) => `Not duplicates: the cards of ${name}`,
  dismissed: 'These cards will not be proposed together again.',
  merged: (name) => `The cards of ${name} are one now.`,
  mergedMany: (n) => inEnglish(n, { one: '# duplicate merged', other: '# duplicates merged' }),
  someRefused: (n) =>
    inEnglish(n, {
      one: '# duplicate could not be merged. Review it.',
      other: '# duplicates could not be merged. Review them.',
    }),
  undo: 'Undo',
  undoOf: (name) => `Undo the merge of ${name}`,
  undone: (n) =>
    inEnglish(n, { one: 'Merge undone: everything is as before.', other: '# merges undone: everything is as before.' }),
  undoneButEdited: 'Merge undone. What had been edited since stayed as it is.',
  undoRefused: 'The merge could not be undone: you may no longer write in one of the folders.',
  folderGone: 'The folder of one of the cards is gone. Restore it from the trash, then undo the merge.',
  mergeRefused: 'They could not be merged: one of the cards has changed, or you may no longer write there.',
  groupAndContact: 'A group and a contact cannot be merged.',
  recentEmptyTitle: 'No recent merges',
  recentEmptyText: 'Merges of the last 90 days are here, to be undone.',
  recentText: (n, when) => `${inEnglish(n, { one: '# card', other: '# cards' })} joined ${when}`,
  recentBy: (name) => ` by ${name}`,
  tooFew: 'Keep at least two cards to merge.',
  dialogTitle: (n) => `Merge ${n} contacts`,
};

const catalogues: Readonly<Record<Language, typeof fr>> = { fr, en };

/** Every sentence of this page. */
export type DuplicatesTexts = typeof fr;

/** The sentences of this page in the page's language. */
export function useDuplicatesTexts(): DuplicatesTexts {
  return catalogues[useLanguage()];
}

/** The same outside of components. */
export function duplicatesTexts(): DuplicatesTexts {
  return catalogues[currentLanguage()];
}
