import { listHomeBooks } from '../../../core/addressbook/homeBooks.ts';
import { destroyAddressBook } from '../../../core/addressbook/destroyAddressBook.ts';
import { destroyCard } from '../../../core/card/destroyCard.ts';
import type { Context } from '../../../core/context.ts';
import { answerInvitation } from '../../../core/invitation/answerInvitation.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { empty } from '../../../lib/http/reply.ts';
import { readConditions } from '../conditions.ts';
import { DavError, needPrivilege } from '../errors.ts';
import { dismissNotice } from '../notices/notices.ts';
import { paths } from '../paths.ts';
import { refuseCard } from '../refuseCard.ts';
import type { BookResource, CardResource, Resource } from '../resources.ts';

/** DELETE (RFC 4918 §9.6): what goes is in the trash, from where its owner takes it back. */
export async function remove(context: Context, resource: Resource, request: HttpRequest): Promise<HttpReply> {
  if (resource.kind === 'card') await removeCard(context, resource, request);
  else if (resource.kind === 'book') await removeBook(context, resource, request);
  else if (resource.kind === 'notification') await dismissNotice(context, resource.notice);
  else throw needPrivilege(resource.path, 'unbind');
  return empty(204);
}

async function removeCard(context: Context, { book, card }: CardResource, request: HttpRequest): Promise<void> {
  const expect = readConditions(request, book);
  try {
    await destroyCard(context, { cardId: card.id, accountId: card.account_id }, expect);
  } catch (error) {
    await refuseCard(context, error, { path: book.path, privilege: 'unbind' });
  }
}

/** A folder that others share is only left (caldav-sharing §5.6): what is in it stays theirs. */
async function removeBook(context: Context, { book }: BookResource, request: HttpRequest): Promise<void> {
  const depth = String(request.headers['depth'] ?? 'infinity').toLowerCase();
  if (depth !== 'infinity') throw new DavError(400);
  const { seen } = book;
  try {
    if (seen.isShareRoot) await answerInvitation(context, seen.book.id, { status: 'declined' });
    // A device shows sub-folders side by side with it: it would not know that they go with it.
    else if (await hasFoldersBelow(context, seen.book.id))
      throw needPrivilege(paths.home(context.actor.principalId), 'unbind');
    else await destroyAddressBook(context, seen.book.id, { removeContents: true });
  } catch (error) {
    const home = paths.home(context.actor.principalId);
    await refuseCard(context, error, { path: home, privilege: 'unbind' });
  }
}

async function hasFoldersBelow(context: Context, bookId: string): Promise<boolean> {
  return (await listHomeBooks(context)).some(({ seen }) => seen.book.parent_id === bookId && !seen.isShareRoot);
}
