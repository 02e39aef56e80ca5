import type { House } from './contacts.ts';

const journalists = [
  'Journaliste',
  'Secrétaire de rédaction',
  'Responsable de la rubrique éducation',
  'Photographe de presse',
  'Pigiste',
];
const partners = [
  'Responsable des partenariats',
  'Responsable de la formation',
  'Secrétaire de direction',
  'Juriste',
  'Membre du bureau',
];
const sellers = ['Responsable des ventes', 'Responsable d’atelier', 'Comptable', 'Service devis'];
const abroad = [
  'International Officer',
  'Head of Exchange Programmes',
  'Erasmus+ Coordinator',
  'Vice-Rector',
  'Exchange Advisor',
];

/** The invented houses, by the folder that their people stand in. */
export const houses = {
  partners: [
    { name: 'Association des Anciens Élèves', domain: 'anciens-eleves.example', titles: partners },
    { name: 'Fondation des Trois Ponts', domain: 'trois-ponts.example', titles: partners },
    { name: 'Pôle Mobilités Durables', domain: 'pole-mobilites.example', titles: partners },
    { name: 'Technopôle des Rives', domain: 'technopole-rives.example', titles: partners },
  ],
  authorities: [
    {
      name: 'Communauté d’agglomération des Deux-Vallées',
      domain: 'deux-vallees.example',
      titles: ['Membre du cabinet', 'Responsable jeunesse', 'Responsable enseignement supérieur'],
    },
    {
      name: 'Rectorat (démonstration)',
      domain: 'rectorat-demo.example',
      titles: ['Membre du cabinet', 'Responsable de division', 'Gestionnaire'],
    },
  ],
  suppliers: [
    { name: 'Papeterie du Beffroi', domain: 'papeterie-beffroi.example', titles: sellers },
    { name: 'Objets & Cie', domain: 'objets-et-cie.example', titles: sellers },
  ],
  printers: [
    { name: 'Imprimerie de l’Escaut', domain: 'imprimerie-escaut.example', titles: sellers },
    { name: 'Grand Format Numérique', domain: 'grand-format.example', titles: sellers },
    { name: 'Reliures Saint-Géry', domain: 'reliures.example', titles: sellers },
  ],
  caterers: [
    {
      name: 'Traiteur La Louche d’Argent',
      domain: 'louche-argent.example',
      titles: ['Responsable des cuisines', 'Responsable de salle', 'Service devis'],
    },
  ],
  press: [
    { name: 'Le Courrier du Hainaut', domain: 'courrier-hainaut.example', titles: journalists },
    { name: 'Radio Beffroi', domain: 'radio-beffroi.example', titles: journalists },
    { name: 'Télé des Vallées', domain: 'tele-vallees.example', titles: journalists },
    { name: 'Campus Magazine', domain: 'campus-magazine.example', titles: journalists },
  ],
  societies: [
    {
      name: 'Orchestre des Étudiants',
      domain: 'orchestre-etudiants.example',
      titles: ['Présidence', 'Trésorerie', 'Secrétariat'],
    },
    { name: 'Club d’aviron', domain: 'aviron.example', titles: ['Présidence', 'Trésorerie', 'Accueil'] },
  ],
  universities: [
    { name: 'Demonstratie Universiteit Gent-Zuid', domain: 'dugz.example', titles: abroad, country: 'Belgique' },
    { name: 'Musteruniversität Rheinaue', domain: 'rheinaue.example', titles: abroad, country: 'Allemagne' },
    { name: 'Universidad Ficticia de Levante', domain: 'levante.example', titles: abroad, country: 'Espagne' },
    { name: 'Università Immaginaria del Lago', domain: 'lago.example', titles: abroad, country: 'Italie' },
    { name: 'Uniwersytet Przykładowy', domain: 'przyklad.example', titles: abroad, country: 'Pologne' },
  ],
  interpreters: [
    {
      name: 'Traduire Ensemble',
      domain: 'traduire-ensemble.example',
      titles: ['Interprète anglais-français', 'Interprète espagnol-français', 'Interprète en langue des signes'],
    },
  ],
} as const satisfies Readonly<Record<string, readonly House[]>>;
