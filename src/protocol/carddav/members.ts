import { listHomeBooks } from '../../core/addressbook/homeBooks.ts';
import type { Context } from '../../core/context.ts';
import { listNotices } from './notices/notices.ts';
import { cardsInOne } from './oneBook.ts';
import { paths } from './paths.ts';
import type { Resource } from './resources.ts';
import { bookResource, noticeResource } from './tree.ts';

/**
 * What is directly inside a collection, as far as the person may know; nobody lists all people. The cards of a folder,
 * which may be very many, are not told one by one (see `cardTemplate`).
 */
export async function* membersOf(context: Context, resource: Resource): AsyncGenerator<readonly Resource[]> {
  const me = context.actor.principalId;
  switch (resource.kind) {
    case 'root':
      yield [
        { kind: 'principals', path: paths.principals },
        { kind: 'homes', path: paths.homes },
      ];
      return;
    case 'homes':
      yield [{ kind: 'home', path: paths.home(me) }];
      return;
    case 'home':
      yield (await listHomeBooks(context)).map((book) => bookResource(me, book));
      return;
    case 'oneHome':
      yield [{ kind: 'oneBook', path: paths.oneBook(me) }];
      return;
    case 'oneBook':
      for await (const card of cardsInOne(context)) yield [card];
      return;
    case 'notifications':
      yield (await listNotices(context)).map((notice) => noticeResource(me, notice));
      return;
    case 'principals':
    case 'principal':
    case 'book':
    case 'card':
    case 'notification':
    case 'directory':
    case 'entry':
  }
}
