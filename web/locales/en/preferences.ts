import type { preferences as French } from '../fr/preferences.ts';

/** The Preferences screen. */
export const preferences: typeof French = {
  title: 'Preferences',
  sections: { general: 'General', sharing: 'Sharing', mails: 'Mails', devices: 'Devices' },
  language: 'Language',
  languageAuto: 'As the browser',
  languageFr: 'Français',
  languageEn: 'English',
  theme: 'Theme',
  themeHint: 'Applies to all your devices.',
  mails: {
    intro: 'A mail is sent to you when…',
    created: 'a folder is shared with you',
    modified: 'a share that concerns you is changed',
    ended: 'a share that concerns you ends',
    answered: 'somebody accepts or declines a share and wants to tell you',
    hint: 'The app tells you everything, with or without a mail. Mails to a list reach the whole list.',
  },
};
