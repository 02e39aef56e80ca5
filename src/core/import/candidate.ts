import { randomUUID } from 'node:crypto';
import { fileAs } from '../../format/jscontact/names.ts';
import { fromVCard } from '../../format/jscontact/fromVCard.ts';
import { newVCard, toVCard } from '../../format/jscontact/toVCard.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { validateCard } from '../../format/jscontact/validate.ts';
import { emailKey, phoneKey } from '../../format/matching/matchKeys.ts';
import { shownText } from '../../format/import/importItem.ts';
import type { ImportEntry, ImportItem, ImportProblem } from '../../format/import/importItem.ts';
import { convertVCard } from '../../format/vcard/convert.ts';
import { parseVCard } from '../../format/vcard/parse.ts';
import { repairVCard } from '../../format/vcard/repair.ts';
import { serializeVCard } from '../../format/vcard/serialize.ts';
import { VCardError } from '../../format/vcard/types.ts';
import type { VCard } from '../../format/vcard/types.ts';
import { foldText } from '../../lib/fold.ts';
import { productId } from '../card/createCard.ts';
import type { Save } from '../card/saveCard.ts';

/** What is kept: a text with what it says, or lines from which it is made. */
export type Kept = Pick<Save, 'vcard' | 'record'>;

/** A contact that is to be kept. */
export type Candidate = {
  readonly item: ImportItem;
  readonly card: Card;
  /** Whether the file says its uid; one that was made up is nobody else's. */
  readonly hasOwnUid: boolean;
  /** Its text and what that says, when it came as one. */
  readonly ready: Kept | null;
};

/** A new uid. */
export const newUid = (): string => `urn:uuid:${randomUUID()}`;

/** An entry of a file as a card that breaks no rule, or why it is none. */
export function candidateOf(entry: ImportEntry): Candidate | ImportProblem {
  if ('problem' in entry) return entry.problem;
  const { line, text } = entry;
  const lost = (reason: 'vcard' | 'invalid', detail: string): ImportProblem => ({
    line,
    reason,
    isLost: true,
    text,
    detail: shownText(detail),
  });
  if (entry.card) {
    const card = { '@type': 'Card', version: '1.0', uid: newUid(), prodId: productId, ...entry.card };
    const [wrong] = validateCard(card);
    if (wrong) return lost('invalid', `${wrong.path}: ${wrong.message}`);
    return { item: entry, card: card as Card, hasOwnUid: entry.card.uid !== undefined, ready: null };
  }
  try {
    const ready = readyRecord(entry.vcard);
    const hasOwnUid = /^UID[:;]/imu.test(entry.vcard);
    return { item: entry, card: fromVCard(ready.record), hasOwnUid, ready };
  } catch (error) {
    if (error instanceof VCardError) return lost('vcard', error.message);
    throw error;
  }
}

/** Cards of 2.1, and those without a name, become 4.0; what is missing is filled in; all others stay as they are. */
function readyRecord(given: string): { readonly vcard: string; readonly record: VCard } {
  const card = parseVCard(given);
  const isNamed = card.lines.some(({ name }) => /^(FN|N)$/iu.test(name));
  const whole = card.version !== '2.1' && isNamed ? given : serializeVCard(convertVCard(card, '4.0'));
  const { text, card: read, isRead } = repairVCard(whole, { strict: false, newUid });
  return { vcard: text, record: isRead ? read : parseVCard(text) };
}

/** What to keep; with another uid where its own is taken. */
export function keptOf({ card, ready }: Candidate, uid: string | null): Kept {
  if (ready === null) return { vcard: newVCard(uid === null ? card : { ...card, uid }) };
  return uid === null ? ready : { vcard: toVCard({ ...card, uid }, ready.record!) };
}

/** How long its text is. */
export function sizeOf({ vcard }: Kept): number {
  return Buffer.byteLength(typeof vcard === 'string' ? vcard : serializeVCard(vcard));
}

/** By what the same contact is found again. */
export type MatchKeys = {
  /** null: made up, nobody else's. */
  readonly uid: string | null;
  readonly emails: readonly string[];
  readonly name: string;
  readonly phones: readonly string[];
};

/** The keys of a card. */
export function matchKeysOf({ card, hasOwnUid }: Candidate): MatchKeys {
  return {
    uid: hasOwnUid ? card.uid : null,
    emails: Object.values(card.emails ?? {}).map(({ address }) => emailKey(address)),
    name: foldText(fileAs(card).slice(0, 500)).slice(0, 200),
    phones: phoneKeys(card),
  };
}

/** Numbers of fewer than six digits are said inside a house. */
export function phoneKeys(card: Pick<Card, 'phones'>): string[] {
  return Object.values(card.phones ?? {})
    .map(({ number }) => phoneKey(number))
    .filter((digits) => digits.length >= 6);
}
