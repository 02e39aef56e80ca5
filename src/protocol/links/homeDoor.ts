import { randomBytes } from 'node:crypto';
import { languageOf } from '../../core/auth/actorOf.ts';
import type { Actor } from '../../core/actor.ts';
import type { Context, World } from '../../core/context.ts';
import { exportEverything } from '../../core/export/exportEverything.ts';
import { exportFolder } from '../../core/export/exportFolder.ts';
import { findFolderByPath } from '../../core/export/findFolderByPath.ts';
import { AppError } from '../../errors.ts';
import type { ErrorKind } from '../../errors.ts';
import { pagePolicy } from '../../format/page/htmlPage.ts';
import { pathSegments } from '../../lib/http/http.ts';
import type { Door, HttpReply, HttpRequest } from '../../lib/http/http.ts';
import { redirect, text } from '../../lib/http/reply.ts';
import { download, exportForm, fileReply, splitExtension } from './exportForm.ts';
import { notFoundPage, notFoundText } from './notFoundPage.ts';

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
      return actor ? await folderFile(world, actor, request) : signInFirst(request);
    } catch (error) {
      return refusal(request, error);
    }
  };
}

async function folderFile(world: World, actor: Actor, request: HttpRequest): Promise<HttpReply> {
  const [, owner = '', ...path] = (pathSegments(request.url) ?? []).map((segment) => segment.trimEnd());
  if (path.at(-1) === '') path.pop();
  const way = actor.sessionHash === undefined ? ('link' as const) : ('web' as const);
  const context = { ...world, actor, way };
  const last = path.at(-1);
  if (last === undefined)
    return owner === '~' && request.url.searchParams.has('fmt') ? everything(context, request) : notFound(request);
  const split = splitExtension(last);
  // A folder may be called « liste.csv »: the whole name comes first.
  const whole = await findFolderByPath(context, owner, path).catch(onlyWhenNotFound);
  const book = whole ?? (split ? await findFolderByPath(context, owner, path.with(-1, split.name)) : undefined);
  if (!book) return notFound(request);
  const form = exportForm(whole ? undefined : split?.format, request);
  return fileReply(book.name, form, exportFolder(context, book.id, form));
}

/** `/home/~?fmt=…`: all that the person has, in an archive. */
async function everything(context: Context, request: HttpRequest): Promise<HttpReply> {
  const archive = await exportEverything(context, exportForm(undefined, request));
  return download('contacts.zip', 'application/zip', archive);
}

function onlyWhenNotFound(error: unknown): undefined {
  if (error instanceof AppError && error.kind === 'notFound') return undefined;
  throw error;
}

/** People are led to the sign-in page and back; programs are asked for a password. */
function signInFirst(request: HttpRequest): HttpReply {
  if (request.headers.authorization === undefined && wantsPage(request)) {
    const next = `${request.url.pathname}${request.url.search}`;
    return redirect(303, `/sign-in?next=${encodeURIComponent(next)}`, {
      'Cache-Control': 'no-store',
    });
  }
  const challenge = { 'WWW-Authenticate': 'Basic realm="Coterie", charset="UTF-8"', 'Cache-Control': 'no-store' };
  return text(401, 'Identifiez-vous. Please sign in.\n', challenge);
}

function refusal(request: HttpRequest, error: unknown): HttpReply {
  if (!(error instanceof AppError)) throw error;
  const { retryAfter } = error.details;
  const wait = typeof retryAfter === 'number' ? { 'Retry-After': String(retryAfter) } : {};
  const known = statuses[error.kind];
  return known ? text(known[0], known[1], { 'Cache-Control': 'no-store', ...wait }) : notFound(request);
}

function notFound(request: HttpRequest): HttpReply {
  const headers = { 'Cache-Control': 'no-store', Vary: 'Accept, Accept-Language' };
  if (!wantsPage(request)) return text(404, notFoundText, headers);
  const nonce = randomBytes(16).toString('base64');
  const language = languageOf(request.headers['accept-language']);
  const body = notFoundPage({ language, nonce, home: '/' });
  const page = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': pagePolicy(nonce) };
  return { status: 404, headers: { ...headers, ...page }, body };
}

function wantsPage(request: HttpRequest): boolean {
  return request.headers.accept?.includes('text/html') ?? false;
}
