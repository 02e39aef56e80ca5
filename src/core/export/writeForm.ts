import { contactTable } from '../../format/csv/layouts/contactTable.ts';
import type { WrittenLayout } from '../../format/csv/layouts/contactTable.ts';
import { byteOrderMark, csvRecord } from '../../format/csv/writeCsv.ts';
import type { CsvSeparator } from '../../format/csv/writeCsv.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { ldifStart, writeLdifEntry } from '../../format/ldif/writeLdif.ts';
import { convertVCard } from '../../format/vcard/convert.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import { serializeVCard } from '../../format/vcard/serialize.ts';
import { createBreath } from '../../lib/breath.ts';

/** The form of a file. A table without a layout is Zimbra's, without a language in French. */
export type ExportForm = (
  | {
      readonly format: 'csv';
      readonly separator: CsvSeparator;
      readonly layout?: WrittenLayout;
      readonly language?: 'fr' | 'en';
    }
  /** Without a version: every card as it is kept. */
  | { readonly format: 'vcard'; readonly version?: '3.0' | '4.0' }
  | { readonly format: 'ldif' }
) & {
  /** With what the person who exports noted for themselves. */
  readonly privateNotes?: boolean;
};

/** The contacts that are written, page by page, as often as it is called: as they are shown, or as they are kept. */
export type ReadPages = (column: 'data' | 'vcard', size: number) => AsyncIterable<readonly string[]>;

const cardsPerPage = 500;
// Records hold their photos.
const recordsPerPage = 50;

/** Contacts as the text of a file, piece by piece. */
export function writeForm(form: ExportForm, read: ReadPages): AsyncGenerator<string> {
  if (form.format === 'csv') return writeCsvPages(read, form);
  return form.format === 'ldif' ? writeLdifPages(read) : writeVCardPages(read, form.version);
}

async function* writeCsvPages(
  read: ReadPages,
  { separator, layout = 'zimbra', language = 'fr' }: Extract<ExportForm, { format: 'csv' }>,
): AsyncGenerator<string> {
  const table = contactTable(layout, language);
  const used = new Set<string>();
  // Which columns there are is known when everything has been looked at; a table that is always the same is not looked at twice.
  if (!table.isFixed)
    for await (const page of read('data', cardsPerPage))
      for (const text of page) for (const key of table.values(JSON.parse(text) as Card).keys()) used.add(key);
  const columns = table.columns(used);
  const headings = columns.map(({ heading }) => heading);
  yield byteOrderMark + csvRecord(headings, separator);
  const keys = columns.map(({ key }) => key);
  for await (const page of read('data', cardsPerPage))
    yield page.map((text) => record(table.values(JSON.parse(text) as Card), keys, separator)).join('');
}

function record(values: ReadonlyMap<string, string>, keys: readonly string[], separator: CsvSeparator): string {
  return csvRecord(
    keys.map((key) => values.get(key) ?? ''),
    separator,
  );
}

async function* writeLdifPages(read: ReadPages): AsyncGenerator<string> {
  yield ldifStart;
  for await (const page of read('data', cardsPerPage))
    yield page.map((text) => writeLdifEntry(JSON.parse(text) as Card)).join('');
}

async function* writeVCardPages(read: ReadPages, version: '3.0' | '4.0' | undefined): AsyncGenerator<string> {
  const breathe = createBreath(10);
  for await (const page of read('vcard', recordsPerPage)) {
    let texts = '';
    for (const vcard of page) {
      const text = version === undefined ? vcard : serializeVCard(convertVCard(parseVCard(vcard), version));
      texts += /[\r\n]$/u.test(text) ? text : `${text}\r\n`;
      if (version !== undefined) await breathe();
    }
    yield texts;
  }
}
