import Papa from 'papaparse';

/** One record of a table: its cells and the line on which it begins; without cells when its quotes cannot be read. */
export type CsvRecord = {
  readonly line: number;
  readonly cells: readonly string[] | null;
  /** How it begins, as it stands in the file. */
  readonly text: string;
};

const delimiters = [',', ';', '\t', '|', ':'];
const recordsAtOnce = 500;
/** A file in which so many records have quotes that never close is no table. */
const mostBroken = 50;
const longestText = 300;

/** The sign between the cells: the one by which the first lines fall into the same number of cells, the more the better. */
export function guessDelimiter(text: string): string {
  const sample = firstLines(text.slice(0, 200_000), 50);
  const scored = delimiters.map((delimiter) => {
    const rows = Papa.parse<string[]>(sample, { ...dialect(delimiter), preview: 20 }).data;
    const filled = rows.filter((row) => row.length > 1);
    const width = rows[0]?.length ?? 1;
    const even = filled.filter((row) => row.length === width).length;
    return { delimiter, score: width > 1 ? even * 1000 + Math.min(width, 999) : 0 };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score > 0 ? best.delimiter : ',';
}

/**
 * The records of a table (RFC 4180, with the freedoms that programs take), a page at a time: nothing is kept. A quote
 * that never closes costs its own line only. Empty lines are no records.
 */
export function* csvRecords(given: string, delimiter: string): Generator<CsvRecord> {
  const text = given.replace(/^\ufeff/u, '').replace(/\r\n?/gu, '\n');
  let line = 1;
  let broken = 0;
  for (let start = 0; start < text.length;) {
    const page = readPage(text, start, delimiter);
    for (const cells of page.rows) {
      const isEmpty = cells.length === 1 && cells[0]!.trim() === '';
      if (!isEmpty) yield { line, cells, text: cells.join(delimiter).slice(0, longestText) };
      line += 1 + cells.reduce((sum, cell) => sum + lineEnds(cell), 0);
    }
    start = page.end;
    if (!page.isBroken) continue;
    const end = text.indexOf('\n', start);
    yield { line, cells: null, text: text.slice(start, end < 0 ? undefined : end).slice(0, longestText) };
    broken += 1;
    if (end < 0 || broken >= mostBroken) return;
    line += 1;
    start = end + 1;
  }
}

type Page = { readonly rows: readonly string[][]; readonly end: number; readonly isBroken: boolean };

function readPage(text: string, start: number, delimiter: string): Page {
  const { piece, next } = pieceAt(text, start);
  const isLast = next >= text.length;
  const parse = (preview: number) => Papa.parse<string[]>(piece, { ...dialect(delimiter), preview });
  const { data, errors, meta } = parse(recordsAtOnce);
  // Quotes in the middle of a cell are only untidy; where they let it run over several lines, one before was not closed.
  const runsOn = rowsThatRunOn(data);
  const bad = errors.find(({ code, row = 0 }) => code === 'MissingQuotes' || (code === 'InvalidQuotes' && runsOn(row)));
  const isThrough = data.length < recordsAtOnce || meta.cursor >= piece.length;
  if (!bad) return { rows: data, end: isThrough ? next : start + meta.cursor, isBroken: false };
  const good = bad.row ?? 0;
  // What began before may close behind this piece: that is seen in one that begins with it.
  return {
    rows: data.slice(0, good),
    end: start + (good === 0 ? 0 : parse(good).meta.cursor),
    isBroken: isLast || good === 0,
  };
}

/** Which rows have a cell of several lines; a row with a thousand faults is looked at once. */
function rowsThatRunOn(data: readonly (readonly string[])[]): (row: number) => boolean {
  const known = new Map<number, boolean>();
  return (row) => {
    const found = known.get(row) ?? data[row]?.some((cell) => cell.includes('\n')) ?? false;
    known.set(row, found);
    return found;
  };
}

/** No cell is as long; and a quote that never closes is not looked for to the end of a long file each time. */
const longestPiece = 1_000_000;

/** Some lines of the text, and where the next begin. */
function pieceAt(text: string, start: number): { readonly piece: string; readonly next: number } {
  const most = start + longestPiece;
  const feed = most < text.length ? text.lastIndexOf('\n', most) : -1;
  if (feed > start) return { piece: text.slice(start, feed), next: feed + 1 };
  // A line as long as that is one piece.
  const end = most < text.length ? text.indexOf('\n', most) : -1;
  return end < 0 ? { piece: text.slice(start), next: text.length } : { piece: text.slice(start, end), next: end + 1 };
}

// The fast mode of the parser would cut the whole rest of the file for every page.
const dialect = (delimiter: string) => ({ delimiter, newline: '\n' as const, quoteChar: '"', fastMode: false });

function lineEnds(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count += 1;
  return count;
}

function firstLines(text: string, count: number): string {
  return text
    .replace(/^\ufeff/u, '')
    .replace(/\r\n?/gu, '\n')
    .split('\n')
    .slice(0, count)
    .join('\n');
}
