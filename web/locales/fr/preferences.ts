import { pluralIn } from '../plural.ts';

const plural = pluralIn('fr');

/** The Preferences screen. */
export const preferences = {
  title: 'Préférences',
  sections: {
    general: 'Général',
    sharing: 'Partages',
    mails: 'Mails',
    collecting: 'Personnes contactées',
    tags: 'Étiquettes',
    devices: 'Appareils',
  },
  language: 'Langue',
  languageAuto: 'Comme le navigateur',
  languageFr: 'Français',
  languageEn: 'English',
  theme: 'Thème',
  themeHint: 'S’applique à tous vos appareils.',
  offline: {
    label: 'Garder mes contacts dans ce navigateur',
    hint: 'Pour les consulter et les modifier sans connexion. À éviter sur un ordinateur que d’autres utilisent\u202f; tout est effacé quand vous vous déconnectez.',
    unable: 'Ce navigateur ne le permet pas ici\u202f: il faut une page en HTTPS, hors navigation privée.',
    failed: 'Les contacts n’ont pas pu être gardés. Vérifiez la place disponible, puis réessayez.',
    keeping: 'Enregistrement des contacts en cours…',
    kept: (moment: string) => `À jour le ${moment}`,
    waiting: (n: number) =>
      plural(n, { one: '# changement attend la connexion.', other: '# changements attendent la connexion.' }),
    refused: 'Le serveur n’a pas pris ces changements\u202f:',
    reasons: {
      notFound: 'le contact n’existe plus',
      forbidden: 'le dossier n’est plus modifiable',
      other: 'le serveur l’a refusé',
    },
    retry: 'Réessayer',
    abandon: 'Abandonner ces changements',
  },
  mails: {
    intro: 'Un mail vous est envoyé quand…',
    created: 'un dossier est partagé avec vous',
    modified: 'un partage qui vous concerne est modifié',
    ended: 'un partage qui vous concerne prend fin',
    answered: 'quelqu’un accepte ou refuse ce que vous proposez ou demandez',
    asked: 'quelqu’un vous demande l’accès à un dossier, ou de le reprendre',
    hint: 'L’application vous signale tout, avec ou sans mail. Les mails adressés à une liste arrivent à toute la liste.',
  },
  collecting: {
    intro:
      'Les personnes à qui vous écrivez sont réunies dans «\u202fPersonnes contactées par mail\u202f» et proposées d’abord quand vous partagez.',
    collects: 'Réunir les personnes à qui j’écris',
    empty: (n: number) =>
      `Vider le dossier (${plural(n, { zero: 'aucun contact', one: '# contact', other: '# contacts' })})`,
    forgotten: 'Adresses à ne jamais réunir',
    forgottenHint: 'Une adresse ajoutée ici quitte aussi le dossier et les suggestions.',
    forget: 'Oublier une adresse',
    forgetSubmit: 'Oublier',
    remember: (address: string) => `Ne plus oublier ${address}`,
    addressWrong: 'Ceci n’est pas une adresse mail complète.',
    mailbox: 'Ma messagerie est ailleurs',
    mailboxHint:
      'Coterie peut lire les destinataires de votre dossier de messages envoyés, chez un autre fournisseur. Les messages eux-mêmes ne sont pas conservés.',
    consent: (provider: string) => `Relier mon compte ${provider}`,
    consentFailed: {
      refused: 'L’accès n’a pas été accordé. Vous pouvez recommencer.',
      unavailable: 'Le fournisseur ne répond pas. Réessayez plus tard.',
    },
    host: 'Serveur IMAP',
    port: 'Port',
    username: 'Identifiant',
    password: 'Mot de passe d’application',
    passwordHint: 'Conservé chiffré. Votre fournisseur en crée un pour chaque application.',
    folder: 'Dossier des messages envoyés',
    test: 'Essayer',
    save: 'Lire ce dossier',
    stop: 'Ne plus lire',
    incomplete: 'Indiquez le serveur, l’identifiant et le mot de passe.',
    reads: (folder: string, username: string, host: string) => `«\u202f${folder}\u202f» de ${username}, chez ${host}.`,
    lastRead: (time: string) => `Lu le ${time}.`,
    notYetRead: 'Sera lu dans quelques minutes.',
    problems: {
      hostForbidden: 'Ce serveur n’est pas de ceux que Coterie peut lire. Demandez à la personne qui l’administre.',
      hostUnknown: 'Ce serveur n’existe pas\u202f: vérifiez son nom.',
      notReached: 'Le serveur ne répond pas. Coterie réessaiera.',
      certificate: 'Le certificat du serveur n’est pas valable\u202f: rien n’a été envoyé.',
      noEncryption: 'Le serveur ne chiffre pas la connexion\u202f: rien n’a été envoyé.',
      loginRefused: 'Identifiant ou mot de passe refusé.',
      noMailbox: 'Ce dossier n’existe pas.',
      tooManyTries: 'Trop de tentatives. Réessayez dans quelques minutes.',
      failed: 'Le serveur a répondu autrement qu’attendu.',
    },
  },
};
