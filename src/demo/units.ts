/** A part of the invented university; its address is a group. */
export type Unit = {
  readonly key: string;
  readonly name: string;
  /** The unit that it belongs to. */
  readonly within?: string;
  /** What people do there; without: nobody belongs to it directly. */
  readonly functions?: readonly string[];
};

// Words that suit everybody: the names are drawn by lot.
const teaching = (subject: string): readonly string[] => [
  `Prof. ${subject}`,
  `Maître de conférences ${subject}`,
  `Doctorat ${subject}`,
  'Gestionnaire de scolarité',
  'Secrétaire de département',
];

/** The university, from the top downwards: 20 groups. */
export const units: readonly Unit[] = [
  { key: 'personnel', name: 'Ensemble du personnel' },
  { key: 'droit', name: 'Faculté de droit', within: 'personnel' },
  { key: 'droit-public', name: 'Département de droit public', within: 'droit', functions: teaching('de droit public') },
  { key: 'droit-prive', name: 'Département de droit privé', within: 'droit', functions: teaching('de droit privé') },
  { key: 'sciences', name: 'Faculté des sciences', within: 'personnel' },
  {
    key: 'informatique',
    name: 'Département d’informatique',
    within: 'sciences',
    functions: teaching('en informatique'),
  },
  {
    key: 'mathematiques',
    name: 'Département de mathématiques',
    within: 'sciences',
    functions: teaching('de mathématiques'),
  },
  { key: 'biologie', name: 'Département de biologie', within: 'sciences', functions: teaching('de biologie') },
  { key: 'lettres', name: 'Faculté des lettres et langues', within: 'personnel' },
  { key: 'histoire', name: 'Département d’histoire', within: 'lettres', functions: teaching('d’histoire') },
  { key: 'anglais', name: 'Département d’études anglophones', within: 'lettres', functions: teaching('d’anglais') },
  {
    key: 'lettres-modernes',
    name: 'Département de lettres modernes',
    within: 'lettres',
    functions: teaching('de littérature'),
  },
  { key: 'services', name: 'Services centraux', within: 'personnel' },
  {
    key: 'communication',
    name: 'Direction de la communication',
    within: 'services',
    functions: ['Responsable des réseaux sociaux', 'Graphiste', 'Secrétaire de rédaction', 'Webmestre', 'Photographe'],
  },
  {
    key: 'numerique',
    name: 'Direction du numérique',
    within: 'services',
    functions: [
      'Architecte réseaux',
      'Responsable des serveurs',
      'Analyste',
      'Assistance',
      'Responsable de la sécurité',
    ],
  },
  {
    key: 'international',
    name: 'Service des relations internationales',
    within: 'services',
    functions: ['Gestionnaire de mobilité', 'Gestionnaire Erasmus+', 'Interprète', 'Responsable des partenariats'],
  },
  {
    key: 'bibliotheque',
    name: 'Bibliothèque universitaire',
    within: 'services',
    functions: ['Bibliothécaire', 'Archiviste', 'Responsable des acquisitions', 'Accueil'],
  },
  {
    key: 'scolarite',
    name: 'Service de la scolarité',
    within: 'services',
    functions: ['Gestionnaire de scolarité', 'Psychologue', 'Responsable des examens', 'Accueil'],
  },
  {
    key: 'achats',
    name: 'Service des achats',
    within: 'services',
    functions: ['Gestionnaire des achats', 'Gestionnaire des marchés', 'Comptable', 'Juriste'],
  },
  { key: 'conseil', name: 'Conseil d’administration' },
];
