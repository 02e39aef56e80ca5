import { roleNames } from '../roleNames.ts';

/** What mails about folders have in common, in one language. */
export type MailWords = {
  readonly folderValue: (folder: string) => string;
  readonly owner: string;
  readonly roles: Readonly<Record<'viewer' | 'contributor' | 'manager' | 'admin', string>>;
  readonly open: string;
  readonly asked: string;
  readonly footer: (organisation: string, actor: string) => string;
  readonly stop: string;
  readonly colon: string;
};

/** These words, by language. */
export const mailWords: Readonly<Record<'fr' | 'en', MailWords>> = {
  fr: {
    folderValue: (folder) => `${folder} (Dossier de contacts)`,
    owner: 'Propriétaire',
    roles: roleNames.fr,
    open: 'Ouvrir le dossier',
    asked: 'Rien n’est décidé en ouvrant un lien : une page vous demandera de confirmer.',
    footer: (organisation, actor) => `${organisation}, contacts partagés. Une réponse à ce mail parvient à ${actor}.`,
    stop: 'Ne plus recevoir ce genre de mail',
    colon: ' : ',
  },
  en: {
    folderValue: (folder) => `${folder} (Contacts Folder)`,
    owner: 'Owner',
    roles: roleNames.en,
    open: 'Open the folder',
    asked: 'Opening a link decides nothing: a page will ask you to confirm.',
    footer: (organisation, actor) => `${organisation}, shared contacts. A reply to this mail goes to ${actor}.`,
    stop: 'Stop getting this kind of mail',
    colon: ': ',
  },
};
