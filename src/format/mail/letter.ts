/** One line of facts in a mail; `mark` is what stands behind a value that changed. */
export type LetterField = { readonly label: string; readonly value: string; readonly mark: string | null };

/** A link that looks like a button. */
export type LetterButton = { readonly label: string; readonly url: string; readonly isPrimary: boolean };

/** What a mail says, before it is written as text and as HTML. */
export type Letter = {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly fields: readonly LetterField[];
  readonly note: { readonly title: string; readonly text: string } | null;
  readonly buttons: readonly LetterButton[];
  /** Beneath the buttons: what they do. */
  readonly hint: string | null;
  readonly footer: string;
  /** The quiet link beneath everything: no more such mails. */
  readonly stop: { readonly label: string; readonly url: string } | null;
  /** What separates a label from its value: French puts a space before the colon. */
  readonly colon: string;
};
