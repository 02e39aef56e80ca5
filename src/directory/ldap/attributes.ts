/** What is read of entries, by our names for it. */
export const attributeMeanings = {
  id: 'the permanent id, which outlives name, address and place',
  changed: 'when the entry changed last',
  name: 'the full name of a person',
  given: 'the given name',
  surname: 'the surname',
  mail: 'the address',
  alias: 'further addresses of the same mailbox',
  login: 'names to sign in with, besides the addresses',
  organization: 'the organisation',
  department: 'the department',
  title: 'the function',
  phone: 'telephone numbers',
  mobile: 'mobile numbers',
  fax: 'fax numbers',
  home: 'private telephone numbers',
  address: 'the postal address',
  language: 'the language that mails are written in',
  hidden: 'true when others must not find the entry',
  locked: 'says that the account is locked or over',
  groupName: 'the name of a group',
  groupMail: 'the address of a group',
  description: 'what a group is for',
  member: 'who is in a group: DNs or logins',
} as const;

/** One of our names. */
export type AttributeName = keyof typeof attributeMeanings;

/**
 * The attributes of the directory for each of our names: of those with one value the first that has one; `a+b` is both,
 * on lines of their own.
 */
export type Attributes = Readonly<Record<AttributeName, readonly string[]>>;

/** Whether this is one of our names. */
export function isAttributeName(name: string): name is AttributeName {
  return name in attributeMeanings;
}

/** The attributes to ask for, `a+b` taken apart. */
export function namesIn(attributes: Attributes, ...meanings: readonly AttributeName[]): string[] {
  return [...new Set(meanings.flatMap((meaning) => attributes[meaning]).flatMap((name) => name.split('+')))];
}
