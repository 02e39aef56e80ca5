import { roleNames } from '../../../src/format/roleNames.ts';
import { type Language, useLanguage } from '../../locales/messages.ts';
import { pluralIn } from '../../locales/plural.ts';

const [inFrench, inEnglish] = [pluralIn('fr'), pluralIn('en')];

// Apart from the other sentences of the app: only this page needs them.
const fr = {
  title: 'Reprendre mes contacts de Zimbra',
  intro:
    'Vos dossiers avec leurs couleurs, vos contacts avec leurs photos, vos groupes et vos étiquettes. Rien n’est enregistré avant que vous ayez vu ce qui viendra, et l’import s’annule. Vous pouvez recommencer plus tard\u00a0: rien ne vient en double, et ce que vous avez modifié ici reste.',
  byAccount: 'Avec mon compte',
  byAccountHint: (host: string) =>
    `Le serveur va chercher vos contacts sur ${host}. Le mot de passe sert une fois\u202f; il n’est pas conservé.`,
  username: 'Identifiant Zimbra',
  password: 'Mot de passe',
  code: 'Code de vérification',
  codeHint: 'Celui de votre application d’authentification.',
  fetch: 'Chercher mes contacts',
  incomplete: 'Indiquez votre identifiant et votre mot de passe.',
  byFile: 'Avec un fichier',
  byFileHint:
    'Dans Zimbra\u00a0: Préférences, Importer/Exporter, Exporter, type «\u202fCompte\u202f». Vos messages restent sur cet ordinateur\u00a0: seuls les contacts sont envoyés.',
  notLinked:
    'Ce fichier ne contient pas vos partages. Pour les reprendre aussi, demandez à la personne qui administre Coterie de le relier à Zimbra\u202f: vous donnerez ici votre compte Zimbra, sans fichier.',
  onlyByAccount: 'Ce fichier ne contient pas vos partages\u202f: ils ne viennent qu’avec votre compte, ci-dessus.',
  drop: 'Déposez ici le fichier .tgz, ou',
  choose: 'Choisir le fichier…',
  reading: 'Lecture de vos contacts…',
  found: 'Ce qui viendra',
  folders: (n: number) => inFrench(n, { one: '# dossier', other: '# dossiers' }),
  contacts: (n: number) => inFrench(n, { one: '# contact', other: '# contacts' }),
  groups: (n: number) => inFrench(n, { one: '# groupe', other: '# groupes' }),
  photos: (n: number) => inFrench(n, { one: '# photo', other: '# photos' }),
  tags: (n: number) => inFrench(n, { one: '# étiquette', other: '# étiquettes' }),
  verdicts: {
    new: (n: number) => inFrench(n, { one: '# nouveau', other: '# nouveaux' }),
    changed: (n: number) =>
      inFrench(n, { one: '# modifié dans Zimbra depuis', other: '# modifiés dans Zimbra depuis' }),
    present: (n: number) => inFrench(n, { one: '# déjà ici', other: '# déjà ici' }),
    left: (n: number) =>
      inFrench(n, {
        one: '# modifié ou supprimé ici, laissé tel quel',
        other: '# modifiés ou supprimés ici, laissés tels quels',
      }),
  },
  folderStates: {
    new: 'nouveau',
    known: 'déjà repris',
    there: 'existe déjà',
    gone: 'supprimé ici\u00a0: laissé de côté',
  },
  shares: 'Partages',
  sharesNone: 'Aucun dossier n’est partagé.',
  sharesQuestion: 'Que faire de ces partages\u202f?',
  myFolders: 'mes dossiers',
  shareChoices: {
    none: ['Ne pas les recréer', 'Vous partagerez vos dossiers vous-même.'],
    quiet: ['Les recréer sans mail', 'Les personnes les trouvent dans Coterie.'],
    mail: ['Les recréer et prévenir par mail', 'Chaque personne reçoit l’annonce habituelle.'],
  } as Record<'none' | 'quiet' | 'mail', readonly [string, string]>,
  everybody: 'Tout le monde (public)',
  roles: {
    none: 'Aucun droit',
    ...roleNames.fr,
    custom: 'Droits particuliers',
  } as Record<string, string>,
  less: 'moins de droits que dans Zimbra',
  shareStates: {
    there: 'déjà partagé ici, ou retiré ici',
    nothing: 'ne donne aucun droit',
    noAddress: 'le fichier ne dit pas qui c’est',
    unknown: 'personne n’a cette adresse ici',
    self: 'c’est vous',
    kind: 'un tel partage n’existe pas ici',
    outside: 'personne extérieure\u00a0: seulement avec un mail',
  } as Record<string, string>,
  links: (n: number) => inFrench(n, { one: '# dossier que vous suivez', other: '# dossiers que vous suivez' }),
  linkHere: 'sera accepté',
  linkAway: 'pas encore ici\u00a0: recommencez quand son propriétaire aura repris ses contacts',
  withTrash: 'Reprendre aussi la corbeille',
  withTrashHint: 'Dans un dossier à part.',
  begin: 'Reprendre mes contacts',
  other: 'Revenir en arrière',
  again: 'Recommencer',
  remarks: (n: number) => inFrench(n, { one: '# remarque', other: '# remarques' }),
  changed: (n: number) => inFrench(n, { one: '# contact mis à jour', other: '# contacts mis à jour' }),
  same: (n: number) => inFrench(n, { one: '# contact inchangé', other: '# contacts inchangés' }),
  lost: (n: number) => inFrench(n, { one: '# élément non repris', other: '# éléments non repris' }),
  open: 'Voir mes contacts',
  problems: {
    loginRefused: 'Zimbra refuse cet identifiant ou ce mot de passe.',
    twoFactor: 'Zimbra demande un code de vérification, ou refuse celui-ci.',
    tooManyTries: 'Trop d’essais. Attendez un peu avant de recommencer.',
    unreachable: 'Zimbra ne répond pas. Réessayez plus tard, ou utilisez un fichier.',
    certificate: 'Le certificat de Zimbra n’est pas reconnu. Prévenez votre administrateur.',
    notZimbra: 'Ce qui répond n’est pas Zimbra. Prévenez votre administrateur.',
    refused: 'Zimbra ne donne pas accès à ce compte. Prévenez votre administrateur.',
    archiveTooLarge: 'Le compte est trop volumineux. Prévenez votre administrateur.',
    failed: 'La lecture a échoué. Réessayez, ou utilisez un fichier.',
  } as Record<string, string>,
  refusals: {
    archiveBroken: 'Le fichier est abîmé ou incomplet. Exportez-le de nouveau.',
    archiveTooLarge: 'Le fichier contient trop de contacts pour cette page. Prévenez votre administrateur.',
    notZimbra: 'Ce n’est pas un export de compte Zimbra. Choisissez le fichier .tgz que Zimbra a produit.',
    tooManyFolders: 'Ce compte a trop de dossiers.',
  } as Record<string, string>,
  reasons: {
    zimbraItem: 'Cet élément de l’archive n’a pas pu être lu.',
    folderName: 'Le dossier porte un autre nom ici.',
    folderDepth: 'Le dossier était trop profond\u00a0: il est remonté d’un niveau.',
    folderGone: 'Le dossier a été supprimé ici\u00a0: son contenu n’est pas repris.',
    changedHere: 'Modifié ici et dans Zimbra\u00a0: votre version reste.',
    deletedHere: 'Supprimé ici\u00a0: il n’est pas repris.',
    photo: 'La photo n’est pas une image, ou est trop volumineuse.',
    member: 'Ce membre du groupe n’a pas été trouvé ici.',
    share: 'Ce partage n’a pas été recréé, ou avec moins de droits.',
    link: 'Ce dossier d’une autre personne n’est pas encore ici.',
  } as Record<string, string>,
  unnamed: 'Fichier Zimbra',
};

type Texts = typeof fr;

const en: Texts = {
  title: 'Bring my contacts from Zimbra',
  intro:
    'Your folders with their colors, your contacts with their photos, your groups and tags. Nothing is kept before you have seen what will come, and the import can be undone. You can do it again later: nothing comes twice, and what you have changed here stays.',
  byAccount: 'With my account',
  byAccountHint: (host) => `The server fetches your contacts from ${host}. The password is used once; it is not kept.`,
  username: 'Zimbra user name',
  password: 'Password',
  code: 'Verification code',
  codeHint: 'The one of your authenticator app.',
  fetch: 'Fetch my contacts',
  incomplete: 'Enter your user name and password.',
  byFile: 'With a file',
  byFileHint:
    'In Zimbra: Preferences, Import/Export, Export, type “Account”. Your mails stay on this computer: only contacts are sent.',
  notLinked:
    'Your shares are not in that file. To take them along, ask whoever administers Coterie to link it to Zimbra: you then give your Zimbra account here, without a file.',
  onlyByAccount: 'Your shares are not in that file: they come with your account alone, above.',
  drop: 'Drop the .tgz file here, or',
  choose: 'Choose the file…',
  reading: 'Reading your contacts…',
  found: 'What will come',
  folders: (n) => inEnglish(n, { one: '# folder', other: '# folders' }),
  contacts: (n) => inEnglish(n, { one: '# contact', other: '# contacts' }),
  groups: (n) => inEnglish(n, { one: '# group', other: '# groups' }),
  photos: (n) => inEnglish(n, { one: '# photo', other: '# photos' }),
  tags: (n) => inEnglish(n, { one: '# tag', other: '# tags' }),
  verdicts: {
    new: (n) => inEnglish(n, { one: '# new', other: '# new' }),
    changed: (n) => inEnglish(n, { one: '# changed in Zimbra since', other: '# changed in Zimbra since' }),
    present: (n) => inEnglish(n, { one: '# already here', other: '# already here' }),
    left: (n) =>
      inEnglish(n, { one: '# changed or deleted here, left alone', other: '# changed or deleted here, left alone' }),
  },
  folderStates: { new: 'new', known: 'brought before', there: 'exists already', gone: 'deleted here: left out' },
  shares: 'Shares',
  sharesNone: 'No folder is shared.',
  sharesQuestion: 'What to do with these shares?',
  myFolders: 'my folders',
  shareChoices: {
    none: ['Do not make them again', 'You share your folders yourself.'],
    quiet: ['Make them again without mail', 'People find them in Coterie.'],
    mail: ['Make them again and tell by mail', 'Everybody gets the usual announcement.'],
  },
  everybody: 'Everybody (public)',
  roles: {
    none: 'No right',
    ...roleNames.en,
    custom: 'Custom rights',
  },
  less: 'fewer rights than in Zimbra',
  shareStates: {
    there: 'shared here already, or ended here',
    nothing: 'gives no right',
    noAddress: 'the file does not say who that is',
    unknown: 'nobody here has this address',
    self: 'that is you',
    kind: 'there is no such share here',
    outside: 'somebody outside: only with a mail',
  },
  links: (n) => inEnglish(n, { one: '# folder that you follow', other: '# folders that you follow' }),
  linkHere: 'will be accepted',
  linkAway: 'not here yet: do this again when its owner has brought their contacts',
  withTrash: 'Bring the trash, too',
  withTrashHint: 'In a folder of its own.',
  begin: 'Bring my contacts',
  other: 'Go back',
  again: 'Do it again',
  remarks: (n) => inEnglish(n, { one: '# remark', other: '# remarks' }),
  changed: (n) => inEnglish(n, { one: '# contact updated', other: '# contacts updated' }),
  same: (n) => inEnglish(n, { one: '# contact as it was', other: '# contacts as they were' }),
  lost: (n) => inEnglish(n, { one: '# item not brought', other: '# items not brought' }),
  open: 'See my contacts',
  problems: {
    loginRefused: 'Zimbra refuses this user name or password.',
    twoFactor: 'Zimbra asks for a verification code, or refuses this one.',
    tooManyTries: 'Too many tries. Wait a little before the next one.',
    unreachable: 'Zimbra does not answer. Try later, or use a file.',
    certificate: 'Zimbra’s certificate is not trusted. Tell your administrator.',
    notZimbra: 'What answers is no Zimbra. Tell your administrator.',
    refused: 'Zimbra gives no access to this account. Tell your administrator.',
    archiveTooLarge: 'The account is too large. Tell your administrator.',
    failed: 'Reading failed. Try again, or use a file.',
  },
  refusals: {
    archiveBroken: 'The file is damaged or incomplete. Export it again.',
    archiveTooLarge: 'The file has too many contacts for this page. Tell your administrator.',
    notZimbra: 'This is no export of a Zimbra account. Choose the .tgz file that Zimbra made.',
    tooManyFolders: 'This account has too many folders.',
  },
  reasons: {
    zimbraItem: 'This item of the archive could not be read.',
    folderName: 'The folder has another name here.',
    folderDepth: 'The folder was too deep: it stands a level higher.',
    folderGone: 'The folder was deleted here: what is in it does not come.',
    changedHere: 'Changed here and in Zimbra: your version stays.',
    deletedHere: 'Deleted here: it does not come.',
    photo: 'The photo is no image, or too large.',
    member: 'This member of the group was not found here.',
    share: 'This share was not made again, or with fewer rights.',
    link: 'This folder of somebody else is not here yet.',
  },
  unnamed: 'Zimbra file',
};

const catalogues: Readonly<Record<Language, Texts>> = { fr, en };

/** The sentences of this page in the page's language. */
export function useZimbraTexts(): Texts {
  return catalogues[useLanguage()];
}
