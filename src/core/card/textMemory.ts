import { idLength } from '../../lib/ids.ts';

/** The texts of the cards of one folder, side by side. */
export type TextMemory = {
  /** How many octets are held for it. */
  readonly length: number;
  /** The ids of those in whose text one of these is contained, each once; more than `most`: null. */
  find(needles: readonly string[], most: number): string[] | null;
  /** Puts what these cards say now in the place of what they said; false: there is no room, and nothing is changed. */
  replace(ids: readonly string[], now: readonly CardText[]): boolean;
};

export type CardText = { readonly card_id: string; readonly text: string };

/** So much may be edited before it has to be read anew: an eighth, and this. */
const roomToSpare = 4_096;

/** Stands in the place of each octet of what a card said; no text is asked for by it. */
const blank = 1;

/** `pages`: what `textPage` made, all of them in the order of the ids. */
export function createTextMemory(pages: readonly Buffer[]): TextMemory {
  let used = pages.reduce((sum, page) => sum + page.length, 1);
  const octets = Buffer.alloc(used + Math.ceil(used / 8) + roomToSpare);
  let at = 1;
  for (const page of pages) at += page.copy(octets, at);
  // What has changed since stands behind this, in the order in which it came.
  const ordered = at;

  /** Blanks what a card said. Its id stays, so that the others are found by it. */
  function forget(id: string): void {
    for (const start of [placeInOrder(id), placeBehind(id)])
      if (start !== -1) octets.fill(blank, start + idLength + 1, octets.indexOf(0, start));
  }

  /** Where a card stands among those in order, by halving; -1: nowhere. */
  function placeInOrder(id: string): number {
    const wanted = Buffer.from(`${id} `, 'latin1');
    for (let [low, high] = [1, ordered]; low < high;) {
      const start = octets.lastIndexOf(0, ((low + high) >> 1) - 1) + 1;
      const order = octets.compare(wanted, 0, wanted.length, start, start + wanted.length);
      if (order === 0) return start;
      if (order > 0) high = start;
      else low = octets.indexOf(0, start) + 1;
    }
    return -1;
  }

  /** Where a card stands that has changed since; -1: nowhere. What it said before that is blank already. */
  function placeBehind(id: string): number {
    const place = octets.subarray(ordered - 1, used).lastIndexOf(`\0${id} `, undefined, 'latin1');
    return place === -1 ? -1 : ordered + place;
  }

  return {
    length: octets.length,
    find(needles, most) {
      const found = new Set<string>();
      for (const needle of needles) {
        // Everything contains the empty text, and it would be found at the same place for ever.
        if (needle === '') return null;
        const wanted = Buffer.from(needle);
        for (let place = octets.indexOf(wanted); place !== -1; place = octets.indexOf(wanted, place)) {
          const start = octets.lastIndexOf(0, place) + 1;
          found.add(octets.toString('latin1', start, start + idLength));
          if (found.size > most) return null;
          place = octets.indexOf(0, place);
        }
      }
      return [...found];
    },
    replace(ids, now) {
      const added = textPage(now);
      if (used + added.length > octets.length) return false;
      ids.forEach(forget);
      used += added.copy(octets, used);
      return true;
    },
  };
}

/** Cards as they stand in the memory, each with its id before it and a sign behind it that no text contains. */
export function textPage(cards: readonly CardText[]): Buffer {
  let page = '';
  for (const { card_id: id, text } of cards)
    if (id.length === idLength) page += `${id} ${text.replaceAll('\0', ' ')}\0`;
  return Buffer.from(page);
}
