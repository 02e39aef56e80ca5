import type { preferences as French } from '../fr/preferences.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('en');

/** The Preferences screen. */
export const preferences: typeof French = {
  title: 'Preferences',
  sections: {
    general: 'General',
    sharing: 'Sharing',
    mails: 'Mails',
    collecting: 'Emailed contacts',
    tags: 'Tags',
    devices: 'Devices',
  },
  language: 'Language',
  languageAuto: 'As the browser',
  languageFr: 'Français',
  languageEn: 'English',
  theme: 'Theme',
  themeHint: 'Applies to all your devices.',
  offline: {
    label: 'Keep my contacts in this browser',
    hint: 'To read and change them without a connection. Not for a computer that others use; everything is erased when you sign out.',
    unable: 'This browser does not allow it here: it takes a page over HTTPS, outside of private browsing.',
    failed: 'The contacts could not be kept. Check how much room is left, then try again.',
    keeping: 'Keeping the contacts…',
    kept: (moment: string) => `Up to date on ${moment}`,
    waiting: (n: number) =>
      plural(n, { one: '# change waits for the connection.', other: '# changes wait for the connection.' }),
    refused: 'The server did not take these changes:',
    reasons: {
      notFound: 'the contact no longer exists',
      forbidden: 'the folder can no longer be changed',
      other: 'the server refused it',
    },
    retry: 'Try again',
    abandon: 'Give these changes up',
  },
  mails: {
    intro: 'A mail is sent to you when…',
    created: 'a folder is shared with you',
    modified: 'a share that concerns you is changed',
    ended: 'a share that concerns you ends',
    answered: 'somebody accepts or declines what you offer or ask for',
    asked: 'somebody asks you for access to a folder, or to take one over',
    hint: 'The app tells you everything, with or without a mail. Mails to a list reach the whole list.',
  },
  collecting: {
    intro: 'The people you write to are collected in “Emailed Contacts” and suggested first when you share.',
    collects: 'Collect the people I write to',
    empty: (n: number) =>
      `Empty the folder (${plural(n, { zero: 'no contacts', one: '# contact', other: '# contacts' })})`,
    forgotten: 'Addresses never to collect',
    forgottenHint: 'An address added here also leaves the folder and the suggestions.',
    forget: 'Forget an address',
    forgetSubmit: 'Forget',
    remember: (address: string) => `Do not forget ${address} any more`,
    addressWrong: 'This is not a complete email address.',
    mailbox: 'My mail is elsewhere',
    mailboxHint:
      'Coterie can read the recipients in your folder of sent mail at another provider. The messages themselves are not kept.',
    consent: (provider: string) => `Connect my ${provider} account`,
    consentFailed: {
      refused: 'Access was not granted. You can try again.',
      unavailable: 'The provider does not answer. Try again later.',
    },
    host: 'IMAP server',
    port: 'Port',
    username: 'User name',
    password: 'App password',
    passwordHint: 'Kept encrypted. Your provider makes one for each app.',
    folder: 'Folder of sent mail',
    test: 'Try',
    save: 'Read this folder',
    stop: 'Stop reading',
    incomplete: 'Give the server, the user name and the password.',
    reads: (folder: string, username: string, host: string) => `“${folder}” of ${username}, at ${host}.`,
    lastRead: (time: string) => `Read on ${time}.`,
    notYetRead: 'Will be read in a few minutes.',
    problems: {
      hostForbidden: 'Coterie may not read this server. Ask whoever administers it.',
      hostUnknown: 'This server does not exist: check its name.',
      notReached: 'The server does not answer. Coterie will try again.',
      certificate: 'The certificate of the server is not valid: nothing was sent.',
      noEncryption: 'The server does not encrypt the connection: nothing was sent.',
      loginRefused: 'User name or password refused.',
      noMailbox: 'This folder does not exist.',
      tooManyTries: 'Too many tries. Try again in a few minutes.',
      failed: 'The server answered something unexpected.',
    },
  },
};
