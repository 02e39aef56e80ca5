import { findBookForNew, findHomeBookById, isBookForNew, listHomeBooks } from '../../core/addressbook/homeBooks.ts';
import type { HomeBook } from '../../core/addressbook/homeBooks.ts';
import { cardsOfUids, findCardEntry, listCardEntries } from '../../core/card/cardEntries.ts';
import type { CardEntry } from '../../core/card/cardEntries.ts';
import type { Context } from '../../core/context.ts';
import { isWhole } from '../../core/scope.ts';
import type { HttpRequest } from '../../lib/http/http.ts';
import { idLength, isId } from '../../lib/ids.ts';
import { paths } from './paths.ts';
import type { PhotoRule } from './shown/photoRules.ts';
import type { BookResource, CardPlace, CardResource } from './resources.ts';

/**
 * All folders of a person as one address book, for macOS, which shows the first book of an account and no other. New cards go
 * to the default folder, or to that of an app password for one folder, and keep the names that programs give them; all others
 * are what they are in their folders, under names that say where they lie.
 */

/** What one request adds to its context: whether the program shows one address book only, and how large photos may be. */
export type DavContext = Context & { readonly wantsOne?: boolean; readonly photoRule?: PhotoRule | undefined };

/** macOS Contacts, by what it calls itself (iOS, which shows them all, does so otherwise). */
export function wantsOneBook({ headers }: HttpRequest): boolean {
  const agent = headers['user-agent'] ?? '';
  return /address(?:%20|\s)?book/iu.test(agent) && /mac[ _]?os|darwin/iu.test(agent);
}

const titles = { fr: 'Tous les contacts', en: 'All contacts' } as const;

/** What the one book is called: by an app password for one folder, it is that. */
export async function oneTitle(context: Context): Promise<string> {
  const only = isWhole(context.actor) ? undefined : await findBookForNew(context);
  return only?.name ?? titles[context.actor.language];
}

/** The name of a card in its folder, and the id of that, which stands before it; null: it is the folder for new cards. */
function readOneName(name: string): { readonly bookId: string | null; readonly uri: string } {
  const bookId = name.slice(0, idLength);
  const isForeign = isId('f', bookId) && name[idLength] === '.' && name.length > idLength + 1;
  return isForeign ? { bookId, uri: name.slice(idLength + 1) } : { bookId: null, uri: name };
}

/** Whether a name of the one book is one in the folder for new cards. */
export const isNewInOne = (name: string): boolean => readOneName(name).bookId === null;

/** Where a name of the one book lies, whether or not there is a card; undefined: in no folder that is in it. */
export async function placeInOne(context: Context, name: string): Promise<CardPlace | undefined> {
  const { bookId, uri } = readOneName(name);
  const found = await (bookId === null ? findBookForNew(context) : findHomeBookById(context, bookId));
  return found && { book: bookInOne(context, found), uri, path: pathInOne(context, name) };
}

/** As `placeInOne`, among folders that are at hand. */
export function placeAmong(context: Context, books: readonly BookResource[], name: string): CardPlace | undefined {
  const { bookId, uri } = readOneName(name);
  const isMeant = ({ book }: BookResource) =>
    bookId === null ? isBookForNew(context, book) : book.seen.book.id === bookId;
  const book = books.find(isMeant);
  return book && { book, uri, path: pathInOne(context, name) };
}

/** The card of this name in the one book. */
export async function findInOne(context: Context, name: string): Promise<CardResource | undefined> {
  const place = await placeInOne(context, name);
  const card = place && (await findCardEntry(context, place.book.book.seen.book, place.uri));
  return card && cardInOne(context, place.book, card);
}

/** A card under its name in the one book: without its folder only where that would not be read as another one. */
export function cardInOne(context: Context, book: BookResource, card: CardEntry): CardResource {
  const isPlain = isBookForNew(context, book.book) && readOneName(card.uri).bookId === null;
  const name = isPlain ? card.uri : `${book.book.seen.book.id}.${card.uri}`;
  return { kind: 'card', path: pathInOne(context, name), book, card };
}

function pathInOne({ actor }: Context, name: string): string {
  return paths.card(paths.oneBook(actor.principalId), name);
}

/** The folders that are in it, the default one first. */
export async function booksInOne(context: Context): Promise<BookResource[]> {
  return (await listHomeBooks(context)).map((book) => bookInOne(context, book));
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

/** A folder as part of the one book, whose address is the only one that programs know. */
export function bookInOne({ actor }: Context, book: HomeBook): BookResource {
  return { kind: 'book', path: paths.oneBook(actor.principalId), book };
}
