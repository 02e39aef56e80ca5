import { type Language, useLanguage } from '../../../locales/messages.ts';

const fr = {
  view: (sort: string) => `Affichage et tri\u202f: ${sort}`,
  menu: 'Affichage et tri',
  density: 'Densité',
  densities: { comfortable: 'Confortable', compact: 'Compacte' },
  readingPane: 'Volet de lecture',
  readingPanes: { right: 'À droite', below: 'En dessous', off: 'Aucun' },
  columnsEntry: 'Colonnes…',
  columnsTitle: 'Colonnes de la liste',
  columnsHint:
    'Les colonnes paraissent quand la liste est assez large\u202f: volet de lecture en dessous ou absent, ou liste élargie.',
  name: 'Nom',
  columns: {
    email: 'Mail',
    phone: 'Téléphone',
    organization: 'Organisation',
    title: 'Fonction',
    folder: 'Dossier',
    tags: 'Étiquettes',
    birthday: 'Anniversaire',
    city: 'Ville',
    created: 'Ajouté le',
    updated: 'Modifié le',
  },
  earlier: (name: string) => `Avancer «\u202f${name}\u202f»`,
  later: (name: string) => `Reculer «\u202f${name}\u202f»`,
  moved: (name: string, place: number, count: number) => `${name}\u202f: colonne ${place} sur ${count}`,
  reset: 'Rétablir la disposition',
  resetDone: 'Disposition rétablie',
  width: (name: string) => `Largeur de «\u202f${name}\u202f»`,
  selection: 'Sélection',
  foldersWidth: 'Largeur du volet des dossiers',
  listWidth: 'Largeur de la liste',
  listHeight: 'Hauteur de la liste',
};

const en: typeof fr = {
  view: (sort) => `View and sorting: ${sort}`,
  menu: 'View and sorting',
  density: 'Density',
  densities: { comfortable: 'Comfortable', compact: 'Compact' },
  readingPane: 'Reading pane',
  readingPanes: { right: 'On the right', below: 'Below', off: 'None' },
  columnsEntry: 'Columns…',
  columnsTitle: 'Columns of the list',
  columnsHint: 'Columns show when the list is wide enough: reading pane below or none, or a list made wider.',
  name: 'Name',
  columns: {
    email: 'Email',
    phone: 'Phone',
    organization: 'Organization',
    title: 'Job title',
    folder: 'Folder',
    tags: 'Tags',
    birthday: 'Birthday',
    city: 'City',
    created: 'Added',
    updated: 'Changed',
  },
  earlier: (name) => `Move “${name}” forward`,
  later: (name) => `Move “${name}” back`,
  moved: (name, place, count) => `${name}: column ${place} of ${count}`,
  reset: 'Reset the layout',
  resetDone: 'Layout reset',
  width: (name) => `Width of “${name}”`,
  selection: 'Selection',
  foldersWidth: 'Width of the folder pane',
  listWidth: 'Width of the list',
  listHeight: 'Height of the list',
};

const catalogues: Record<Language, typeof fr> = { fr, en };

/** The sentences about how things are arranged, in the page's language. */
export function useLayoutTexts(): typeof fr {
  return catalogues[useLanguage()];
}
