import { type Language, useLanguage } from '../../../locales/messages.ts';

/** What is typed where: a device's steps are written around these. */
export interface DeviceFacts {
  readonly address: string;
  readonly host: string;
  readonly login: string;
}

type Steps = (facts: DeviceFacts) => readonly string[];

// Apart from the other sentences of the app: only this page needs them, and a first visit does not pay for them.
const fr = {
  intro:
    'Vos dossiers, les vôtres et ceux que vous avez acceptés, dans le carnet d’adresses de votre téléphone ou de votre ordinateur. Ils s’y mettent à jour tout seuls, en lecture seule là où vous n’avez pas le droit d’écrire.',
  connect: 'Se connecter',
  address: 'Adresse du serveur',
  copyAddress: 'Copier l’adresse du serveur',
  login: 'Identifiant',
  copyLogin: 'Copier l’identifiant',
  copyFailed: 'La copie n’a pas fonctionné\u202f: le texte est sélectionné, copiez-le avec Ctrl+C.',
  qrAddress: 'Code QR de l’adresse du serveur',
  qrAddressHint: 'L’adresse, à viser avec l’appareil photo du téléphone.',
  passwords: 'Mots de passe d’application',
  passwordsHint:
    'Un par appareil. Il remplace votre mot de passe dans le carnet d’adresses de l’appareil\u202f; s’il est perdu, révoquez-le ici, tout le reste continue.',
  add: 'Ajouter un appareil',
  empty: 'Aucun appareil pour le moment.',
  loadFailed: 'Les appareils n’ont pas pu être chargés.',
  never: 'Jamais utilisé',
  lastUsed: (when: string) => `Utilisé ${when}`,
  // To the hour: minutes would say more than is known.
  thisHour: 'dans l’heure',
  all: 'Tous les dossiers',
  folder: (name: string) => `Le dossier «\u202f${name}\u202f»`,
  folderGone: 'Un dossier qui n’existe plus',
  readOnly: 'lecture seule',
  revoke: 'Révoquer',
  revokeOf: (name: string) => `Révoquer «\u202f${name}\u202f»`,
  revoked: (name: string) => `«\u202f${name}\u202f» n’a plus accès.`,
  restored: (name: string) => `«\u202f${name}\u202f» a de nouveau accès.`,
  newTitle: 'Ajouter un appareil',
  name: 'Nom de l’appareil',
  namePlaceholder: 'iPhone d’Ada',
  nameMissing: 'Donnez un nom à l’appareil, pour le reconnaître plus tard.',
  access: 'Accès',
  accessAll: 'Tous mes dossiers',
  accessFolder: 'Un seul dossier',
  accessFolderHint: 'Sans ses sous-dossiers\u202f; rien d’autre n’est visible.',
  chooseFolder: 'Dossier',
  readOnlyBox: 'Lecture seule',
  readOnlyHint: 'L’appareil voit les contacts et ne peut rien modifier.',
  create: 'Créer le mot de passe',
  createdTitle: (name: string) => `Mot de passe de «\u202f${name}\u202f»`,
  once: 'Notez-le ou saisissez-le maintenant\u202f: il ne sera plus jamais affiché.',
  secret: 'Mot de passe d’application',
  copySecret: 'Copier le mot de passe d’application',
  qrSecret: 'Code QR du mot de passe d’application',
  qrSecretHint: 'Le mot de passe, à viser avec l’appareil photo puis à copier. Personne d’autre ne doit le voir.',
  done: 'Terminé',
  profileWith: 'Télécharger le profil avec ce mot de passe',
  profileWithout: 'Télécharger le profil sans mot de passe',
  profileHint:
    'Sur un iPhone, un iPad ou un Mac, il règle tout. Il n’est pas signé\u202f: l’appareil l’indique en rouge avant de l’installer, c’est normal. Ne le transmettez à personne\u202f: il contient votre mot de passe.',
  profileWithoutHint:
    'Le profil n’est pas signé\u202f: l’appareil l’indique en rouge avant de l’installer, c’est normal. Il demandera le mot de passe d’application.',
  offered: 'Dossiers proposés aux appareils',
  offeredHint: 'Ce qui est décoché disparaît des appareils, pour vous seulement, et reste ici.',
  steps: 'Pas à pas',
  clients: {
    iphone: {
      title: 'iPhone et iPad',
      steps: ({ host, login }: DeviceFacts) => [
        'Réglages › Apps › Contacts › Comptes Contacts › Ajouter un compte › Autre › Ajouter un compte CardDAV.',
        `Serveur\u202f: ${host}. Nom d’utilisateur\u202f: ${login}. Mot de passe\u202f: le mot de passe d’application.`,
        'Ou plus court\u202f: téléchargez le profil ci-dessous depuis l’iPhone, puis Réglages › Profil téléchargé › Installer.',
      ],
    },
    davx5: {
      title: 'Android, avec DAVx⁵',
      steps: ({ address, login }: DeviceFacts) => [
        'Installez DAVx⁵ (F-Droid ou Google Play) et touchez +.',
        'Choisissez «\u202fConnexion avec une URL et un nom d’utilisateur\u202f».',
        `URL de base\u202f: ${address}. Nom d’utilisateur\u202f: ${login}. Mot de passe\u202f: le mot de passe d’application.`,
        'Dans l’onglet CardDAV, cochez les carnets, puis synchronisez. Ceux où vous n’avez pas le droit d’écrire restent en lecture seule.',
      ],
    },
    thunderbird: {
      title: 'Thunderbird',
      steps: ({ address, login }: DeviceFacts) => [
        'Carnet d’adresses › Nouveau carnet d’adresses › Ajouter un carnet d’adresses CardDAV.',
        `Nom d’utilisateur\u202f: ${login}. Emplacement\u202f: ${address}.`,
        'Saisissez le mot de passe d’application, cochez les carnets, puis Continuer.',
      ],
    },
    macos: {
      title: 'Mac',
      steps: ({ host, login }: DeviceFacts) => [
        'Contacts › Réglages › Comptes › + › Autre compte Contacts › CardDAV, type de compte «\u202fManuel\u202f».',
        `Nom d’utilisateur\u202f: ${login}. Mot de passe\u202f: le mot de passe d’application. Adresse du serveur\u202f: ${host}.`,
        'Le Mac réunit tout dans un seul carnet, «\u202fTous les contacts\u202f»\u202f: tous les dossiers proposés aux appareils. Les nouveaux contacts vont dans votre dossier par défaut. Pour n’avoir qu’un dossier, créez un mot de passe pour celui-là\u202f: les nouveaux contacts y vont aussi.',
      ],
    },
    evolution: {
      title: 'Evolution et GNOME',
      steps: ({ address, login }: DeviceFacts) => [
        'Fichier › Nouveau › Carnet d’adresses, type «\u202fCardDAV\u202f».',
        `URL\u202f: ${address}. Utilisateur\u202f: ${login}. Puis «\u202fChercher des carnets d’adresses\u202f».`,
        'Saisissez le mot de passe d’application et choisissez un carnet\u202f; recommencez pour chacun.',
      ],
    },
    vdirsyncer: {
      title: 'vdirsyncer (ligne de commande)',
      steps: ({ address, login }: DeviceFacts) => [
        `Dans la configuration\u202f: type = "carddav", url = "${address}", username = "${login}".`,
        'password.fetch = ["prompt", "Mot de passe d’application"], ou une commande de votre trousseau.',
        'Puis vdirsyncer discover et vdirsyncer sync.',
      ],
    },
  } satisfies Record<string, { title: string; steps: Steps }>,
};

const en: typeof fr = {
  intro:
    'Your folders, your own and those that you have accepted, in the address book of your phone or computer. They keep themselves up to date there, read-only where you may not write.',
  connect: 'Connect',
  address: 'Server address',
  copyAddress: 'Copy the server address',
  login: 'User name',
  copyLogin: 'Copy the user name',
  copyFailed: 'Copying did not work: the text is selected, copy it with Ctrl+C.',
  qrAddress: 'QR code of the server address',
  qrAddressHint: 'The address, for the phone’s camera.',
  passwords: 'App passwords',
  passwordsHint:
    'One for each device. It stands in for your password in the device’s address book; if the device is lost, revoke it here and everything else goes on.',
  add: 'Add a device',
  empty: 'No device yet.',
  loadFailed: 'The devices could not be loaded.',
  never: 'Never used',
  lastUsed: (when) => `Used ${when}`,
  thisHour: 'within the hour',
  all: 'All folders',
  folder: (name) => `The folder “${name}”`,
  folderGone: 'A folder that is gone',
  readOnly: 'read-only',
  revoke: 'Revoke',
  revokeOf: (name) => `Revoke “${name}”`,
  revoked: (name) => `“${name}” has no access any more.`,
  restored: (name) => `“${name}” has access again.`,
  newTitle: 'Add a device',
  name: 'Name of the device',
  namePlaceholder: 'Ada’s iPhone',
  nameMissing: 'Give the device a name, so that you know it again later.',
  access: 'Access',
  accessAll: 'All my folders',
  accessFolder: 'One folder only',
  accessFolderHint: 'Without its sub-folders; nothing else can be seen.',
  chooseFolder: 'Folder',
  readOnlyBox: 'Read-only',
  readOnlyHint: 'The device sees the contacts and cannot change anything.',
  create: 'Create the password',
  createdTitle: (name) => `Password of “${name}”`,
  once: 'Note it down or type it now: it will never be shown again.',
  secret: 'App password',
  copySecret: 'Copy the app password',
  qrSecret: 'QR code of the app password',
  qrSecretHint: 'The password, for the phone’s camera, to be copied from there. Nobody else should see it.',
  done: 'Done',
  profileWith: 'Download the profile with this password',
  profileWithout: 'Download the profile without a password',
  profileHint:
    'On an iPhone, an iPad or a Mac, it sets everything up. It is not signed: the device says so in red before it installs it, which is as it should be. Pass it on to nobody: your password is in it.',
  profileWithoutHint:
    'The profile is not signed: the device says so in red before it installs it, which is as it should be. It will ask for the app password.',
  offered: 'Folders that devices are offered',
  offeredHint: 'What is unticked goes away from the devices, for you alone, and stays here.',
  steps: 'Step by step',
  clients: {
    iphone: {
      title: 'iPhone and iPad',
      steps: ({ host, login }) => [
        'Settings › Apps › Contacts › Contacts Accounts › Add Account › Other › Add CardDAV Account.',
        `Server: ${host}. User name: ${login}. Password: the app password.`,
        'Or shorter: download the profile below on the iPhone, then Settings › Profile Downloaded › Install.',
      ],
    },
    davx5: {
      title: 'Android, with DAVx⁵',
      steps: ({ address, login }) => [
        'Install DAVx⁵ (F-Droid or Google Play) and tap +.',
        'Choose “Login with URL and user name”.',
        `Base URL: ${address}. User name: ${login}. Password: the app password.`,
        'On the CardDAV tab tick the address books, then synchronise. Those in which you may not write stay read-only.',
      ],
    },
    thunderbird: {
      title: 'Thunderbird',
      steps: ({ address, login }) => [
        'Address Book › New Address Book › Add CardDAV Address Book.',
        `Username: ${login}. Location: ${address}.`,
        'Type the app password, tick the address books, then Continue.',
      ],
    },
    macos: {
      title: 'Mac',
      steps: ({ host, login }) => [
        'Contacts › Settings › Accounts › + › Other Contacts Account › CardDAV, account type “Manual”.',
        `User name: ${login}. Password: the app password. Server address: ${host}.`,
        'A Mac brings everything together in one address book, “All contacts”: all folders that devices are offered. New contacts go to your default folder. To have one folder only, make a password for it: new contacts go there, too.',
      ],
    },
    evolution: {
      title: 'Evolution and GNOME',
      steps: ({ address, login }) => [
        'File › New › Address Book, type “CardDAV”.',
        `URL: ${address}. User: ${login}. Then “Find Address Books”.`,
        'Type the app password and choose an address book; again for each of them.',
      ],
    },
    vdirsyncer: {
      title: 'vdirsyncer (command line)',
      steps: ({ address, login }) => [
        `In the configuration: type = "carddav", url = "${address}", username = "${login}".`,
        'password.fetch = ["prompt", "App password"], or a command of your keyring.',
        'Then vdirsyncer discover and vdirsyncer sync.',
      ],
    },
  },
};

const catalogues: Readonly<Record<Language, typeof fr>> = { fr, en };

/** Every sentence of this page. */
export type DevicesTexts = typeof fr;

/** The sentences of this page in the page's language. */
export function useDevicesTexts(): DevicesTexts {
  return catalogues[useLanguage()];
}
