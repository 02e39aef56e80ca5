import { listHomeBooks } from '../../core/addressbook/homeBooks.ts';
import { findCardEntryById } from '../../core/card/cardEntries.ts';
import type { Context } from '../../core/context.ts';
import { AppError } from '../../errors.ts';
import { DavError, needPrivilege } from './errors.ts';
import { carddav, href, xml } from './names.ts';
import { bookInOne, cardInOne } from './oneBook.ts';
import { paths } from './paths.ts';
import { bookResource, cardResource } from './tree.ts';

/** Which precondition of RFC 6352 §6.3.2.1 a card did not meet, by the reason of the error. */
const conditions: Readonly<Record<string, string>> = {
  notVCard: xml(carddav('valid-address-data')),
  version: xml(carddav('supported-address-data')),
};

/**
 * Throws what happened to a card in the words of CardDAV: the missing privilege and where, or the precondition. `path`
 * is the folder for what adds and removes, the card for what changes it.
 */
export async function refuseCard(
  context: Context,
  error: unknown,
  missing: { readonly path: string; readonly privilege: string },
): Promise<never> {
  if (!(error instanceof AppError)) throw error;
  if (error.kind === 'forbidden') throw needPrivilege(missing.path, missing.privilege);
  if (error.kind !== 'invalid' && error.kind !== 'exists') throw error;
  const { reason, existingId } = error.details;
  const condition = conditions[reason ?? ''];
  if (condition !== undefined) throw new DavError(403, condition);
  if (error.kind === 'exists' || reason === 'uidTaken' || reason === 'otherUid') {
    const holder = typeof existingId === 'string' ? await pathOf(context, existingId, missing.path) : undefined;
    throw new DavError(403, xml(carddav('no-uid-conflict'), holder === undefined ? '' : href(holder)));
  }
  throw new DavError(403, xml(carddav('valid-address-data')));
}

/** Where a card lies, for who knows `path`: in the person's home or in the one book; undefined when it is in none of the folders there. */
async function pathOf(context: Context, cardId: string, path: string): Promise<string | undefined> {
  const card = await findCardEntryById(context, cardId);
  const book = card && (await listHomeBooks(context)).find(({ seen }) => seen.book.id === card.book_id);
  if (!book) return undefined;
  const me = context.actor.principalId;
  if (path.startsWith(paths.oneHome(me))) return cardInOne(context, bookInOne(context, book), card).path;
  return cardResource(bookResource(me, book), card).path;
}
