import type { Card } from '../jscontact/types.ts';

/** Why something of a file was not taken as it stands. */
export type ImportReason =
  /** Nothing of it could be read: quotes that never close. */
  | 'quotes'
  /** No cell of the line says anything that a contact can hold. */
  | 'empty'
  /** More cells than the table has columns. */
  | 'cells'
  /** A date that is none: kept among the notes. */
  | 'date'
  /** Text outside of a card. */
  | 'outside'
  /** A card that does not end, or is not written as its standard wants it. */
  | 'vcard'
  /** An entry that is not written as RFC 2849 wants it, or is a change rather than a contact. */
  | 'ldif'
  /** A contact that would break a rule of contacts. */
  | 'invalid'
  /** Larger than a contact may be. */
  | 'tooLarge'
  /** More lines than one import takes. */
  | 'tooMany'
  /** A file in an archive that holds no contacts. */
  | 'file';

/** Something that was not understood. `isLost`: there is no contact of it; else the contact is there without it. */
export type ImportProblem = {
  readonly line: number;
  readonly reason: ImportReason;
  readonly isLost: boolean;
  /** What exactly, in the words of whoever reads the format. */
  readonly detail?: string;
  /** How it begins in the file. */
  readonly text: string;
};

/** A contact of a file: as content, or as the text of its vCard, which is kept as it is. */
export type ImportItem = {
  readonly line: number;
  /** How it begins in the file. */
  readonly text: string;
  readonly problems: readonly ImportProblem[];
} & ({ readonly card: Partial<Card>; readonly vcard?: never } | { readonly vcard: string; readonly card?: never });

/** What is read one after the other from a file. */
export type ImportEntry = ImportItem | { readonly problem: ImportProblem };

/** How much of a line a report shows. */
export const shownText = (text: string): string => text.trim().slice(0, 300);
