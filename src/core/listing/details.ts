/** What is known of somebody beside name and addresses; all of it optional, none of it trusted. */
export type PrincipalDetails = {
  readonly given?: string;
  readonly surname?: string;
  readonly organization?: string;
  readonly department?: string;
  readonly title?: string;
  readonly description?: string;
  readonly phones?: readonly { readonly number: string; readonly kind: 'work' | 'mobile' | 'fax' | 'home' }[];
  readonly address?: string;
  readonly language?: string;
};

/** The details that « Annuaire » can show, each with the letter under which its words are indexed. */
export const detailFields = {
  organization: 'o',
  department: 'u',
  title: 'j',
  work: 'p',
  mobile: 'm',
  fax: 'f',
  home: 'h',
  address: 'a',
  description: 'b',
} as const;

/** The name of a detail that can be shown or not. */
export type DetailName = keyof typeof detailFields;

/** All of them, in the order of the manual. */
export const detailNames = Object.keys(detailFields) as DetailName[];

/** Names and addresses are always shown: who is in the directory is found by them. */
export const nameFields = ['n', 'g', 's', 'e'] as const;

/** A letter of the index. */
export type DirectoryField = (typeof nameFields)[number] | (typeof detailFields)[DetailName];
