import { createBreath } from './breath.ts';
import type { Json } from './json.ts';

/** So many characters are parsed in one go: some milliseconds. */
const charactersPerPart = 250_000;
/** What has no more characters than so many parts is not worth a cut. */
const wholeParts = 4;
const charactersInARow = 500_000;
/** What is large and deeper than this is parsed as it is: each step is a look at all that is in it. */
const deepestCut = 8;

/** What stands between two commas of an array or object, or several of these; `isLarge`: one that is to be cut itself. */
type Piece = { readonly start: number; readonly end: number; readonly isLarge: boolean };

/**
 * Parses JSON like `JSON.parse`, but lets other work have its turn while a long text is parsed. A large array or object
 * is cut at its commas into pieces, each of which is parsed as an array or object of its own. Throws SyntaxError.
 */
export async function parseInParts(text: string, most = charactersPerPart): Promise<Json> {
  if (text.length <= wholeParts * most) return JSON.parse(text) as Json;
  return parsePart({ text, most, breathe: createBreath(1) }, 0, text.length, 0);
}

type Cutting = { readonly text: string; readonly most: number; readonly breathe: () => Promise<void> };

async function parsePart(cutting: Cutting, from: number, to: number, depth: number): Promise<Json> {
  const { text, most, breathe } = cutting;
  const [start, end] = withoutSpace(text, from, to);
  const close = closes[text[start] ?? ''];
  if (end - start <= most || close === undefined || depth >= deepestCut) {
    await breathe();
    return JSON.parse(text.slice(start, end)) as Json;
  }
  if (text[end - 1] !== close) throw new SyntaxError('It does not end as it begins');
  // Nothing but white space, however long, is no piece.
  const [first, last] = withoutSpace(text, start + 1, end - 1);
  const pieces = await cut(cutting, first, last);
  const isBlank = (piece: Piece) => text.slice(piece.start, piece.end).trim() === '';
  if (pieces.length > 1 && pieces.some(isBlank)) throw new SyntaxError('Nothing stands beside a comma');
  return close === ']' ? readArray(cutting, pieces, depth) : readObject(cutting, pieces, depth);
}

const closes: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

async function readArray(cutting: Cutting, pieces: readonly Piece[], depth: number): Promise<Json> {
  const items: Json[] = [];
  for (const { start, end, isLarge } of pieces) {
    if (isLarge) {
      items.push(await parsePart(cutting, start, end, depth + 1));
      continue;
    }
    await cutting.breathe();
    for (const item of JSON.parse(`[${cutting.text.slice(start, end)}]`) as Json[]) items.push(item);
  }
  return items;
}

async function readObject(cutting: Cutting, pieces: readonly Piece[], depth: number): Promise<Json> {
  const { text, breathe } = cutting;
  const object: Record<string, Json> = {};
  // As JSON.parse does it: a property of that name, not another prototype.
  const set = (name: string, value: Json) =>
    name === '__proto__'
      ? Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
      : (object[name] = value);
  for (const { start, end, isLarge } of pieces) {
    if (isLarge) {
      const [nameStart] = withoutSpace(text, start, end);
      const nameEnd = endOfString(text, nameStart, end);
      const [colon] = withoutSpace(text, nameEnd, end);
      if (text[colon] !== ':') throw new SyntaxError('A name needs a colon');
      set(JSON.parse(text.slice(nameStart, nameEnd)) as string, await parsePart(cutting, colon + 1, end, depth + 1));
      continue;
    }
    await breathe();
    const part = JSON.parse(`{${text.slice(start, end)}}`) as Record<string, Json>;
    for (const name of Object.keys(part)) set(name, part[name]!);
  }
  return object;
}

/** What stands between the commas of this level, small things together. */
async function cut({ text, most, breathe }: Cutting, start: number, end: number): Promise<Piece[]> {
  const pieces: Piece[] = [];
  let [pieceStart, memberStart, depth, isInside] = [start, start, 0, false];
  const endMember = (at: number) => {
    if (at - memberStart > most) {
      if (memberStart > pieceStart) pieces.push({ start: pieceStart, end: memberStart - 1, isLarge: false });
      pieces.push({ start: memberStart, end: at, isLarge: true });
      pieceStart = at + 1;
    } else if (at - pieceStart > most || at === end) {
      pieces.push({ start: pieceStart, end: at, isLarge: false });
      pieceStart = at + 1;
    }
    memberStart = at + 1;
  };
  for (let at = start; at < end;) {
    if (at > start) await breathe();
    for (const rest = Math.min(end, at + charactersInARow); at < rest; at++) {
      const character = text.charCodeAt(at);
      if (character === 0x22) isInside = !isInside;
      else if (character === 0x5c) at++;
      else if (isInside) continue;
      else if (character === 0x5b || character === 0x7b) depth++;
      else if (character === 0x5d || character === 0x7d) depth--;
      else if (character === 0x2c && depth === 0) endMember(at);
      if (depth < 0) throw new SyntaxError('Something ends that has not begun');
    }
  }
  if (depth !== 0 || isInside) throw new SyntaxError('Something does not end');
  endMember(end);
  return pieces;
}

/** Behind the string that begins here. */
function endOfString(text: string, start: number, end: number): number {
  if (text[start] !== '"') throw new SyntaxError('A name is a string');
  for (let at = start + 1; at < end; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  throw new SyntaxError('A name does not end');
}

function withoutSpace(text: string, from: number, to: number): [number, number] {
  let [start, end] = [from, to];
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return [start, end];
}

/** RFC 8259 §2. */
function isSpace(character: number): boolean {
  return character === 0x20 || character === 0x0a || character === 0x0d || character === 0x09;
}
