/** The vCard versions Coterie reads; it writes 3.0 and 4.0. */
export type VCardVersion = '2.1' | '3.0' | '4.0';

/** One parameter of a content line; its values are decoded (no quotes, no RFC 6868 carets). */
export type VCardParam = { readonly name: string; readonly values: readonly string[] };

/** One content line. The value is still escaped; `raw` is the text it was read from, folds included. */
export type VCardLine = {
  readonly group: string | null;
  readonly name: string;
  readonly params: readonly VCardParam[];
  readonly value: string;
  readonly raw?: string;
};

/** One card: every line between BEGIN and END, VERSION included where it stood. */
export type VCard = { readonly version: VCardVersion; readonly lines: readonly VCardLine[] };

/** A text that is not a vCard; `line` counts from 1 in the text that was given. */
export class VCardError extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(`Line ${line}: ${message}`);
    this.name = 'VCardError';
    this.line = line;
  }
}
