import type { Actor, World } from '../../core/context.ts';
import { exportFolder } from '../../core/export/exportFolder.ts';
import { findFolderByPath } from '../../core/export/findFolderByPath.ts';
import { AppError } from '../../errors.ts';
import type { ErrorKind } from '../../errors.ts';
import { pathSegments } from '../../lib/http/http.ts';
import type { Door, HttpReply, HttpRequest } from '../../lib/http/http.ts';
import { redirect, text } from '../../lib/http/reply.ts';
import { exportForm, fileReply, splitExtension } from './exportForm.ts';

/** What the door needs. */
export type HomeOptions = {
  readonly world: World;
  /** Who asks, by cookie or HTTP Basic; null: nobody. */
  authenticate(request: HttpRequest): Promise<Actor | null>;
};

/** The expected failures that have an answer of their own; all others are *not found*: the door tells nothing of what is there. */
const statuses: Readonly<Partial<Record<ErrorKind, readonly [status: number, words: string]>>> = {
  tooManyAttempts: [429, 'Trop de tentatives, réessayez plus tard. Too many attempts, try again later.\n'],
  unavailable: [503, 'Réessayez dans un instant. Try again in a moment.\n'],
};

/** `/home/<owner>/<folder path>[.csv|.vcf]`: a folder as a file, for whoever may read it. */
export function createHomeDoor({ world, authenticate }: HomeOptions): Door {
  return async (request) => {
    if (request.method !== 'GET') return text(405, 'Method Not Allowed\n', { Allow: 'GET, HEAD' });
    try {
      const actor = await authenticate(request);
      return actor ? await folderFile(world, actor, request) : signInFirst(world, request);
    } catch (error) {
      return refusal(error);
    }
  };
}

async function folderFile(world: World, actor: Actor, request: HttpRequest): Promise<HttpReply> {
  const [, owner = '', ...path] = (pathSegments(request.url) ?? []).map((segment) => segment.trimEnd());
  if (path.at(-1) === '') path.pop();
  const context = { ...world, actor };
  const last = path.at(-1);
  if (last === undefined) return notFound();
  const split = splitExtension(last);
  // A folder may be called « liste.csv »: the whole name comes first.
  const whole = await findFolderByPath(context, owner, path).catch(onlyWhenNotFound);
  const book = whole ?? (split ? await findFolderByPath(context, owner, path.with(-1, split.name)) : undefined);
  if (!book) return notFound();
  const form = exportForm(whole ? undefined : split?.format, request.url.searchParams);
  return fileReply(book.name, form, exportFolder(context, book.id, form));
}

function onlyWhenNotFound(error: unknown): undefined {
  if (error instanceof AppError && error.kind === 'notFound') return undefined;
  throw error;
}

/** People are led to the sign-in page and back; programs are asked for a password. */
function signInFirst(world: World, request: HttpRequest): HttpReply {
  const { accept = '', authorization } = request.headers;
  if (authorization === undefined && accept.includes('text/html')) {
    const base = new URL(world.settings.publicUrl).pathname.replace(/\/$/u, '');
    const next = `${request.url.pathname}${request.url.search}`;
    return redirect(303, `${base}/sign-in?next=${encodeURIComponent(next)}`, { 'Cache-Control': 'no-store' });
  }
  const challenge = { 'WWW-Authenticate': 'Basic realm="Coterie", charset="UTF-8"', 'Cache-Control': 'no-store' };
  return text(401, 'Identifiez-vous. Please sign in.\n', challenge);
}

function refusal(error: unknown): HttpReply {
  if (!(error instanceof AppError)) throw error;
  const { retryAfter } = error.details;
  const wait = typeof retryAfter === 'number' ? { 'Retry-After': String(retryAfter) } : {};
  const known = statuses[error.kind];
  return known ? text(known[0], known[1], { 'Cache-Control': 'no-store', ...wait }) : notFound();
}

function notFound(): HttpReply {
  const words = 'Ce dossier n’existe pas, ou il n’est pas partagé avec vous.\nThere is no such folder, or it is not shared with you.\n';
  return text(404, words, { 'Cache-Control': 'no-store' });
}
