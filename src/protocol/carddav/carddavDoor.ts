import type { Actor } from '../../core/actor.ts';
import type { World } from '../../core/context.ts';
import { notFound } from '../../errors.ts';
import type { Door, HttpReply, HttpRequest } from '../../lib/http/http.ts';
import { redirect, text } from '../../lib/http/reply.ts';
import { requireCollection } from './conditions.ts';
import { DavError, errorReply } from './errors.ts';
import { changing } from './methods/changing.ts';
import { makers, methods, methodsFor } from './methods/table.ts';
import { options } from './methods/options.ts';
import { wantsOneBook } from './oneBook.ts';
import type { DavContext } from './oneBook.ts';
import { paths } from './paths.ts';
import { photoRuleFor } from './shown/photoRules.ts';
import { answerQuietly, atRegistration } from './push/register.ts';
import { placeOf, resourceAt, whyNothingIsMade } from './tree.ts';

/** What the door needs. */
export type CarddavOptions = {
  readonly world: World;
  /** Who asks, by HTTP Basic or cookie; null: nobody. */
  authenticate(request: HttpRequest): Promise<Actor | null>;
};

/** `/dav/`: the same folders and cards as everywhere, for devices and programs (RFC 6352). */
export function createCarddavDoor({ world, authenticate }: CarddavOptions): Door {
  return async (request) => {
    try {
      const actor = await authenticate(request);
      if (!actor) return request.method === 'OPTIONS' ? options(methodsFor(undefined)) : challenge();
      const context = {
        ...world,
        actor,
        way: 'carddav' as const,
        wantsOne: wantsOneBook(request),
        photoRule: photoRuleFor(request),
      };
      if (request.url.pathname.startsWith(paths.pushRegistrations)) return await atRegistration(context, request);
      return await answerQuietly(context, request, () => answer(context, request));
    } catch (error) {
      return errorReply(error);
    }
  };
}

/** `/.well-known/carddav` (RFC 6764 §5): for every method, whoever asks; 308 keeps the method. */
export const carddavWellKnown: Door = async () => redirect(308, paths.root, { 'Cache-Control': 'max-age=86400' });

async function answer(context: DavContext, request: HttpRequest): Promise<HttpReply> {
  requirePlain(request);
  const place = placeOf(request.url.pathname);
  const making = place && makers[request.method]?.(context, place, request);
  if (making) return making;
  const resource = place ? await resourceAt(context, place, request.method === 'GET') : undefined;
  if (request.method === 'OPTIONS') return options(methodsFor(resource?.kind));
  const method = methods[request.method];
  if (!method && !(request.method in makers)) throw new DavError(501);
  if (!method) throw new DavError(resource ? 403 : await whyNothingIsMade(context, request.url.pathname));
  if (!resource) throw notFound('resource');
  if (!method.on.includes(resource.kind))
    throw new DavError(405, null, { Allow: methodsFor(resource.kind).join(', ') });
  if (changing.has(request.method) && resource.kind !== 'card') await requireCollection(context, request, resource);
  return method.answer(context, resource, request);
}

/** RFC 9110 §8.4 and §12.5.3: what is compressed is not undone here; nobody shall take it for a card that is broken. */
function requirePlain({ headers }: HttpRequest): void {
  const coding = headers['content-encoding'] ?? 'identity';
  if (coding.trim().toLowerCase() !== 'identity') throw new DavError(415, null, { 'Accept-Encoding': 'identity' });
}

function challenge(): HttpReply {
  const headers = { 'WWW-Authenticate': 'Basic realm="Coterie", charset="UTF-8"', 'Cache-Control': 'no-store' };
  return text(401, 'Please sign in.\n', headers);
}
