import { findCardsNamed, listCardEntries } from '../../../core/card/cardEntries.ts';
import { isLost } from '../../../core/change/lostNumbers.ts';
import type { Context } from '../../../core/context.ts';
import { changedNames } from '../../../core/sync/changedNames.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { childOf, textOf } from '../../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../../lib/xml/xmlElement.ts';
import { loadDeadProperties } from '../deadProperties.ts';
import { DavError } from '../errors.ts';
import { multistatus } from '../multistatus.ts';
import type { Responses } from '../multistatus.ts';
import { dav, xml } from '../names.ts';
import { paths } from '../paths.ts';
import { readPreferences } from '../preferences.ts';
import { statusResponse, truncatedResponse } from '../propstat.ts';
import { readRequested } from '../requested.ts';
import type { BookResource, Resource } from '../resources.ts';
import { readSyncToken, writeSyncToken } from '../syncToken.ts';
import type { SyncPosition } from '../syncToken.ts';
import { cardResponses } from './cardResponses.ts';
import type { CardResponses } from './cardResponses.ts';
import { syncHome } from './syncHome.ts';

const namesAtOnce = 500;
const cardsAtOnce = 200;

type Sync = {
  readonly context: Context;
  readonly resource: BookResource;
  readonly responses: CardResponses;
  readonly limit: number;
};

/**
 * `D:sync-collection` (RFC 6578 §3). Depth does not matter: clients send 0, 1 or nothing. A folder is told whole unless
 * the client sets a limit; then the rest follows with the token of each part.
 */
export async function syncCollection(
  context: Context,
  resource: Resource,
  question: XmlElement,
  request: HttpRequest,
): Promise<HttpReply> {
  const token = childOf(question, dav('sync-token'));
  if (!token || !childOf(question, dav('prop'))) throw new DavError(400);
  const { minimal, headers } = readPreferences(request);
  const form = { requested: readRequested(question), minimal };
  const limit = readLimit(question);
  const text = textOf(token).trim();
  if (resource.kind === 'home') {
    const refuse = () => refuseToken(request);
    const dead = await loadDeadProperties(context, form.requested);
    const sync = { token: text, limit, isDeep: isDeep(question, request), form: { ...form, dead }, headers, refuse };
    return syncHome(context, sync);
  }
  if (resource.kind !== 'book') throw new DavError(400);
  const { book } = resource.book.seen;
  const position = text === '' ? null : (readSyncToken(book, text) ?? refuseToken(request));
  if (position && position.seq < book.cards_seq && (await isLost(context.db, book.account_id, position.seq)))
    refuseToken(request);
  const responses = await cardResponses(context, resource, form);
  const sync = { context, resource, responses, limit };
  const isFirst = position === null || position.after !== null;
  return multistatus(isFirst ? listing(sync, position) : changes(sync, position), headers);
}

/** Thunderbird starts afresh on 400 only; with the 403 of RFC 6578 §3.2 it never syncs again. */
function refuseToken(request: HttpRequest): never {
  const status = /thunderbird/iu.test(request.headers['user-agent'] ?? '') ? 400 : 403;
  throw new DavError(status, xml(dav('valid-sync-token')));
}

/** RFC 6578 §3.3 and appendix A: clients from before it have the level in Depth. */
function isDeep(question: XmlElement, request: HttpRequest): boolean {
  const level = childOf(question, dav('sync-level'));
  const text = level ? textOf(level) : String(request.headers['depth'] ?? '1');
  return text.trim().toLowerCase() === 'infinite' || text.trim().toLowerCase() === 'infinity';
}

function readLimit(question: XmlElement): number {
  const limit = childOf(question, dav('limit'));
  const text = limit && childOf(limit, dav('nresults'));
  if (!text) return Infinity;
  const number = Number(textOf(text).trim());
  if (!Number.isInteger(number) || number < 1) throw new DavError(400);
  return number;
}

/** The first time: every card by name. What changes meanwhile comes with the changes after the last part. */
async function* listing(sync: Sync, position: SyncPosition | null): Responses {
  const { context, resource, limit } = sync;
  const { columns, respond } = sync.responses;
  const { book } = resource.book.seen;
  const seq = position?.seq ?? book.cards_seq;
  let left = limit;
  let last: string | null = position?.after ?? null;
  for await (const page of listCardEntries(context, book, { after: last, columns })) {
    const part = page.slice(0, left);
    for (let start = 0; start < part.length; start += cardsAtOnce)
      yield await respond(part.slice(start, start + cardsAtOnce));
    left -= part.length;
    last = part.at(-1)?.uri ?? last;
    if (part.length < page.length) return yield* ending(sync, { seq, after: last });
  }
  yield* ending(sync, { seq, after: null }, false);
}

/** Afterwards: the names at which something happened, as they are now. */
async function* changes(sync: Sync, { seq: since }: SyncPosition): Responses {
  const { context, resource, limit } = sync;
  const { columns, takesRecords, respond } = sync.responses;
  const { book } = resource.book.seen;
  const until = book.cards_seq;
  let left = limit;
  let seq = since;
  while (left > 0) {
    const wanted = Math.min(namesAtOnce, left);
    const names = await changedNames(context, book, { since: seq, until, limit: wanted + 1 });
    const part = names.slice(0, wanted);
    const uris = part.map(({ uri }) => uri);
    const found = uris.length === 0 ? [] : await findCardsNamed(context, book, uris, { columns, takesRecords });
    if (found.length > 0) yield await respond(found);
    const live = new Set(found.map(({ uri }) => uri));
    for (const { uri } of part)
      if (!live.has(uri)) yield statusResponse(paths.card(resource.path, uri), '404 Not Found');
    left -= part.length;
    if (names.length <= wanted) return yield* ending(sync, { seq: until, after: null }, false);
    seq = part.at(-1)!.seq;
  }
  yield* ending(sync, { seq, after: null });
}

function* ending({ resource }: Sync, position: SyncPosition, isCut = true): Generator<string> {
  if (isCut) yield truncatedResponse(resource.path);
  yield `${xml(dav('sync-token'), writeSyncToken(resource.book.seen.book.id, position))}\n`;
}
