/** A content line before it is understood: unfolded text, the text it came from, and where it began. */
export type LogicalLine = { readonly text: string; readonly raw: string; readonly number: number };

type Physical = { text: string; start: number; end: number };

const base64Only = /^[A-Za-z0-9+/=]+[ \t]*$/;

/** Cuts a text into content lines: folds undone, quoted-printable and base64 blocks of vCard 2.1 joined. */
export function* logicalLines(text: string): Generator<LogicalLine> {
  const reader = physicalReader(text);
  let keepsFoldSpace = false;
  for (let first = reader.take(); first; first = reader.take()) {
    const number = reader.number();
    if (first.text.trim() === '') continue;
    // Behind an empty line blanks continue nothing; kept, they would make it a fold of whatever it is written behind.
    const indent = /^[ \t]*/.exec(first.text)![0].length;
    const pieces = [first.text.slice(indent)];
    const header = headerOf(first.text);
    let end = first.end;
    const take = (piece: (text: string) => string): void => {
      const physical = reader.take()!;
      pieces.push(piece(physical.text));
      end = physical.end;
    };

    if (header.includes('QUOTED-PRINTABLE')) {
      while (pieces.at(-1)!.endsWith('=') && reader.peek()) {
        pieces.push(pieces.pop()!.slice(0, -1));
        take((part) => part);
      }
    }
    const isBase64 = /;(ENCODING=)?(BASE64|B)(;|$)/.test(header);
    for (let next = reader.peek(); next; next = reader.peek()) {
      const isFolded = next.text.startsWith(' ') || next.text.startsWith('\t');
      // vCard 2.1 folds before a space that belongs to the text (2.1 §2.1.3); base64 has no spaces to keep.
      if (isFolded && next.text.trim() !== '')
        take((part) => (isBase64 ? part.trim() : part.slice(keepsFoldSpace ? 0 : 1)));
      // Some writers fold in the middle of a character's spaces: such a line is part of the value.
      else if (isFolded && !isBase64 && !keepsFoldSpace) take((part) => part.slice(1));
      // 2.1 writers leave base64 unindented and close it with an empty line.
      else if (isBase64 && base64Only.test(next.text)) take((part) => part.trim());
      else break;
    }
    // Empty lines are no content; they stay with the line before them so that untouched text is written back.
    for (let next = reader.peek(); next && next.text.trim() === ''; next = reader.peek()) take(() => '');

    const line = pieces.join('');
    if (/^VERSION\s*:\s*2\.1/i.test(line)) keepsFoldSpace = true;
    if (/^BEGIN\s*:/i.test(line)) keepsFoldSpace = false;
    yield { text: line, raw: text.slice(first.start + indent, end), number };
  }
}

/** Name and parameters in upper case, without quoted values; empty when they go on beyond this line. */
function headerOf(text: string): string {
  let isQuoted = false;
  let header = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    if (character === '"') isQuoted = !isQuoted;
    else if (character === ':' && !isQuoted) return header.toUpperCase();
    else if (!isQuoted) header += character;
  }
  return '';
}

function physicalReader(text: string) {
  // Line ends are LF, CRLF and even CR CR LF; CR alone only where no LF is.
  const lineEnd = text.includes('\n') ? '\n' : '\r';
  let position = text.startsWith('\ufeff') ? 1 : 0;
  let taken = 0;
  let ahead: Physical | undefined;
  const read = (): Physical | undefined => {
    if (position >= text.length) return undefined;
    const found = text.indexOf(lineEnd, position);
    const next = found < 0 ? text.length : found + 1;
    let end = found < 0 ? text.length : found;
    while (end > position && text[end - 1] === '\r') end -= 1;
    // A lone CR inside a line was meant as a line break of the value.
    const line = { text: text.slice(position, end).replaceAll('\r', '\\n'), start: position, end };
    position = next;
    return line;
  };
  const peek = (): Physical | undefined => (ahead ??= read());
  return {
    peek,
    take: (): Physical | undefined => {
      const line = peek();
      ahead = undefined;
      if (line) taken += 1;
      return line;
    },
    number: (): number => taken,
  };
}
