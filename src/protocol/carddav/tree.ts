import { findHomeBook } from '../../core/addressbook/homeBooks.ts';
import type { HomeBook } from '../../core/addressbook/homeBooks.ts';
import { findCardEntry, findCardWithRecord } from '../../core/card/cardEntries.ts';
import type { Context } from '../../core/context.ts';
import { directoryAccount } from '../../core/directorybook/directoryBook.ts';
import { findPrincipals } from '../../core/principal/findPrincipals.ts';
import { findEntry } from './directory/entries.ts';
import type { DirectoryEntry } from './directory/entries.ts';
import { listNotices } from './notices/notices.ts';
import type { Notice } from './notices/notices.ts';
import { findInOne } from './oneBook.ts';
import { paths, readPath } from './paths.ts';
import type { BookResource, CardResource, EntryResource, NotificationResource, Resource } from './resources.ts';

/** What a path asks for, whether or not it is there. */
export type Place =
  | { readonly kind: 'root' | 'principals' | 'homes' | 'directory' }
  | { readonly kind: 'notifications'; readonly personId: string }
  | { readonly kind: 'oneHome'; readonly personId: string }
  | { readonly kind: 'oneBook'; readonly personId: string }
  | { readonly kind: 'oneCard'; readonly personId: string; readonly name: string }
  | { readonly kind: 'notification'; readonly personId: string; readonly noticeId: string }
  | { readonly kind: 'entry'; readonly entryId: string }
  | { readonly kind: 'principal'; readonly id: string }
  | { readonly kind: 'home'; readonly personId: string }
  | { readonly kind: 'book'; readonly personId: string; readonly segment: string }
  | { readonly kind: 'card'; readonly personId: string; readonly segment: string; readonly uri: string };

/** Understands a path; null: nothing can ever be there. */
export function placeOf(pathname: string): Place | null {
  const { segments } = readPath(pathname) ?? {};
  if (!segments) return null;
  const [area, id, segment, uri, ...more] = segments;
  if (more.length > 0) return null;
  if (area === undefined) return { kind: 'root' };
  if (area === 'principals') {
    if (id === undefined) return { kind: 'principals' };
    return segment === undefined ? { kind: 'principal', id } : null;
  }
  if (area === 'directory') {
    if (id === undefined) return { kind: 'directory' };
    return segment === undefined && id.endsWith('.vcf') ? { kind: 'entry', entryId: id.slice(0, -4) } : null;
  }
  if (area === 'one') {
    if (id === undefined || (segment !== undefined && segment !== 'all')) return null;
    if (segment === undefined) return { kind: 'oneHome', personId: id };
    return uri === undefined ? { kind: 'oneBook', personId: id } : { kind: 'oneCard', personId: id, name: uri };
  }
  if (area === 'notifications') {
    if (id === undefined || uri !== undefined) return null;
    if (segment === undefined) return { kind: 'notifications', personId: id };
    return segment.endsWith('.xml') ? { kind: 'notification', personId: id, noticeId: segment.slice(0, -4) } : null;
  }
  if (area !== 'addressbooks') return null;
  if (id === undefined) return { kind: 'homes' };
  if (segment === undefined) return { kind: 'home', personId: id };
  if (uri === undefined) return { kind: 'book', personId: id, segment };
  return { kind: 'card', personId: id, segment, uri };
}

/** What is at a path for this person; undefined: nothing that they may know of. */
export async function findResource(context: Context, pathname: string): Promise<Resource | undefined> {
  const place = placeOf(pathname);
  return place ? resourceAt(context, place) : undefined;
}

/**
 * As `findResource`, for a place that was understood already. Homes of others are not there. `withRecord`: a card of a
 * folder comes with its record.
 */
export async function resourceAt(context: Context, place: Place, withRecord = false): Promise<Resource | undefined> {
  const me = context.actor.principalId;
  if ('id' in place) {
    const [principal] = await findPrincipals(context, [place.id]);
    return principal && { kind: 'principal', path: paths.principal(principal.id), principal };
  }
  if ('entryId' in place) {
    const entry = await findEntry(context, place.entryId);
    return entry && entryResource(entry);
  }
  if (place.kind === 'directory' && !(await directoryAccount(context))) return undefined;
  if (!('personId' in place)) return { kind: place.kind, path: paths[place.kind] };
  if (place.personId !== me) return undefined;
  if (place.kind === 'oneHome' || place.kind === 'oneBook') return { kind: place.kind, path: paths[place.kind](me) };
  if (place.kind === 'oneCard') return findInOne(context, place.name);
  if (place.kind === 'notifications') return { kind: 'notifications', path: paths.notifications(me) };
  if (place.kind === 'notification') {
    const notice = (await listNotices(context)).find(({ id }) => id === place.noticeId);
    return notice && noticeResource(me, notice);
  }
  if (place.kind === 'home') return { kind: 'home', path: paths.home(me) };
  const found = await findHomeBook(context, place.segment);
  if (!found) return undefined;
  const book = bookResource(me, found);
  if (place.kind === 'book') return book;
  const find = withRecord ? findCardWithRecord : findCardEntry;
  const card = await find(context, found.seen.book, place.uri);
  return card && cardResource(book, card);
}

/**
 * RFC 4918 §9.3.1, §9.7.1, §9.8.5 and §9.9.4: 409 without a collection around it, 403 inside one that takes nothing of
 * the kind.
 */
export async function whyNothingIsMade(context: Context, pathname: string): Promise<403 | 409> {
  const around = await findResource(context, pathname.replace(/(?<=\/)[^/]*\/?$/u, ''));
  return around && around.kind !== 'card' ? 403 : 409;
}

/** The resource of a folder in a person's home. */
export function bookResource(personId: string, book: HomeBook): BookResource {
  return { kind: 'book', path: paths.book(personId, book.segment), book };
}

/** The resource of a card in a folder. */
export function cardResource(book: BookResource, card: CardResource['card']): CardResource {
  return { kind: 'card', path: paths.card(book.path, card.uri), book, card };
}

/** The resource of a notification. */
export function noticeResource(personId: string, notice: Notice): NotificationResource {
  return { kind: 'notification', path: paths.notification(personId, notice.id), notice };
}

/** The resource of somebody of the directory. */
export function entryResource(entry: DirectoryEntry): EntryResource {
  return { kind: 'entry', path: paths.entry(entry.id), entry };
}
