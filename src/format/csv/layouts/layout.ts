/**
 * What a column is in a contact, in the words of `contactColumns` (`email2`, `workStreet`), with some that only
 * programs need: `workStreet:2` is the second line of the same street, `birthday:year` a part of a date,
 * `email[1].label` one half of a pair of columns, `phone` and `note` keep their heading with the value.
 * null: it says nothing of a contact.
 */
export type ColumnField = string | null;

/** A column: what it is, and its heading in each language. */
export type LayoutColumn = readonly [field: ColumnField, english: string, french?: string];

/** How a program writes its table of contacts. */
export type Layout = {
  readonly name: LayoutName;
  readonly columns: readonly LayoutColumn[];
  /** For headings with numbers in them. */
  readonly fieldOf?: (heading: string) => ColumnField | undefined;
  /** The order of its dates, by the language of the headings. */
  readonly dates: { readonly en: DateOrder; readonly fr: DateOrder };
};

/** The programs whose tables are known. */
export type LayoutName = 'outlook' | 'google' | 'thunderbird' | 'zimbra' | 'yahoo' | 'windowsLive' | 'everything';

/** Whether the day or the month comes first where a date has strokes. */
export type DateOrder = 'dmy' | 'mdy';
