import { findDefaultBook, findHomeBookById, listHomeBooks } from '../../core/addressbook/homeBooks.ts';
import type { HomeBook } from '../../core/addressbook/homeBooks.ts';
import { cardsOfUids, findCardEntry, listCardEntries } from '../../core/card/cardEntries.ts';
import type { CardEntry } from '../../core/card/cardEntries.ts';
import type { Context } from '../../core/context.ts';
import type { HttpRequest } from '../../lib/http/http.ts';
import { paths } from './paths.ts';
import type { PhotoRule } from './shown/photoRules.ts';
import type { BookResource, CardResource } from './resources.ts';

/**
 * All folders of a person as one address book, for macOS, which shows the first book of an account and no other. New cards go
 * to the default folder; all others are what they are in their folders, under names that say where they lie.
 */

/** What one request adds to its context: whether the program shows one address book only, and how large photos may be. */
export type DavContext = Context & { readonly wantsOne?: boolean; readonly photoRule?: PhotoRule | undefined };

/** macOS Contacts, by what it calls itself (iOS, which shows them all, does so otherwise). */
export function wantsOneBook({ headers }: HttpRequest): boolean {
  const agent = headers['user-agent'] ?? '';
  return /address(?:%20|\s)?book/iu.test(agent) && /mac[ _]?os|darwin/iu.test(agent);
}

const titles = { fr: 'Tous les contacts', en: 'All contacts' } as const;

/** What the one book is called. */
export const oneTitle = ({ actor }: Context): string => titles[actor.language];

const foreign = /^(f[0-9a-z]{15,30})\.(.+)$/su;

/** Where a name of the one book lies, whether or not there is a card; undefined: in no folder of the person's. */
export async function placeInOne(
  context: Context,
  name: string,
): Promise<{ readonly book: BookResource; readonly uri: string } | undefined> {
  const [, bookId, uri] = foreign.exec(name) ?? [];
  const found = bookId === undefined ? await findDefaultBook(context) : await findHomeBookById(context, bookId);
  return found && { book: bookOf(context, found), uri: uri ?? name };
}

/** As `placeInOne`, among folders that are at hand. */
export function readOneName(
  { actor }: Context,
  books: readonly BookResource[],
  name: string,
): { readonly book: BookResource; readonly uri: string } | undefined {
  const [, bookId, uri] = foreign.exec(name) ?? [];
  const isWanted = ({ is_default: isDefault, account_id: accountId, id }: BookResource['book']['seen']['book']) =>
    bookId === undefined ? isDefault === 1 && accountId === actor.principalId : id === bookId;
  const book = books.find((candidate) => isWanted(candidate.book.seen.book));
  return book && { book, uri: uri ?? name };
}

/** The card of this name in the one book. */
export async function findInOne(context: Context, name: string): Promise<CardResource | undefined> {
  const place = await placeInOne(context, name);
  const card = place && (await findCardEntry(context, place.book.book.seen.book, place.uri));
  return card && cardInOne(context, place.book, card);
}

/** A card under its name in the one book. */
export function cardInOne(context: Context, book: BookResource, card: CardEntry): CardResource {
  const { id, is_default: isDefault, account_id: accountId } = book.book.seen.book;
  const me = context.actor.principalId;
  const name = isDefault === 1 && accountId === me ? card.uri : `${id}.${card.uri}`;
  return { kind: 'card', path: `${paths.oneBook(me)}${paths.card('', name)}`, book, card };
}

/** The folders that are in it, the default one first. */
export async function booksInOne(context: Context): Promise<BookResource[]> {
  return (await listHomeBooks(context)).map((book) => bookOf(context, book));
}

/** Every card, each uid once: what one person copied from another's folder is the same for programs. */
export async function* cardsInOne(context: Context): AsyncGenerator<CardResource> {
  const known = new Set<string>();
  for (const book of await booksInOne(context)) {
    for await (const page of listCardEntries(context, book.book.seen.book)) {
      for (const card of page) {
        if (known.has(card.uid)) continue;
        known.add(card.uid);
        yield cardInOne(context, book, card);
      }
    }
  }
}

/**
 * Those of some cards of a folder that are in the one book: not those whose uid a folder before it has, whose card is
 * there instead (as `cardsInOne` lists them). Within one account no uid comes twice.
 */
export async function firstOfUid<C extends CardEntry>(
  context: Context,
  { book, before }: { readonly book: BookResource; readonly before: readonly BookResource[] },
  cards: readonly C[],
): Promise<readonly C[]> {
  const own = book.book.seen.book.account_id;
  const others = before.map((each) => each.book.seen.book).filter(({ account_id: accountId }) => accountId !== own);
  const accountIds = [...new Set(others.map(({ account_id: accountId }) => accountId))];
  const bookIds = new Set(others.map(({ id }) => id));
  const uids = cards.map(({ uid }) => uid);
  const there = await cardsOfUids(context, accountIds, uids);
  const taken = new Set(there.filter(({ book_id: bookId }) => bookIds.has(bookId)).map(({ uid }) => uid));
  return cards.filter(({ uid }) => !taken.has(uid));
}

function bookOf({ actor }: Context, book: HomeBook): BookResource {
  return { kind: 'book', path: paths.book(actor.principalId, book.segment), book };
}
