/** The Preferences screen. */
export const preferences = {
  title: 'Préférences',
  sections: { general: 'Général', sharing: 'Partages', mails: 'Mails', devices: 'Appareils' },
  language: 'Langue',
  languageAuto: 'Comme le navigateur',
  languageFr: 'Français',
  languageEn: 'English',
  theme: 'Thème',
  themeHint: 'S’applique à tous vos appareils.',
  mails: {
    intro: 'Un mail vous est envoyé quand…',
    created: 'un dossier est partagé avec vous',
    modified: 'un partage qui vous concerne est modifié',
    ended: 'un partage qui vous concerne prend fin',
    answered: 'quelqu’un accepte ou refuse un partage et veut vous le dire',
    hint: 'L’application vous signale tout, avec ou sans mail. Les mails adressés à une liste arrivent à toute la liste.',
  },
};
