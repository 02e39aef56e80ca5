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
import { foldText } from '../../lib/fold.ts';
import { productId } from '../card/createCard.ts';

/** A contact that is to be kept. */
export type Candidate = {
  readonly item: ImportItem;
  readonly card: Card;
  /** Whether the file says its uid; one that was made up is nobody else's. */
  readonly hasOwnUid: boolean;
  /** Its text, when it came as one. */
  readonly vcard: string | null;
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
    return { item: entry, card: card as Card, hasOwnUid: entry.card.uid !== undefined, vcard: null };
  }
  try {
    const vcard = readyText(entry.vcard);
    const hasOwnUid = /^UID[:;]/imu.test(entry.vcard);
    return { item: entry, card: fromVCard(parseVCard(vcard)), hasOwnUid, vcard };
  } catch (error) {
    if (error instanceof VCardError) return lost('vcard', error.message);
    throw error;
  }
}

/** Cards of 2.1, and those without a name, become 4.0; what is missing is filled in; all others stay as they are. */
function readyText(given: string): string {
  const card = parseVCard(given);
  const isNamed = card.lines.some(({ name }) => /^(FN|N)$/iu.test(name));
  const whole = card.version !== '2.1' && isNamed ? given : serializeVCard(convertVCard(card, '4.0'));
  return repairVCard(whole, { strict: false, newUid }).text;
}

/** The text to keep; with another uid where its own is taken. */
export function textOf({ card, vcard }: Candidate, uid: string | null): string {
  if (vcard === null) return serializeVCard(newVCard(uid === null ? card : { ...card, uid }));
  if (uid === null) return vcard;
  const base = parseVCard(vcard);
  return serializeVCard(toVCard({ ...fromVCard(base), uid }, base));
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
