import { decodeText } from '../../lib/files/decodeText.ts';
import type { ColumnField, DateOrder } from '../csv/layouts/layout.ts';
import { decodeVCardBytes } from '../vcard/decodeBytes.ts';
import { csvEntries, planCsv } from './csvEntries.ts';
import type { CsvPlan } from './csvEntries.ts';
import { detectBytes, detectText } from './detect.ts';
import type { FileKind } from './detect.ts';
import type { ImportEntry } from './importItem.ts';
import { ldifEntries } from './ldifEntries.ts';
import { vcardEntries } from './vcardEntries.ts';

/** What a person says of a file, where the guess is wrong; null: as it is guessed. */
export type ReadingChoices = {
  readonly charset: string | null;
  readonly delimiter: string | null;
  readonly fields: readonly ColumnField[] | null;
  readonly dates: DateOrder | null;
};

/** Nothing chosen. */
export const noChoices: ReadingChoices = { charset: null, delimiter: null, fields: null, dates: null };

/** A file that holds contacts. */
export type ContactFile = {
  readonly kind: 'vcard' | 'csv' | 'ldif';
  readonly text: string;
  readonly charset: string;
  /** Of a table: how it is read. */
  readonly plan: CsvPlan | null;
};

/** What a file is, opened where it holds contacts. A table is read by the mapping that was given, or the one guessed. */
export function openFile(
  bytes: Uint8Array,
  choices: ReadingChoices = noChoices,
): ContactFile | { readonly kind: Exclude<FileKind, 'vcard' | 'csv' | 'ldif'> } {
  const byBytes = detectBytes(bytes);
  if (byBytes === 'zip' || byBytes === 'empty' || byBytes === 'outlookFile') return { kind: byBytes };
  const { text, charset } = decodeText(bytes, choices.charset);
  const kind = detectText(text);
  if (kind === 'vcard') {
    const mixed = choices.charset === null ? decodeVCardBytes(bytes) : text;
    return { kind, text: mixed, charset, plan: null };
  }
  if (kind === 'ldif') return { kind, text, charset, plan: null };
  if (kind === 'csv') return { kind, text, charset, plan: chosenPlan(text, choices) };
  return { kind };
}

function chosenPlan(text: string, { delimiter, fields, dates }: ReadingChoices): CsvPlan {
  const plan = planCsv(text, delimiter);
  return {
    ...plan,
    ...(fields === null ? {} : { fields: plan.headings.map((_, at) => fields[at] ?? null) }),
    ...(dates === null ? {} : { dates }),
  };
}

/** The contacts of a file, one after the other. */
export function fileEntries(file: ContactFile, newUid: () => string): Generator<ImportEntry> {
  if (file.plan) return csvEntries(file.text, file.plan);
  return file.kind === 'vcard' ? vcardEntries(file.text) : ldifEntries(file.text, newUid);
}
