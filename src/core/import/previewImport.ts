import type { ColumnField, DateOrder, LayoutName } from '../../format/csv/layouts/layout.ts';
import { csvSamples } from '../../format/import/csvEntries.ts';
import type { FileKind } from '../../format/import/detect.ts';
import type { ReadingChoices } from '../../format/import/readFile.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { createBreath } from '../../lib/breath.ts';
import { createSlots } from '../../lib/slots.ts';
import type { Context } from '../context.ts';
import { requireUnlimited } from '../scope.ts';
import { requireBook } from '../sharing/access.ts';
import { matchKeysOf } from './candidate.ts';
import type { MatchKeys } from './candidate.ts';
import { findDuplicate } from './findDuplicate.ts';
import { importEntries } from './importEntries.ts';
import type { FiledProblem } from './importEntries.ts';
import { findMapping, headingsOf } from './mappings.ts';
import { openImport } from './openImport.ts';
import type { ImportSource, OpenImport } from './openImport.ts';

/** How a table was read. */
export type TablePreview = {
  readonly layout: LayoutName | null;
  readonly delimiter: string;
  readonly hasHeader: boolean;
  readonly headings: readonly string[];
  readonly fields: readonly ColumnField[];
  readonly dates: DateOrder;
  /** Columns of which nothing is known. */
  readonly unknown: readonly number[];
  readonly samples: readonly (readonly string[])[];
  /** Whether the fields are those that the person chose for such a table before. */
  readonly isRemembered: boolean;
};

/** What an import would do. */
export type ImportPreview = {
  readonly kind: FileKind;
  readonly charset: string;
  readonly files: readonly string[];
  readonly table: TablePreview | null;
  /** How many contacts there are. */
  readonly count: number;
  readonly cards: readonly Card[];
  readonly problems: readonly FiledProblem[];
  readonly problemCount: number;
  readonly duplicateCount: number;
};

const shownCards = 5;
const shownProblems = 50;
const inARow = 10;

/** Looks through a whole upload without keeping anything. Errors: those of `openImport`; `forbidden`, `notFound` folder. */
export async function previewImport(
  context: Context,
  source: ImportSource & { readonly bookId: string },
  choices: ReadingChoices,
): Promise<ImportPreview> {
  requireUnlimited(context);
  const { book } = await requireBook(context.db, context, source.bookId, 'mayAdd');
  return atOnce(() => lookThrough(context, source, choices, { bookId: book.id, accountId: book.account_id }));
}

// Each holds its whole file in memory.
const atOnce = createSlots(2);

async function lookThrough(
  context: Context,
  source: ImportSource,
  choices: ReadingChoices,
  place: { readonly bookId: string; readonly accountId: string },
): Promise<ImportPreview> {
  const { opened, isRemembered } = await openAsRemembered(context, source, choices);
  const seen = createSeen();
  const cards: Card[] = [];
  const problems: FiledProblem[] = [];
  let [count, problemCount, duplicateCount] = [0, 0, 0];
  const breathe = createBreath(inARow);
  for (const read of importEntries(opened)) {
    await breathe();
    if ('problem' in read) {
      problemCount += 1;
      if (problems.length < shownProblems) problems.push(read.problem);
      continue;
    }
    count += 1;
    const { card } = read.candidate;
    if (cards.length < shownCards) cards.push(card);
    const keys = matchKeysOf(read.candidate);
    if (seen(keys) || (await findDuplicate(context.db, place, keys))) duplicateCount += 1;
  }
  const { kind, files } = opened;
  return {
    kind,
    charset: files[0]!.file.charset,
    files: files.flatMap(({ name }) => name ?? []),
    table: tableOf(opened, isRemembered),
    count,
    cards,
    problems,
    problemCount,
    duplicateCount,
  };
}

/** Opened as it was chosen now, else as the person chose for such a table before, else as it is guessed. */
async function openAsRemembered(
  context: Context,
  source: ImportSource,
  choices: ReadingChoices,
): Promise<{ readonly opened: OpenImport; readonly isRemembered: boolean }> {
  const opened = await openImport(context, source, choices);
  const headings = headingsOf(opened);
  const mapping = choices.fields || !headings ? undefined : await findMapping(context.db, context, headings);
  if (!mapping) return { opened, isRemembered: false };
  const remembered = { ...choices, fields: mapping.fields, dates: choices.dates ?? mapping.dates };
  return { opened: await openImport(context, source, remembered), isRemembered: true };
}

function tableOf({ files }: OpenImport, isRemembered: boolean): TablePreview | null {
  const { plan, text } = files[0]!.file;
  if (files.length !== 1 || !plan) return null;
  const { layout, delimiter, hasHeader, headings, fields, dates, unknown } = plan;
  const samples = csvSamples(text, plan, 3);
  return { layout, delimiter, hasHeader, headings, fields, dates, unknown, samples, isRemembered };
}

/** Whether the same contact came before in the file. */
function createSeen(): (keys: MatchKeys) => boolean {
  const known = new Set<string>();
  return ({ uid, emails, name, phones }) => {
    const keys = [
      ...(uid === null ? [] : [`u ${uid}`]),
      ...emails.map((email) => `e ${email}`),
      ...phones.map((phone) => `p ${phone} ${name}`),
    ];
    const isKnown = keys.some((key) => known.has(key));
    for (const key of keys) known.add(key);
    return isKnown;
  };
}
