/** The words of the page with the mails of the demonstration. */
export type MailWords = {
  readonly title: string;
  readonly back: string;
  readonly backToList: string;
  readonly explanation: string;
  readonly everybody: string;
  readonly recipients: string;
  readonly mails: string;
  readonly empty: string;
  readonly emptyAdvice: string;
  readonly choose: string;
  readonly from: string;
  readonly to: string;
  readonly replyTo: string;
  readonly html: string;
  readonly text: string;
  readonly views: string;
  readonly frame: (subject: string) => string;
  readonly arrived: (subject: string) => string;
  readonly gone: string;
};

const french: MailWords = {
  title: 'Mails de la démonstration',
  back: 'Contacts',
  backToList: 'Tous les mails',
  explanation: 'Dans la démonstration, aucun mail ne part : ils arrivent tous ici.',
  everybody: 'Tous',
  recipients: 'Destinataires',
  mails: 'Mails',
  empty: 'Aucun mail',
  emptyAdvice: 'Partagez un dossier de contacts : le mail qui l’annonce apparaît ici aussitôt.',
  choose: 'Choisissez un mail pour le lire.',
  from: 'De',
  to: 'À',
  replyTo: 'Réponse à',
  html: 'Mise en forme',
  text: 'Texte seul',
  views: 'Affichage',
  frame: (subject) => `Contenu du mail « ${subject} »`,
  arrived: (subject) => `Nouveau mail : ${subject}`,
  gone: 'Ce mail n’est plus là : seuls les 500 derniers sont gardés.',
};

const english: MailWords = {
  title: 'Mail of the demonstration',
  back: 'Contacts',
  backToList: 'All mail',
  explanation: 'In the demonstration no mail leaves: all of it arrives here.',
  everybody: 'All',
  recipients: 'Recipients',
  mails: 'Mail',
  empty: 'No mail',
  emptyAdvice: 'Share a contacts folder: the mail that announces it shows up here at once.',
  choose: 'Choose a mail to read it.',
  from: 'From',
  to: 'To',
  replyTo: 'Reply to',
  html: 'Formatted',
  text: 'Plain text',
  views: 'View',
  frame: (subject) => `Content of the mail “${subject}”`,
  arrived: (subject) => `New mail: ${subject}`,
  gone: 'This mail is gone: only the last 500 are kept.',
};

/** By language. */
export const mailWords: Readonly<Record<'fr' | 'en', MailWords>> = { fr: french, en: english };
