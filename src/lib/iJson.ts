import { createBreath } from './breath.ts';
import type { Json } from './json.ts';
import { parseInParts } from './parseInParts.ts';

/** Why a text is not I-JSON (RFC 7493): it is no JSON at all, breaks a rule, or is nested too deep. */
export class NoIJson extends Error {
  readonly isTooDeep: boolean;

  constructor(message: string, isTooDeep = false) {
    super(message);
    this.name = 'NoIJson';
    this.isTooDeep = isTooDeep;
  }
}

const valuesInARow = 20_000;
const charactersInARow = 500_000;

/**
 * Parses a text in I-JSON (RFC 7493): UTF-8, no lone surrogates (§2.1), no numbers beyond a double (§2.2), each name
 * once in its object (§2.3). Noncharacters are accepted: they come with text that people paste, and refusing a whole
 * request for one would lose their work. Other work has its turn while a long text is parsed and checked.
 */
export async function parseIJson(octets: Uint8Array, deepest: number): Promise<Json> {
  let text: string;
  let value: Json;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(octets);
    value = await parseInParts(text);
  } catch {
    throw new NoIJson('It is not JSON in UTF-8');
  }
  const written = await countNames(text);
  const kept = await inspect(value, deepest, text.includes(String.raw`\u`));
  if (kept < written) throw new NoIJson('An object has two properties of one name');
  return value;
}

/** How many names are written; of two equal ones in an object, its value keeps one. */
async function countNames(text: string): Promise<number> {
  const breathe = createBreath(1);
  let [count, at, isInside] = [0, 0, false];
  while (at < text.length) {
    if (at > 0) await breathe();
    for (const end = Math.min(text.length, at + charactersInARow); at < end; at++) {
      const character = text.charCodeAt(at);
      if (character === 0x22) isInside = !isInside;
      else if (character === 0x5c) at++;
      else if (character === 0x3a && !isInside) count++;
    }
  }
  return count;
}

/** Looks at every value; the number of names. */
async function inspect(root: Json, deepest: number, hasEscapes: boolean): Promise<number> {
  const breathe = createBreath(1);
  const values: Json[] = [root];
  const depths: number[] = [0];
  let [names, looked] = [0, 0];
  const look = (text: string) => {
    if (hasEscapes && !text.isWellFormed()) throw new NoIJson('A string holds half a character');
  };
  while (values.length > 0) {
    if (++looked % valuesInARow === 0) await breathe();
    const value = values.pop()!;
    const depth = depths.pop()!;
    if (typeof value === 'string') look(value);
    if (typeof value === 'number' && !Number.isFinite(value)) throw new NoIJson('A number is too large');
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= deepest) throw new NoIJson(`It is nested deeper than ${deepest}`, true);
    const isArray = Array.isArray(value);
    if (!isArray) for (const name of Object.keys(value)) look(name);
    const inner = isArray ? (value as readonly Json[]) : Object.values(value);
    if (!isArray) names += inner.length;
    for (const item of inner) {
      values.push(item);
      depths.push(depth + 1);
    }
  }
  return names;
}
