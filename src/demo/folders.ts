import type { House } from './contacts.ts';
import { houses } from './houses.ts';
import { demoDomain, signIns } from './university.ts';

/** A folder of the demonstration, with the people of these houses in it. */
export type DemoFolder = {
  readonly name: string;
  readonly color?: string;
  readonly houses: readonly House[];
  readonly size: number;
  readonly folders?: readonly DemoFolder[];
};

/** The folders of the three who can sign in, in the order of `signIns`. */
export const folders: readonly (readonly DemoFolder[])[] = [
  [
    {
      name: 'Partenaires',
      color: 'blue',
      houses: houses.partners,
      size: 22,
      folders: [{ name: 'Collectivités', color: 'cyan', houses: houses.authorities, size: 11 }],
    },
    {
      name: 'Fournisseurs',
      color: 'orange',
      houses: houses.suppliers,
      size: 8,
      folders: [
        { name: 'Imprimeurs', houses: houses.printers, size: 9 },
        { name: 'Traiteurs', color: 'pink', houses: houses.caterers, size: 3 },
      ],
    },
  ],
  [
    { name: 'Presse', color: 'red', houses: houses.press, size: 19 },
    { name: 'Associations', color: 'green', houses: houses.societies, size: 8 },
  ],
  [
    {
      name: 'Universités partenaires',
      color: 'purple',
      houses: houses.universities,
      size: 21,
      folders: [{ name: 'Erasmus+', color: 'yellow', houses: houses.universities, size: 6 }],
    },
    { name: 'Interprètes', houses: houses.interpreters, size: 5 },
  ],
];

/** A share of the demonstration: people by their place in `signIns`. */
export type DemoShare = {
  readonly folder: string;
  readonly by: number;
  readonly with: string;
  readonly role: 'viewer' | 'manager' | 'admin';
  readonly acceptedBy?: number;
  /** The colour that the one who accepts gives it. */
  readonly color?: string;
  /** With a note there is a mail. */
  readonly note?: string;
};

/** What is shared: one accepted, one waiting, one with a group. */
export const shares: readonly DemoShare[] = [
  { folder: 'Presse', by: 1, with: signIns[0].email, role: 'manager', acceptedBy: 0, color: 'red' },
  {
    folder: 'Universités partenaires',
    by: 2,
    with: signIns[0].email,
    role: 'viewer',
    note: 'Bonjour Ada,\n\nvoici les universités partenaires pour la lettre d’information.\n\nÀ bientôt,\nChloé',
  },
  { folder: 'Partenaires', by: 0, with: `international@${demoDomain}`, role: 'viewer' },
];
