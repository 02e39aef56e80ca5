/** An entry of a directory: its name, and its attributes in lower case without options. */
export type LdifEntry = {
  readonly line: number;
  readonly text: string;
  readonly dn: string;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  /** Values in base64 that are no text: pictures. */
  readonly binary: ReadonlyMap<string, string>;
};

/** What is wrong with an entry. */
export type LdifProblem = { readonly line: number; readonly text: string; readonly detail: string };

type Line = { readonly number: number; text: string };

/** The entries of an LDIF file (RFC 2849), one by one; what describes changes or cannot be read is told instead. */
export function* readLdif(text: string): Generator<LdifEntry | LdifProblem> {
  for (const record of records(text)) {
    const [first] = record;
    if (/^version\s*:/iu.test(first!.text)) record.shift();
    if (record.length > 0) yield readRecord(record);
  }
}

/** Lines between empty ones, unfolded, without comments. */
function* records(text: string): Generator<Line[]> {
  let record: Line[] = [];
  let isComment = false;
  let number = 0;
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start <= text.length;) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    const line = text.slice(start, end).replace(/\r$/u, '');
    start = end + 1;
    number += 1;
    if (line === '') {
      if (record.length > 0) yield record;
      record = [];
      isComment = false;
    } else if (line.startsWith(' ')) {
      const last = record.at(-1);
      if (last && !isComment) last.text += line.slice(1);
    } else {
      isComment = line.startsWith('#');
      if (!isComment) record.push({ number, text: line });
    }
  }
  if (record.length > 0) yield record;
}

function readRecord(record: readonly Line[]): LdifEntry | LdifProblem {
  const [first] = record;
  const { number: line, text } = first!;
  const attributes = new Map<string, string[]>();
  const binary = new Map<string, string>();
  let dn: string | undefined;
  for (const { number, text: written } of record) {
    const match = /^([A-Za-z0-9.-]+)((?:;[A-Za-z0-9-]+)*)(::?|:<)\s*(.*)$/su.exec(written);
    if (!match) return { line: number, text: written, detail: 'name: value' };
    const name = match[1]!.toLowerCase();
    const read = valueOf(match[3]!, match[4]!);
    if (read === undefined) return { line: number, text: written, detail: 'base64' };
    if (name === 'dn') dn = read.text ?? '';
    else if (name === 'changetype' && read.text !== 'add') return { line: number, text: written, detail: written };
    else if (read.text === null) binary.set(name, match[4]!.replace(/\s/gu, ''));
    else if (read.text !== '') {
      const values = attributes.get(name);
      if (values) values.push(read.text);
      else attributes.set(name, [read.text]);
    }
  }
  if (dn === undefined) return { line, text, detail: 'dn' };
  return { line, text, dn, attributes, binary };
}

/** null: no text. A value that stands in another file (`:<`) is not fetched. */
function valueOf(sign: string, written: string): { readonly text: string | null } | undefined {
  if (sign === ':') return { text: written };
  if (sign === ':<') return { text: '' };
  try {
    const bytes = Uint8Array.from(atob(written.replace(/\s/gu, '')), (character) => character.charCodeAt(0));
    return { text: utf8(bytes) };
  } catch {
    return undefined;
  }
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
