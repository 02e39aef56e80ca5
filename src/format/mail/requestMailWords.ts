import { withDe } from '../french.ts';
import { mailWords } from './mailWords.ts';
import type { MailWords } from './mailWords.ts';

/** What a mail tells of a folder on its way to a new owner, or of somebody who asks for access. */
export type RequestMailKind =
  | 'offered'
  | 'withdrawn'
  | 'handoverAccepted'
  | 'handoverDeclined'
  | 'asked'
  | 'requestDeclined';

/** The names in a sentence, already made safe. */
export type RequestNames = { readonly actor: string; readonly folder: string };

/** What comes with a folder. */
export type FolderContents = { readonly folders: number; readonly cards: number; readonly shares: number };

/** Everything that such a mail says in one language. */
export type RequestMailWords = MailWords & {
  readonly subject: Readonly<Record<RequestMailKind, (folder: string) => string>>;
  readonly title: Readonly<Record<RequestMailKind, (names: RequestNames) => string>>;
  readonly text: Readonly<Partial<Record<RequestMailKind, string>>>;
  readonly folder: string;
  readonly contents: string;
  readonly contentsValue: (contents: FolderContents) => string;
  readonly keeps: (owner: string) => string;
  readonly keptRoles: Readonly<Record<'none' | 'viewer' | 'contributor' | 'manager' | 'admin', string>>;
  readonly asker: string;
  readonly noteOf: (actor: string) => string;
  readonly acceptHandover: string;
  readonly declineHandover: string;
  readonly answerRequest: string;
};

const french: RequestMailWords = {
  ...mailWords.fr,
  subject: {
    offered: (folder) => `Dossier à reprendre : ${folder}`,
    withdrawn: (folder) => `Dossier à reprendre, proposition retirée : ${folder}`,
    handoverAccepted: (folder) => `Dossier repris : ${folder}`,
    handoverDeclined: (folder) => `Dossier non repris : ${folder}`,
    asked: (folder) => `Demande d’accès : ${folder}`,
    requestDeclined: (folder) => `Demande d’accès refusée : ${folder}`,
  },
  title: {
    offered: ({ actor, folder }) => `${actor} souhaite vous céder le dossier « ${folder} »`,
    withdrawn: ({ actor, folder }) => `${actor} ne vous cède plus le dossier « ${folder} »`,
    handoverAccepted: ({ actor, folder }) => `${actor} a repris le dossier « ${folder} »`,
    handoverDeclined: ({ actor, folder }) => `${actor} ne reprend pas le dossier « ${folder} »`,
    asked: ({ actor, folder }) => `${actor} demande l’accès au dossier « ${folder} »`,
    requestDeclined: ({ actor, folder }) => `${actor} n’ouvre pas l’accès au dossier « ${folder} »`,
  },
  text: {
    offered:
      'Si vous acceptez, le dossier est à vous, avec ses sous-dossiers, ses contacts et leur historique. Ceux avec qui il est partagé gardent leur accès. D’ici là, rien ne change.',
    withdrawn: 'Il n’y a plus rien à répondre.',
    handoverAccepted: 'Le dossier lui appartient désormais.',
    handoverDeclined: 'Le dossier reste à vous, rien n’a changé.',
    asked: 'Ce dossier est à vous et proposé dans l’annuaire : c’est vous qui décidez qui y a accès.',
  },
  folder: 'Dossier',
  contents: 'Contenu',
  contentsValue: ({ folders, cards, shares }) =>
    [
      `${cards} ${cards < 2 ? 'contact' : 'contacts'}`,
      ...(folders > 1 ? [`${folders - 1} ${folders < 3 ? 'sous-dossier' : 'sous-dossiers'}`] : []),
      ...(shares > 0 ? [`${shares} ${shares < 2 ? 'partage' : 'partages'}`] : []),
    ].join(', '),
  keeps: (owner) => `Accès ${withDe(owner)} ensuite`,
  keptRoles: { ...mailWords.fr.roles, none: 'Aucun' },
  asker: 'Demandé par',
  noteOf: (actor) => `Message ${withDe(actor)}`,
  acceptHandover: 'Reprendre le dossier',
  declineHandover: 'Ne pas le reprendre',
  answerRequest: 'Répondre à la demande',
};

const english: RequestMailWords = {
  ...mailWords.en,
  subject: {
    offered: (folder) => `Folder to take over: ${folder}`,
    withdrawn: (folder) => `Folder to take over, offer withdrawn: ${folder}`,
    handoverAccepted: (folder) => `Folder taken over: ${folder}`,
    handoverDeclined: (folder) => `Folder not taken over: ${folder}`,
    asked: (folder) => `Access asked for: ${folder}`,
    requestDeclined: (folder) => `Access declined: ${folder}`,
  },
  title: {
    offered: ({ actor, folder }) => `${actor} would like to hand the folder “${folder}” over to you`,
    withdrawn: ({ actor, folder }) => `${actor} no longer hands the folder “${folder}” over to you`,
    handoverAccepted: ({ actor, folder }) => `${actor} took over the folder “${folder}”`,
    handoverDeclined: ({ actor, folder }) => `${actor} does not take over the folder “${folder}”`,
    asked: ({ actor, folder }) => `${actor} asks for access to the folder “${folder}”`,
    requestDeclined: ({ actor, folder }) => `${actor} does not give access to the folder “${folder}”`,
  },
  text: {
    offered:
      'If you accept, the folder is yours, with its subfolders, its contacts and their history. Those it is shared with keep their access. Until then nothing changes.',
    withdrawn: 'There is nothing to answer any more.',
    handoverAccepted: 'The folder is theirs from now on.',
    handoverDeclined: 'The folder stays yours, nothing has changed.',
    asked: 'This folder is yours and offered in the directory: you alone decide who has access.',
  },
  folder: 'Folder',
  contents: 'Contents',
  contentsValue: ({ folders, cards, shares }) =>
    [
      `${cards} ${cards === 1 ? 'contact' : 'contacts'}`,
      ...(folders > 1 ? [`${folders - 1} ${folders === 2 ? 'subfolder' : 'subfolders'}`] : []),
      ...(shares > 0 ? [`${shares} ${shares === 1 ? 'share' : 'shares'}`] : []),
    ].join(', '),
  keeps: (owner) => `Access of ${owner} afterwards`,
  keptRoles: { ...mailWords.en.roles, none: 'None' },
  asker: 'Asked by',
  noteOf: (actor) => `Message from ${actor}`,
  acceptHandover: 'Take the folder over',
  declineHandover: 'Do not take it over',
  answerRequest: 'Answer the request',
};

/** The words of these mails, by language. */
export const requestMailWords: Readonly<Record<'fr' | 'en', RequestMailWords>> = { fr: french, en: english };
