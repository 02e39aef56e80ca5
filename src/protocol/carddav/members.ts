import { listHomeBooks } from '../../core/addressbook/homeBooks.ts';
import { listCardEntries } from '../../core/card/cardEntries.ts';
import type { Context } from '../../core/context.ts';
import { listNotices } from './notices.ts';
import { cardsInOne } from './oneBook.ts';
import { paths } from './paths.ts';
import type { Resource } from './resources.ts';
import { bookResource, cardResource, noticeResource } from './tree.ts';

/** What is directly inside a collection, as far as the person may know; nobody lists all people. */
export async function* membersOf(context: Context, resource: Resource): AsyncGenerator<Resource> {
  const me = context.actor.principalId;
  switch (resource.kind) {
    case 'root':
      yield { kind: 'principals', path: paths.principals };
      yield { kind: 'homes', path: paths.homes };
      return;
    case 'homes':
      yield { kind: 'home', path: paths.home(me) };
      return;
    case 'home':
      for (const book of await listHomeBooks(context)) yield bookResource(me, book);
      return;
    case 'book':
      for await (const page of listCardEntries(context, resource.book.seen.book.id)) {
        for (const card of page) yield cardResource(resource, card);
      }
      return;
    case 'oneHome':
      yield { kind: 'oneBook', path: paths.oneBook(me) };
      return;
    case 'oneBook':
      yield* cardsInOne(context);
      return;
    case 'notifications':
      for (const notice of await listNotices(context)) yield noticeResource(me, notice);
      return;
    case 'principals':
    case 'principal':
    case 'card':
    case 'notification':
    case 'directory':
    case 'entry':
  }
}
