import { pluralIn } from '../plural.ts';

const plural = pluralIn('fr');

/** The left pane, its menus and its dialogs. */
export const folders = {
  heading: 'Liste des contacts',
  contacts: 'Contacts',
  collected: 'Personnes contactées par mail',
  directory: 'Annuaire',
  trash: 'Corbeille',
  tree: 'Dossiers de contacts',
  actionsOf: (name: string) => `Actions pour «\u202f${name}\u202f»`,
  newFolder: 'Nouveau dossier de contacts',
  share: 'Partager un dossier de contacts',
  importCards: 'Importer…',
  exportCards: 'Exporter…',
  remove: 'Supprimer',
  rename: 'Renommer le dossier',
  move: 'Déplacer le dossier',
  properties: 'Éditer propriétés',
  activity: 'Activité',
  expandAll: 'Tout développer',
  manageShares: 'Gérer les partages',
  emptyTrash: 'Vider la corbeille',
  createTitle: 'Créer un dossier de contacts',
  name: 'Nom',
  newName: 'Nouveau nom',
  moveTitle: 'Déplacer le dossier',
  place: 'Emplacement',
  placeTop: 'Premier niveau',
  errors: {
    nameEmpty: 'Vous devez spécifier une valeur pour le nom.',
    nameTooLong: (max: number) => `Le nom doit avoir une longueur maximum de ${max} caractères.`,
    nameInvalid: 'Le nom ne peut pas contenir les caractères «\u202f/\u202f», «\u202f:\u202f» et guillemets droits.',
    nameReserved: 'Ce nom de dossier est réservé. Veuillez utiliser un autre nom.',
    nameTaken: (name: string) => `Un dossier s’appelle déjà «\u202f${name}\u202f». Veuillez utiliser un autre nom.`,
  },
  useProposal: (name: string) => `Utiliser «\u202f${name}\u202f»`,
  created: (name: string) => `Dossier «\u202f${name}\u202f» créé`,
  renamed: (name: string) => `Dossier renommé en «\u202f${name}\u202f»`,
  deleted: (name: string) => `Dossier «\u202f${name}\u202f» transféré dans la Corbeille`,
  left: (name: string) => `Vous ne suivez plus «\u202f${name}\u202f». Le dossier de son propriétaire reste intact.`,
  restored: (name: string) => `Dossier «\u202f${name}\u202f» rétabli`,
  moved: (name: string, place: string) => `Dossier «\u202f${name}\u202f» déplacé dans «\u202f${place}\u202f»`,
  movedTop: (name: string) => `Dossier «\u202f${name}\u202f» déplacé au premier niveau`,
  emptyTrashTitle: 'Vider la corbeille',
  emptyTrashQuestion: (n: number) =>
    `${plural(n, { one: '# élément sera supprimé', other: '# éléments seront supprimés' })} définitivement. Seule votre propre corbeille est concernée. L’activité d’un dossier peut encore rendre ses contacts tant que l’historique est gardé.`,
  emptyTrashPlain:
    'Tout le contenu de votre corbeille sera supprimé définitivement. Seule votre propre corbeille est concernée. L’activité d’un dossier peut encore rendre ses contacts tant que l’historique est gardé.',
  trashEmptied: 'La corbeille a été vidée.',
  sharedBy: (owner: string, role: string) => `Partagé par ${owner} · ${role}`,
  sharedByMe: (n: number) =>
    plural(n, { one: 'Partagé avec # personne ou groupe', other: 'Partagé avec # personnes ou groupes' }),
  cardNoun: (n: number) => plural(n, { one: 'contact', other: 'contacts' }),
  itemNoun: (n: number) => plural(n, { one: 'élément', other: 'éléments' }),
  loadFailed: 'Les dossiers n’ont pas pu être chargés.',
};
