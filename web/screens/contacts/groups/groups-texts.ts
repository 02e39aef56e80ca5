import { currentLanguage, type Language, useLanguage } from '../../../locales/messages.ts';
import { pluralIn } from '../../../locales/plural.ts';

const [french, english] = [pluralIn('fr'), pluralIn('en')];

// Apart from the other sentences of the app: only who opens a group needs them.
const fr = {
  write: 'Écrire au groupe',
  add: 'Ajouter un membre',
  addHint: 'Un nom de vos dossiers ou de l’annuaire, ou une adresse mail.',
  added: 'Membres à ajouter',
  noMatch: 'Personne de ce nom. Vous pouvez taper une adresse mail entière.',
  address: 'Adresse mail',
  unreadable: 'Fiche que vous ne pouvez pas lire',
  unreadableHint: 'Elle est dans un dossier qui n’est pas partagé avec vous, ou a été supprimée. Le groupe la garde.',
  removeOne: (name: string) => `Retirer ${name} du groupe`,
  showAll: (n: number) => `Afficher les ${french(n, { one: '#', other: '#' })} membres`,
  title: (n: number) =>
    french(n, {
      zero: 'Nouveau groupe',
      one: 'Ajouter # contact à un groupe',
      other: 'Ajouter # contacts à un groupe',
    }),
  group: 'Groupe',
  newGroup: 'Nouveau groupe…',
  name: 'Nom du groupe',
  nameEmpty: 'Donnez un nom au groupe.',
  folder: 'Enregistrer dans',
  noFolder: 'Vous ne pouvez écrire dans aucun dossier.',
  verb: 'Ajouter',
  create: 'Créer le groupe',
  done: (n: number, group: string) =>
    french(n, {
      zero: `Déjà dans «\u202f${group}\u202f»`,
      one: `# contact ajouté à «\u202f${group}\u202f»`,
      other: `# contacts ajoutés à «\u202f${group}\u202f»`,
    }),
  removed: (group: string) => `Retiré de «\u202f${group}\u202f»`,
  created: (group: string) => `Groupe «\u202f${group}\u202f» créé`,
};

const en: typeof fr = {
  write: 'Write to the group',
  add: 'Add a member',
  addHint: 'A name of your folders or of the directory, or an email address.',
  added: 'Members to add',
  noMatch: 'Nobody of that name. You can type a whole email address.',
  address: 'Email address',
  unreadable: 'A contact that you cannot read',
  unreadableHint: 'It is in a folder that is not shared with you, or was deleted. The group keeps it.',
  removeOne: (name) => `Remove ${name} from the group`,
  showAll: (n) => `Show all ${english(n, { one: '#', other: '#' })} members`,
  title: (n) => english(n, { zero: 'New group', one: 'Add # contact to a group', other: 'Add # contacts to a group' }),
  group: 'Group',
  newGroup: 'New group…',
  name: 'Name of the group',
  nameEmpty: 'Give the group a name.',
  folder: 'Save in',
  noFolder: 'You may write to no folder.',
  verb: 'Add',
  create: 'Create the group',
  done: (n, group) =>
    english(n, {
      zero: `In “${group}” already`,
      one: `# contact added to “${group}”`,
      other: `# contacts added to “${group}”`,
    }),
  removed: (group) => `Removed from “${group}”`,
  created: (group) => `Group “${group}” created`,
};

const catalogues: Record<Language, typeof fr> = { fr, en };

/** The sentences of groups, in the page's language. */
export function useGroupsTexts(): typeof fr {
  return catalogues[useLanguage()];
}

/** The same outside of components. */
export function groupsTexts(): typeof fr {
  return catalogues[currentLanguage()];
}
