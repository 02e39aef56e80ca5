import { withDe } from '../french.ts';
import { mailWords } from './mailWords.ts';
import type { MailWords } from './mailWords.ts';

/** What happened to a share. */
export type ShareMailKind = 'created' | 'modified' | 'revoked' | 'expired' | 'accepted' | 'declined';
/** The role that a mail names. */
export type ShareMailRole = 'none' | 'viewer' | 'contributor' | 'manager' | 'admin' | 'custom';
/** What a mail says that the grantee may do. */
export type ShareMailAction = 'none' | 'view' | 'edit' | 'add' | 'changeOwn' | 'remove' | 'administer';

/** The names in a sentence, already made safe. */
export type Named = {
  readonly actor: string;
  readonly folder: string;
  readonly owner: string;
  readonly group: string | null;
  /** Whether the one who acts is not the owner of the folder. */
  readonly isForOwner: boolean;
};

/** Everything that a notification says in one language. */
export type ShareMailWords = MailWords & {
  readonly subject: Readonly<Record<ShareMailKind, (folder: string, owner: string) => string>>;
  readonly title: Readonly<Record<ShareMailKind, (named: Named) => string>>;
  readonly ending: Readonly<Partial<Record<ShareMailKind, string>>>;
  readonly suspended: string;
  readonly guest: (until: string) => string;
  readonly guestLater: (url: string) => string;
  readonly item: string;
  readonly grantee: string;
  readonly memberOf: (name: string, group: string) => string;
  readonly role: string;
  readonly actions: string;
  readonly endDate: string;
  readonly noEndDate: string;
  readonly modified: string;
  readonly roles: Readonly<Record<ShareMailRole, string>>;
  readonly action: Readonly<Record<ShareMailAction, string>>;
  readonly noteOf: (actor: string) => string;
  readonly accept: string;
  readonly decline: string;
};

const french: ShareMailWords = {
  ...mailWords.fr,
  subject: {
    created: (folder, owner) => `Partage créé : ${folder} partagé par ${owner}`,
    modified: (folder, owner) => `Partage modifié : ${folder} partagé par ${owner}`,
    revoked: (folder, owner) => `Partage retiré : ${folder} partagé par ${owner}`,
    expired: (folder, owner) => `Partage expiré : ${folder} partagé par ${owner}`,
    accepted: (folder, owner) => `Partage accepté : ${folder} partagé par ${owner}`,
    declined: (folder, owner) => `Partage refusé : ${folder} partagé par ${owner}`,
  },
  title: {
    created: ({ actor, folder, group, isForOwner, owner }) =>
      `${actor} partage le dossier « ${folder} »${isForOwner ? ` (${owner})` : ''} avec ${group ? `le groupe « ${group} »` : 'vous'}`,
    modified: ({ actor, folder, group }) =>
      `${actor} a modifié le partage du dossier « ${folder} » avec ${group ? `le groupe « ${group} »` : 'vous'}`,
    revoked: ({ actor, folder, group }) =>
      `${actor} ne partage plus le dossier « ${folder} » avec ${group ? `le groupe « ${group} »` : 'vous'}`,
    expired: ({ folder }) => `Le partage du dossier « ${folder} » est arrivé à sa date de fin`,
    accepted: ({ actor, folder }) => `${actor} a accepté le partage du dossier « ${folder} »`,
    declined: ({ actor, folder }) => `${actor} a refusé le partage du dossier « ${folder} »`,
  },
  ending: {
    revoked:
      'Le dossier ne figure plus dans votre liste des contacts, sauf s’il est aussi partagé avec vous d’une autre façon.',
    expired:
      'Le dossier ne figure plus dans votre liste des contacts, sauf s’il est aussi partagé avec vous d’une autre façon.',
  },
  suspended: 'L’accès est suspendu pour le moment : le dossier ne peut pas être ouvert.',
  guest: (until) =>
    `Le lien ci-dessous vous est personnel, ne le transmettez pas. Vous y choisirez votre nom et un mot de passe, puis vous pourrez consulter le dossier. Il est valable jusqu’au ${until}.`,
  guestLater: (url) => `Ensuite, vous vous connecterez avec votre adresse et ce mot de passe sur ${url}.`,
  item: 'Élément partagé',
  grantee: 'Bénéficiaire',
  memberOf: (name, group) => `${name}, membre du groupe « ${group} »`,
  role: 'Rôle',
  actions: 'Actions autorisées',
  endDate: 'Date de fin',
  noEndDate: 'Aucune',
  modified: '[MODIFIÉ]',
  roles: { ...mailWords.fr.roles, none: 'Aucune', custom: 'Personnalisée' },
  action: {
    none: 'Aucune',
    view: 'Afficher',
    edit: 'Modifier',
    add: 'Ajouter',
    changeOwn: 'Modifier et supprimer ses propres ajouts',
    remove: 'Supprimer',
    administer: 'Administrer',
  },
  noteOf: (actor) => `Note ${withDe(actor)}`,
  accept: 'Accepter le partage',
  decline: 'Refuser le partage',
};

const english: ShareMailWords = {
  ...mailWords.en,
  subject: {
    created: (folder, owner) => `Share Created: ${folder} shared by ${owner}`,
    modified: (folder, owner) => `Share Modified: ${folder} shared by ${owner}`,
    revoked: (folder, owner) => `Share Revoked: ${folder} shared by ${owner}`,
    expired: (folder, owner) => `Share Expired: ${folder} shared by ${owner}`,
    accepted: (folder, owner) => `Share Accepted: ${folder} shared by ${owner}`,
    declined: (folder, owner) => `Share Declined: ${folder} shared by ${owner}`,
  },
  title: {
    created: ({ actor, folder, group, isForOwner, owner }) =>
      `${actor} is sharing the folder “${folder}”${isForOwner ? ` (${owner})` : ''} with ${group ? `the group “${group}”` : 'you'}`,
    modified: ({ actor, folder, group }) =>
      `${actor} changed how the folder “${folder}” is shared with ${group ? `the group “${group}”` : 'you'}`,
    revoked: ({ actor, folder, group }) =>
      `${actor} no longer shares the folder “${folder}” with ${group ? `the group “${group}”` : 'you'}`,
    expired: ({ folder }) => `The share of the folder “${folder}” has reached its end date`,
    accepted: ({ actor, folder }) => `${actor} accepted the share of the folder “${folder}”`,
    declined: ({ actor, folder }) => `${actor} declined the share of the folder “${folder}”`,
  },
  ending: {
    revoked: 'The folder has left your contact lists, unless it is also shared with you in another way.',
    expired: 'The folder has left your contact lists, unless it is also shared with you in another way.',
  },
  suspended: 'Access is suspended for now: the folder cannot be opened.',
  guest: (until) =>
    `The link below is yours alone, please do not pass it on. There you choose your name and a password, then you can look at the folder. It works until ${until}.`,
  guestLater: (url) => `After that you sign in with your address and this password at ${url}.`,
  item: 'Shared item',
  grantee: 'Grantee',
  memberOf: (name, group) => `${name}, member of the group “${group}”`,
  role: 'Role',
  actions: 'Allowed actions',
  endDate: 'End date',
  noEndDate: 'None',
  modified: '[MODIFIED]',
  roles: { ...mailWords.en.roles, none: 'None', custom: 'Custom' },
  action: {
    none: 'None',
    view: 'View',
    edit: 'Edit',
    add: 'Add',
    changeOwn: 'Edit and remove what you added',
    remove: 'Remove',
    administer: 'Administer',
  },
  noteOf: (actor) => `Note from ${actor}`,
  accept: 'Accept Share',
  decline: 'Decline Share',
};

/** The words of the notifications, by language. */
export const shareMailWords: Readonly<Record<'fr' | 'en', ShareMailWords>> = { fr: french, en: english };
