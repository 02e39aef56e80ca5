import { pluralIn } from '../plural.ts';

const plural = pluralIn('fr');

/** The frame around the screens: top bar, banner, menu of the account, keyboard help. */
export const shell = {
  contactsTab: 'Contacts',
  mainNavigation: 'Navigation principale',
  skipToContent: 'Aller au contenu',
  search: 'Rechercher un contact',
  searchPlaceholder: 'Rechercher dans tous les contacts',
  accountMenu: (name: string) => `Compte de ${name}`,
  preferences: 'Préférences',
  administration: 'Administration',
  language: 'Langue',
  theme: 'Thème',
  themeSystem: 'Comme le système',
  themeLight: 'Clair',
  themeDark: 'Sombre',
  shortcuts: 'Raccourcis clavier',
  signOut: 'Se déconnecter',
  signedOutText: 'Votre session est terminée. Connectez-vous pour continuer.',
  invitations: (n: number) =>
    plural(n, { zero: 'Aucun partage en attente', one: '# partage en attente', other: '# partages en attente' }),
  demo: 'Démonstration',
  demoHow: 'Personnes et adresses sont inventées. Pour un vrai service, démarrez avec',
  demoMail: 'Voir les mails envoyés',
  offline: 'Connexion perdue. L’affichage se mettra à jour dès son retour.',
  foldersPane: 'Dossiers',
  listPane: 'Liste de contacts',
  cardPane: 'Fiche du contact',
  shortcutList: {
    search: 'Rechercher',
    newContact: 'Nouveau contact',
    help: 'Afficher ces raccourcis',
    move: 'Aller d’un dossier à l’autre',
    openClose: 'Développer ou réduire un dossier',
    open: 'Ouvrir le dossier',
    rename: 'Renommer le dossier',
    remove: 'Supprimer le dossier',
    menu: 'Menu de l’élément',
    messages: 'Aller aux messages affichés',
  },
  shortcutsToggle: 'Raccourcis d’une seule touche',
  shortcutsToggleHint: 'À désactiver avec la saisie vocale. Vaut pour ce navigateur.',
  shortcutsEverywhere: 'Partout',
  shortcutsFolders: 'Dans les dossiers',
};
