/** The words of the pages behind a link. */
export type SharedWords = {
  readonly sharedBy: (owner: string) => string;
  readonly count: (count: number) => string;
  readonly csv: string;
  readonly vcard: string;
  readonly files: string;
  readonly forAnyone: string;
  readonly until: (date: string) => string;
  readonly noEnd: string;
  readonly goneTitle: string;
  readonly gone: string;
  readonly goneAdvice: string;
};

const french: SharedWords = {
  sharedBy: (owner) => `Dossier de contacts partagé par ${owner}`,
  count: (count) => `${new Intl.NumberFormat('fr-FR').format(count)} contact${count < 2 ? '' : 's'}`,
  csv: 'Télécharger en CSV',
  vcard: 'Télécharger en vCard',
  files: 'Le CSV s’ouvre dans Excel ou LibreOffice, le vCard dans un carnet d’adresses ou un téléphone.',
  forAnyone:
    'Toute personne qui a ce lien peut consulter et télécharger le dossier, sans mot de passe. Personne ne peut rien y modifier.',
  until: (date) => `Il est valable jusqu’au ${date}.`,
  noEnd: 'Il est valable tant que le partage n’est pas retiré.',
  goneTitle: 'Ce lien n’est plus valable',
  gone: 'Le partage a été retiré, il est arrivé à sa date de fin, ou l’adresse est incomplète.',
  goneAdvice:
    'Vérifiez que vous avez copié l’adresse entière. Sinon, demandez un nouveau lien à la personne qui vous l’a donné.',
};

const english: SharedWords = {
  sharedBy: (owner) => `Contacts folder shared by ${owner}`,
  count: (count) => `${new Intl.NumberFormat('en-GB').format(count)} contact${count === 1 ? '' : 's'}`,
  csv: 'Download as CSV',
  vcard: 'Download as vCard',
  files: 'CSV opens in Excel or LibreOffice, vCard in an address book or a phone.',
  forAnyone:
    'Anyone with this link can look at the folder and download it, without a password. Nobody can change anything in it.',
  until: (date) => `It works until ${date}.`,
  noEnd: 'It works until the share is revoked.',
  goneTitle: 'This link no longer works',
  gone: 'The share was revoked, its end date has passed, or the address is incomplete.',
  goneAdvice: 'Check that you have copied the whole address. If so, ask the person who gave it to you for a new one.',
};

/** By language. */
export const sharedWords: Readonly<Record<'fr' | 'en', SharedWords>> = { fr: french, en: english };
