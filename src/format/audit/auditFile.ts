import { csvRecord } from '../csv/writeCsv.ts';
import type { CsvSeparator } from '../csv/writeCsv.ts';
import { auditSentence } from './auditRecord.ts';
import type { AuditLanguage, AuditRecord, Named } from './auditRecord.ts';

type Column = readonly [heading: string, value: (record: AuditRecord, language: AuditLanguage) => string];

const nameOf = (named: Named | null): string => named?.name ?? '';

const columns: readonly Column[] = [
  ['id', ({ id }) => id],
  ['at', ({ at }) => at],
  ['severity', ({ severity }) => severity],
  ['kind', ({ kind }) => kind],
  ['text', auditSentence],
  ['outcome', ({ outcome }) => outcome],
  ['way', ({ way }) => way],
  ['actor', ({ actor }) => nameOf(actor)],
  ['actorId', ({ actor }) => actor?.id ?? ''],
  ['owner', ({ owner }) => nameOf(owner)],
  ['ownerId', ({ owner }) => owner?.id ?? ''],
  ['object', ({ object }) => nameOf(object)],
  ['objectType', ({ object }) => object?.type ?? ''],
  ['objectId', ({ object }) => object?.id ?? ''],
  ['other', ({ other }) => nameOf(other)],
  ['otherId', ({ other }) => other?.id ?? ''],
  ['appPassword', ({ appPassword }) => nameOf(appPassword)],
  ['address', ({ address }) => address ?? ''],
  ['details', ({ details }) => JSON.stringify(details)],
  ['hash', ({ hash }) => hash],
];

/** How records are written into a file. */
export type AuditForm = {
  readonly format: 'csv' | 'jsonl';
  readonly language: AuditLanguage;
  readonly separator: CsvSeparator;
};

/** Records as the text of a file, page by page: a table, or one JSON object a line with its sentence as `text`. */
export async function* writeAuditFile(
  pages: AsyncIterable<readonly AuditRecord[]>,
  { format, language, separator }: AuditForm,
): AsyncGenerator<string> {
  const line = {
    csv: (record: AuditRecord) =>
      csvRecord(
        columns.map(([, value]) => value(record, language)),
        separator,
      ),
    jsonl: (record: AuditRecord) => `${JSON.stringify({ ...record, text: auditSentence(record, language) })}\n`,
  }[format];
  const headings = columns.map(([heading]) => heading);
  if (format === 'csv') yield `\ufeff${csvRecord(headings, separator)}`;
  for await (const page of pages) yield page.map(line).join('');
}
