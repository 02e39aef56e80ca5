import { isDeepStrictEqual } from 'node:util';
import { fromVCard } from '../../format/jscontact/fromVCard.ts';
import { toVCard } from '../../format/jscontact/toVCard.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import { serializeVCard } from '../../format/vcard/serialize.ts';
import { utcSeconds } from '../card/createCard.ts';
import { endOfLine } from '../version/versionText.ts';

/** What every change changes, and nobody means; a card that finds its uid taken has another. */
const stamp = /^(?:[\w-]+\.)?(?:REV|PRODID|UID)[:;]/iu;

/** Whether two records say the same, whenever and by which program they were written. */
export function isSameContent(one: string, other: string): boolean {
  return one === other || withoutStamps(one) === withoutStamps(other);
}

// Line by line: what somebody wrote may have millions of them, more than an expression could remember.
function withoutStamps(text: string): string {
  let rest = '';
  for (let start = 0; start < text.length;) {
    const end = endOfLine(text, start);
    if (!stamp.test(text.slice(start, Math.min(end, start + 200)))) rest += text.slice(start, end);
    start = end;
  }
  return rest;
}

/**
 * An earlier record as it is brought back: every line as it was, but for the time (devices would else take it for old news)
 * and the uid, which a card keeps.
 */
export function broughtBack(text: string, { uid, now }: { readonly uid: string; readonly now: Date }): string {
  const base = parseVCard(text);
  const card = fromVCard(base);
  const stamped = { ...card, uid, ...(card.updated === undefined ? {} : { updated: utcSeconds(now) }) };
  return serializeVCard(toVCard(stamped, base));
}

/** One edit: the record before and after it. */
export type Edit = { readonly before: string; readonly after: string };

const untouchable: ReadonlySet<string> = new Set(['@type', 'version', 'uid', 'created', 'updated', 'prodId']);

/**
 * A record without these edits (oldest first), where others have edited it since: each property that an edit changed and
 * nobody after it goes back. `isWhole`: nothing of the edits had to stay.
 */
export function withoutEdits(
  current: string,
  edits: readonly Edit[],
): { readonly text: string; readonly isChanged: boolean; readonly isWhole: boolean } {
  const base = parseVCard(current);
  const card: Record<string, unknown> = { ...fromVCard(base) };
  let [isChanged, isWhole] = [false, true];
  for (const edit of edits.toReversed()) {
    const before: Record<string, unknown> = { ...fromVCard(parseVCard(edit.before)) };
    const after: Record<string, unknown> = { ...fromVCard(parseVCard(edit.after)) };
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (untouchable.has(name) || isDeepStrictEqual(before[name], after[name])) continue;
      if (!isDeepStrictEqual(card[name], after[name])) isWhole = false;
      else {
        isChanged = true;
        if (before[name] === undefined) delete card[name];
        else card[name] = before[name];
      }
    }
  }
  return { text: isChanged ? serializeVCard(toVCard(card as Card, base)) : current, isChanged, isWhole };
}
