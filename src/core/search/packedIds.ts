import { idLength } from '../../lib/ids.ts';
import type { Placed } from './types.ts';

/**
 * An immutable list of ids, stored without separators: a hundred thousand ids take two megabytes. Adding or removing
 * ids gives a new list that shares its unchanged parts with the old one.
 */
export type PackedIds = {
  readonly length: number;
  slice(start: number, end: number): string[];
  /** -1 when it is not there. */
  indexOf(id: string): number;
  /** Those of these ids that are there, in the order of the list. */
  placesOf(ids: readonly string[]): Placed[];
  without(ids: readonly string[]): PackedIds;
  /** With ids put in, each before what stands at its index now; the first comes first. */
  with(added: readonly Placed[]): PackedIds;
};

/** What has to be copied when one id comes or goes, and no more. */
const idsPerPart = 500;
/** More ids than these are found sooner by looking at the whole list once. */
const foundOneByOne = 12;

/** The list of these ids, given as one string without separators. */
export function packedIds(text: string): PackedIds {
  if (text.length % idLength !== 0) throw new Error('Something else than ids is to be packed');
  return listOf(cut(Buffer.from(text, 'latin1')));
}

/** In parts that are not too large. */
function cut(octets: Buffer): Buffer[] {
  const size = idsPerPart * idLength;
  const parts: Buffer[] = [];
  for (let start = 0; start < octets.length; start += size) parts.push(octets.subarray(start, start + size));
  return parts;
}

function listOf(parts: readonly Buffer[]): PackedIds {
  // Where each part begins, and where the last one ends.
  const starts = [0];
  for (const part of parts) starts.push(starts.at(-1)! + countOf(part));
  const length = starts.at(-1)!;

  /** The last part that begins before this index or there. */
  function partAt(index: number): number {
    let [low, high] = [0, parts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= index) low = middle;
      else high = middle;
    }
    return low;
  }

  function slice(start: number, end: number): string[] {
    const found: string[] = [];
    for (let number = partAt(start); number < parts.length && starts[number]! < end; number++) {
      const [first, part] = [starts[number]!, parts[number]!];
      const [from, to] = [Math.max(0, start - first), Math.min(countOf(part), end - first)];
      const text = part.toString('latin1', from * idLength, to * idLength);
      for (let at = 0; at < text.length; at += idLength) found.push(text.slice(at, at + idLength));
    }
    return found;
  }

  function indexOf(id: string): number {
    const wanted = Buffer.from(id, 'latin1');
    for (const [number, part] of parts.entries()) {
      const index = indexIn(part, wanted);
      if (index >= 0) return starts[number]! + index;
    }
    return -1;
  }

  return {
    length,
    slice,
    indexOf,
    placesOf(ids) {
      const wanted = new Set(ids);
      if (wanted.size > foundOneByOne)
        return slice(0, length).flatMap((id, index) => (wanted.has(id) ? [{ id, index }] : []));
      const placed = [...wanted].map((id) => ({ id, index: indexOf(id) }));
      return placed.filter(({ index }) => index >= 0).sort((a, b) => a.index - b.index);
    },
    without(ids) {
      const left = [...parts];
      for (const id of ids) {
        const wanted = Buffer.from(id, 'latin1');
        const at = left.findIndex((part) => indexIn(part, wanted) >= 0);
        if (at >= 0) left[at] = removed(left[at]!, wanted);
      }
      return listOf(left.filter((part) => part.length > 0));
    },
    with(added) {
      const changed = [...parts];
      // From behind: what comes later moves nothing that stands before it.
      for (const { id, index } of added.toReversed()) {
        let [at, left] = [0, index];
        while (at < changed.length && left > countOf(changed[at]!)) left -= countOf(changed[at++]!);
        const part = changed[at] ?? Buffer.alloc(0);
        const cutAt = left * idLength;
        const longer = Buffer.concat([part.subarray(0, cutAt), Buffer.from(id, 'latin1'), part.subarray(cutAt)]);
        changed.splice(at, 1, ...(countOf(longer) > 2 * idsPerPart ? cut(longer) : [longer]));
      }
      return listOf(changed);
    },
  };
}

function countOf(part: Buffer): number {
  return part.length / idLength;
}

function indexIn(part: Buffer, id: Buffer): number {
  if (id.length !== idLength) return -1;
  for (let at = part.indexOf(id); at >= 0; at = part.indexOf(id, at + 1)) if (at % idLength === 0) return at / idLength;
  return -1;
}

function removed(part: Buffer, id: Buffer): Buffer {
  const index = indexIn(part, id);
  return Buffer.concat([part.subarray(0, index * idLength), part.subarray((index + 1) * idLength)]);
}
