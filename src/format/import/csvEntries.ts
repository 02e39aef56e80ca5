import { csvRecords, guessDelimiter } from '../../lib/files/csvRecords.ts';
import type { ColumnField, DateOrder, LayoutName } from '../csv/layouts/layout.ts';
import { cellReader } from './cardFromFields.ts';
import { shownText } from './importItem.ts';
import type { ImportEntry, ImportProblem } from './importItem.ts';
import { matchHeadings } from './matchHeadings.ts';

/** How a table is read. */
export type CsvPlan = {
  readonly delimiter: string;
  readonly hasHeader: boolean;
  readonly headings: readonly string[];
  readonly fields: readonly ColumnField[];
  readonly dates: DateOrder;
  /** Whose table it is. */
  readonly layout: LayoutName | null;
  /** Columns whose headings say nothing. */
  readonly unknown: readonly number[];
};

const mostColumns = 1000;
const longestEmail = 320;
const email = /^[^\s@]+@[^\s@][^\s@.]*\.[^\s@]+$/u;
const likePhone = /^[+(]?[\d\s().-]{8,20}$/u;

/** The plan that a table suggests: by its headings, or by what stands in its first line when that is a contact. */
export function planCsv(text: string, delimiter: string | null = null): CsvPlan {
  const sign = delimiter ?? guessDelimiter(text);
  const cells = firstCells(text, sign);
  const hasHeader = !cells.some((cell) => isLikeEmail(cell.trim()) || likePhone.test(cell.trim()));
  const headings = cells.map((cell, at) => (hasHeader ? cell.trim() : String(at + 1)));
  if (!hasHeader) {
    const fields = cells.map((cell) => fieldByContent(cell.trim()));
    const unknown = fields.flatMap((field, at) => (field === 'note' ? [at] : []));
    return { delimiter: sign, hasHeader, headings, fields, dates: 'dmy', layout: null, unknown };
  }
  const { layout, fields, dates, unknown } = matchHeadings(headings);
  return { delimiter: sign, hasHeader, headings, fields, dates, layout, unknown };
}

function firstCells(text: string, delimiter: string): readonly string[] {
  for (const { cells } of csvRecords(text.slice(0, 200_000), delimiter)) if (cells) return cells.slice(0, mostColumns);
  return [];
}

function isLikeEmail(cell: string): boolean {
  return cell.length <= longestEmail && email.test(cell);
}

function fieldByContent(cell: string): ColumnField {
  if (isLikeEmail(cell)) return 'email';
  return likePhone.test(cell) ? 'workPhone' : 'note';
}

/** The contacts of a table, one by one. */
export function* csvEntries(text: string, plan: CsvPlan): Generator<ImportEntry> {
  const read = cellReader(plan);
  let isHeader = plan.hasHeader;
  for (const record of csvRecords(text, plan.delimiter)) {
    if (isHeader) {
      isHeader = false;
      if (record.cells) continue;
    }
    const { line, cells } = record;
    const shown = shownText(record.text);
    const problem = (reason: ImportProblem['reason'], isLost: boolean, detail?: string): ImportProblem => ({
      line,
      reason,
      isLost,
      text: shown,
      ...(detail === undefined ? {} : { detail }),
    });
    if (!cells) {
      yield { problem: problem('quotes', true) };
      continue;
    }
    const { card, wrongDates } = read(cells);
    const more = cells.slice(plan.headings.length).filter((cell) => cell.trim() !== '');
    const problems = [
      ...wrongDates.map((date) => problem('date', false, shownText(date))),
      ...(more.length > 0 ? [problem('cells', false, shownText(more.join(plan.delimiter)))] : []),
    ];
    if (card) yield { line, text: shown, problems, card };
    else yield { problem: problem('empty', true) };
  }
}

/** The first lines, cell by cell, for the person who chooses what the columns are. */
export function csvSamples(text: string, plan: CsvPlan, count: number): string[][] {
  const rows: string[][] = [];
  let isHeader = plan.hasHeader;
  for (const { cells } of csvRecords(text.slice(0, 500_000), plan.delimiter)) {
    if (rows.length >= count) break;
    if (cells && !isHeader) rows.push(cells.slice(0, plan.headings.length).map((cell) => cell.slice(0, 200)));
    isHeader = false;
  }
  return rows;
}
