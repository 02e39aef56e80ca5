import { randomUUID } from 'node:crypto';
import { invalid } from '../../errors.ts';
import { toVCard } from '../../format/jscontact/toVCard.ts';
import type { Card } from '../../format/jscontact/types.ts';
import { validateCard } from '../../format/jscontact/validate.ts';
import { transact } from '../change/transact.ts';
import type { Context } from '../context.ts';
import { requireBook } from '../sharing/access.ts';
import { cardView } from './cardView.ts';
import type { CardView } from './cardView.ts';
import { putInMedia } from './media.ts';
import { saveCard } from './saveCard.ts';

/** The prodId of cards for which the client gives none. */
export const productId = '-//Coterie//Coterie//EN';

/**
 * Creates a card in a folder from JSContact. Required properties that are missing (uid, version, dates, prodId) are
 * filled in. Errors: `notFound`, `forbidden`, `invalid` with the offending paths, `tooLarge`, `overQuota`.
 */
export async function createCard(
  context: Context,
  bookId: string,
  value: Readonly<Record<string, unknown>>,
): Promise<CardView> {
  const now = utcSeconds(context.now());
  const card = {
    '@type': 'Card',
    version: '1.0',
    uid: `urn:uuid:${randomUUID()}`,
    prodId: productId,
    created: now,
    updated: now,
    ...value,
  };
  return transact(context, async (tx) => {
    const { book } = await requireBook(tx, context, bookId, 'mayAdd');
    const whole = await putInMedia(tx, context, book.account_id, requireValid(card));
    return cardView(await saveCard(tx, context, { book, vcard: toVCard(whole) }));
  });
}

/** Stores the text of a vCard as a new card, byte by byte. */
export async function createCardFromVCard(
  context: Context,
  bookId: string,
  vcard: string,
  uri?: string,
): Promise<CardView> {
  return transact(context, async (tx) => {
    const { book } = await requireBook(tx, context, bookId, 'mayAdd');
    return cardView(await saveCard(tx, context, { book, vcard, ...(uri === undefined ? {} : { uri }) }));
  });
}

/** The value as a card, if it is a valid one (RFC 9553); otherwise throws `invalid` with every offending path. */
export function requireValid(value: Readonly<Record<string, unknown>>): Card {
  const problems = validateCard(value);
  if (problems.length === 0) return value as unknown as Card;
  const [first] = problems;
  throw invalid(first!.path, first!.message, { properties: [...new Set(problems.map((problem) => problem.path))] });
}

/** RFC 9553 §1.4.5: UTCDateTime without fractions. */
export function utcSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
