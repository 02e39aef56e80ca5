import { transact, within } from '../../../core/change/transact.ts';
import type { Context } from '../../../core/context.ts';
import { findPrincipalByEmail } from '../../../core/principal/findPrincipalByEmail.ts';
import { findPrincipals } from '../../../core/principal/findPrincipals.ts';
import { endShare } from '../../../core/share/changeShare.ts';
import { createShare } from '../../../core/share/createShare.ts';
import { listShares } from '../../../core/share/listShares.ts';
import { standardMail } from '../../../core/share/types.ts';
import { rightsOfRole } from '../../../core/sharing/rights.ts';
import { AppError } from '../../../errors.ts';
import type { HttpReply } from '../../../lib/http/http.ts';
import { empty } from '../../../lib/http/reply.ts';
import { needPrivilege } from '../errors.ts';
import { wholeMultistatus } from '../multistatus.ts';
import { statusResponse } from '../propstat.ts';
import type { BookResource } from '../resources.ts';
import { placeOf } from '../tree.ts';

/** What a client asks for a sharee; null: nothing any more. */
export type Access = 'read' | 'read-write' | null;

/** One wish of a client for one sharee. */
export type ShareeChange = { readonly href: string; readonly access: Access };

const mostChanges = 500;

/**
 * Does all of what a client wishes for the sharees of a folder, or nothing: whoever is not known here keeps the rest from
 * being done, and is told (207). Each hears of it as of what is done in the web app: in the app and by mail.
 */
export async function changeSharees(
  context: Context,
  { book, path }: BookResource,
  changes: readonly ShareeChange[],
): Promise<HttpReply> {
  const { seen } = book;
  if (!seen.rights.mayShare) throw needPrivilege(path, 'share');
  const known = new Map<string, string>();
  for (const { href } of changes.slice(0, mostChanges)) {
    const id = await principalAt(context, href);
    if (id !== null && id !== context.actor.principalId && id !== seen.book.account_id) known.set(href, id);
  }
  if (changes.some(({ href }) => !known.has(href))) return refuseUnknown(changes, known);
  await transact(context, async (tx) => {
    const inside = within(context, tx);
    for (const { href, access } of changes)
      await changeOne(inside, { ownerId: seen.book.account_id, bookId: seen.book.id }, known.get(href)!, access);
  }).catch((error: unknown) => {
    if (error instanceof AppError && error.kind === 'forbidden') throw needPrivilege(path, 'share');
    throw error;
  });
  return empty(200, { 'Cache-Control': 'no-store' });
}

async function changeOne(
  context: Context,
  { ownerId, bookId }: { readonly ownerId: string; readonly bookId: string },
  principalId: string,
  access: Access,
): Promise<void> {
  const shares = await listShares(context, ownerId, { bookId });
  const share = shares.find((candidate) => candidate.principalId === principalId);
  if (access === null) {
    if (share) await endShare(context, share.id, standardMail);
    return;
  }
  // « Admin » and « Contributor » cannot be said here: who has the access keeps what else they may do.
  if (share?.rights.mayRead && share.rights.mayWrite === (access === 'read-write')) return;
  const rights = rightsOfRole[access === 'read' ? 'viewer' : 'manager'];
  const wanted = { addressBookId: bookId, type: 'principal', principalId, rights } as const;
  await createShare(context, wanted, standardMail).catch((error: unknown) => {
    if (!(error instanceof AppError && error.kind === 'exists')) throw error;
  });
}

function refuseUnknown(changes: readonly ShareeChange[], known: ReadonlyMap<string, string>): HttpReply {
  const hrefs = [...new Set(changes.map(({ href }) => href))];
  return wholeMultistatus(
    hrefs.map((href) => statusResponse(href, known.has(href) ? '424 Failed Dependency' : '403 Forbidden')).join(''),
  );
}

const nobody: ReadonlySet<string> = new Set();

/**
 * Who is meant by an address of this server, a mail address, or an id; null: nobody who is known here. Who has left is
 * known only where they are `known` already: their grants stay.
 */
export async function principalAt(
  context: Context,
  href: string,
  known: ReadonlySet<string> = nobody,
): Promise<string | null> {
  const text = href.trim();
  if (/^mailto:/iu.test(text)) {
    const found = await findPrincipalByEmail(context.db, decode(text.slice('mailto:'.length)));
    return found && found.is_active === 1 ? found.id : null;
  }
  const [, uid] = /^urn:(?:x-uid|uuid):(.+)$/iu.exec(text) ?? [];
  const url = URL.parse(text, context.settings.publicUrl);
  const place = uid === undefined && url ? placeOf(url.pathname) : null;
  const id = uid ?? (place?.kind === 'principal' ? place.id : null);
  if (id === null) return null;
  const [found] = await findPrincipals(context, [id]);
  return found && (found.is_active === 1 || known.has(found.id)) ? found.id : null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
