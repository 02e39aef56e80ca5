type Named = Readonly<Record<'viewer' | 'contributor' | 'manager' | 'admin', string>>;

/** The roles as people read them, wherever they are told: on the screen, in mails, in the audit log. */
export const roleNames: Readonly<Record<'fr' | 'en', Named>> = {
  fr: { viewer: 'Visionneur', contributor: 'Contributeur', manager: 'Gestionnaire', admin: 'Administrateur' },
  en: { viewer: 'Viewer', contributor: 'Contributor', manager: 'Manager', admin: 'Admin' },
};
