import type { preferences as French } from '../fr/preferences.ts';

/** The Preferences screen. */
export const preferences: typeof French = {
  title: 'Preferences',
  sections: { general: 'General', sharing: 'Sharing' },
  language: 'Language',
  languageAuto: 'As the browser',
  languageFr: 'Français',
  languageEn: 'English',
  theme: 'Theme',
  themeHint: 'Applies to all your devices.',
};
