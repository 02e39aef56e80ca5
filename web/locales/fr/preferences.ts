/** The Preferences screen. */
export const preferences = {
  title: 'Préférences',
  sections: { general: 'Général', sharing: 'Partages' },
  language: 'Langue',
  languageAuto: 'Comme le navigateur',
  languageFr: 'Français',
  languageEn: 'English',
  theme: 'Thème',
  themeHint: 'S’applique à tous vos appareils.',
};
