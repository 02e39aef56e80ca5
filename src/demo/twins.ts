import { nameOf } from './contacts.ts';
import type { NewContact } from './contacts.ts';

/** Somebody who was written down twice, in two folders of the first who can sign in: what « Doublons » has to show. */
export type Twin = { readonly folder: string; readonly contact: NewContact };

const person = (given: string, surname: string, rest: NewContact): NewContact => ({
  name: nameOf(given, surname),
  ...rest,
});
const email = (address: string) => ({ emails: { e1: { address, contexts: { work: true } } } });
const telephone = (number: string) => ({
  phones: { p1: { number, features: { voice: true }, contexts: { work: true } } },
});
const mobile = (number: string) => ({
  phones: { p1: { number, features: { mobile: true, voice: true, text: true } } },
});
const atWork = (organization: string, title: string) => ({
  organizations: { o1: { name: organization } },
  titles: { t1: { name: title } },
});

/** By the names of the folders; « Contacts » is the one that everybody has. The numbers are kept for works of fiction. */
export const twins: readonly Twin[] = [
  // Certain: the same address. The second was typed in capitals, without accents, on a telephone.
  {
    folder: 'Imprimeurs',
    contact: person('Hélène', 'Montségur', {
      ...atWork('Imprimerie de l’Escaut', 'Service devis'),
      ...email('helene.montsegur@imprimerie-escaut.example'),
      ...telephone('+33 3 53 01 44 12'),
    }),
  },
  {
    folder: 'Contacts',
    contact: person('HELENE', 'MONTSEGUR', {
      ...email('helene.montsegur@imprimerie-escaut.example'),
      ...mobile('06 39 98 44 13'),
      notes: { n1: { note: 'Pour les affiches : appeler sur le mobile.' } },
    }),
  },
  // To be looked at: the same words, the surname first, and nothing else in common.
  {
    folder: 'Traiteurs',
    contact: person('Maëlle', 'Le Guennec', {
      ...atWork('Traiteur La Louche d’Argent', 'Responsable de salle'),
      ...email('maelle.le-guennec@louche-argent.example'),
      ...telephone('+33 3 53 01 27 80'),
    }),
  },
  {
    folder: 'Contacts',
    contact: person('Leguennec', 'Maelle', mobile('06 39 98 27 81')),
  },
  // To be looked at: a letter apart, and the same number, written otherwise.
  {
    folder: 'Fournisseurs',
    contact: person('Cyprien', 'Wattrelot', {
      ...atWork('Objets & Cie', 'Responsable des ventes'),
      ...email('cyprien.wattrelot@objets-et-cie.example'),
      ...mobile('+33 6 39 98 61 05'),
    }),
  },
  { folder: 'Contacts', contact: person('Cyprien', 'Watrelot', mobile('06 39 98 61 05')) },
];
