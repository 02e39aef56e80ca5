import { findCardsNamed } from '../../../core/card/cardEntries.ts';
import type { CardEntry } from '../../../core/card/cardEntries.ts';
import { listRecords } from '../../../core/card/listRecords.ts';
import type { Needles } from '../../../core/card/listRecords.ts';
import type { Context } from '../../../core/context.ts';
import type { CardFilter } from '../../../format/vcard/filter.ts';
import { createBreath } from '../../../lib/breath.ts';
import { matchesFilter } from '../../../format/vcard/filter.ts';
import { parseVCard } from '../../../format/vcard/parse.ts';
import type { Responses } from '../multistatus.ts';
import { booksInOne, cardInOne, firstOfUid, placeAmong } from '../oneBook.ts';
import { paths } from '../paths.ts';
import { statusResponse, truncatedResponse } from '../propstat.ts';
import type { AnswerForm } from '../propstat.ts';
import type { BookResource } from '../resources.ts';
import { placeOf } from '../tree.ts';
import { cardResponses } from './cardResponses.ts';
import type { CardResponses } from './cardResponses.ts';
import { addSpelling, eachSpelled, hrefsAtOnce } from './spellings.ts';
import type { Spellings } from './spellings.ts';

/** What is looked for in all folders. */
export type OneQuery = {
  readonly filter: CardFilter;
  readonly needles: Needles | null;
  readonly limit: number;
  readonly form: AnswerForm;
};

/** `C:addressbook-query` on all folders as one: folder by folder, each uid once, where its listing has it. */
export async function* queryOne(context: Context, { filter, needles, limit, form }: OneQuery): Responses {
  let left = limit;
  const books = await booksInOne(context);
  for (const [index, book] of books.entries()) {
    const before = books.slice(0, index);
    const { respond } = await cardResponses(context, book, form);
    for await (const page of listRecords(context, book.book.seen.book, needles)) {
      const matching = page.filter(({ vcard }) => matchesFilter(parseVCard(vcard), filter));
      const found = await firstOfUid(context, { book, before }, matching);
      yield await respond(found.slice(0, left), pathsOf(context, book, found));
      if (found.length > left) {
        yield truncatedResponse(paths.oneBook(context.actor.principalId));
        return;
      }
      left -= found.length;
    }
  }
}

/** `C:addressbook-multiget` on all folders as one: each address as the client spelled it. */
export async function* multigetOne(context: Context, hrefs: readonly string[], form: AnswerForm): Responses {
  const me = context.actor.principalId;
  const books = await booksInOne(context);
  const answers = new Map<BookResource, CardResponses>();
  const breathe = createBreath(5);
  for (let start = 0; start < hrefs.length; start += hrefsAtOnce) {
    await breathe();
    const wanted = new Map<BookResource, Spellings>();
    for (const href of hrefs.slice(start, start + hrefsAtOnce)) {
      const url = URL.parse(href, `${context.settings.publicUrl}${paths.oneBook(me)}`);
      const place = url && placeOf(url.pathname);
      const isHere = place?.kind === 'oneCard' && place.personId === me;
      const lies = isHere ? placeAmong(context, books, place.name) : undefined;
      if (!lies) yield statusResponse(href, '404 Not Found');
      else {
        const names: Spellings = wanted.get(lies.book) ?? new Map();
        addSpelling(names, lies.uri, href);
        wanted.set(lies.book, names);
      }
    }
    for (const [book, names] of wanted) {
      const ofBook = answers.get(book) ?? (await cardResponses(context, book, form));
      answers.set(book, ofBook);
      const found = await findCardsNamed(context, book.book.seen.book, [...names.keys()], ofBook);
      yield* eachSpelled(ofBook, found, names);
    }
  }
}

function pathsOf(context: Context, book: BookResource, cards: readonly CardEntry[]): string[] {
  return cards.map((card) => cardInOne(context, book, card).path);
}
