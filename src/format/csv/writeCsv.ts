/** What stands between two cells; a French Excel expects the semicolon. */
export type CsvSeparator = ',' | ';';

/** At the start of a file it tells Excel that the text is UTF-8. */
export const byteOrderMark = '\ufeff';

// OWASP, « CSV Injection »: what a spreadsheet may take for the start of a formula, also in its full-width forms.
const formulaStart = /^[\s\u00a0]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u;
// « +33 6 12 34 56 78 » stays as it is, so that it can be dialled and imported: without letters and operators it computes nothing.
const plainPhone = /^\+\d[\d\s\u00a0\u202f.()]*$/u;
// The other separator too: not everybody opens a file with the right one.
const needsQuotes = /[",;\t\r\n]|^\s|\s$/u;

/** One record with its line end: RFC 4180, every cell harmless in a spreadsheet. */
export function csvRecord(values: readonly string[], separator: CsvSeparator): string {
  const cells = values.map((value) => cell(value));
  // A single empty cell would be an empty line.
  return `${cells.length === 1 && cells[0] === '' ? '""' : cells.join(separator)}\r\n`;
}

/** A whole small table. Large ones are written record by record after the byte order mark. */
export function writeCsv(rows: Iterable<readonly string[]>, separator: CsvSeparator = ','): string {
  let text = byteOrderMark;
  for (const row of rows) text += csvRecord(row, separator);
  return text;
}

function cell(value: string): string {
  const text = neutral(value.replace(/\r\n?/gu, '\n').replace(/[^\P{Cc}\n\t]/gu, ''));
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** An apostrophe in front makes text of what would be computed. */
function neutral(text: string): string {
  return formulaStart.test(text) && !plainPhone.test(text) ? `'${text}` : text;
}
