import { ensureAccount } from '../../core/addressbook/ensureAccount.ts';
import { createActorMemory } from '../../core/auth/actorMemory.ts';
import type { Found } from '../../core/auth/actorMemory.ts';
import { actorOf } from '../../core/auth/actorOf.ts';
import type { BasicUse } from '../../core/auth/attempt.ts';
import type { BasicCheck } from '../../core/auth/checkBasic.ts';
import { findSession } from '../../core/auth/sessions.ts';
import type { Actor } from '../../core/actor.ts';
import type { World } from '../../core/context.ts';
import { AppError } from '../../errors.ts';
import { hashSecret } from '../../lib/ids.ts';
import type { HttpRequest } from '../../lib/http/http.ts';
import { cookieNames, readCookie } from './cookies.ts';
import type { RequestRate } from '../../core/auth/requestRate.ts';
import { requireOurOrigin } from './sameOrigin.ts';

/**
 * Who is asking, by HTTP Basic (RFC 7617) or by the session cookie; null when nobody says so rightly (answer 401).
 * Errors: `forbidden` (made by another site), `tooManyAttempts` (with `retryAfter`: wrong passwords, or too many requests), `unavailable`.
 */
export type Authenticate = (request: HttpRequest) => Promise<Actor | null>;

/** How long sessions last, and how often one person may ask. */
export type AuthenticateOptions = { readonly sessionDays: number; readonly rate: RequestRate };

/** Makes the one function by which all doors learn who is asking. */
export function createAuthenticate(
  world: World,
  checkBasic: BasicCheck,
  { sessionDays, rate }: AuthenticateOptions,
): Authenticate {
  const { publicUrl } = world.settings;
  const provided = new Set<string>();
  const memory = createActorMemory(world);

  async function bySession(request: HttpRequest): Promise<Actor | null> {
    const secret = readCookie(request, cookieNames(publicUrl).session);
    const personId = secret ? await findSession(world, secret, sessionDays) : undefined;
    if (secret === undefined || personId === undefined) return null;
    requireOurOrigin(request, publicUrl, { strict: true });
    return actorFor(request, { personId, sessionHash: hashSecret(secret) });
  }

  async function byBasic(request: HttpRequest, basic: Basic): Promise<Found> {
    const attempt = { ...basic, address: request.remoteAddress, way: wayOf(request) };
    const use = await checkBasic(attempt).catch(nobodyWhenWrong);
    return { actor: use ? await actorFor(request, use) : null, mustWait: checkBasic.watch(attempt) };
  }

  async function actorFor(request: HttpRequest, { personId, ...how }: Use): Promise<Actor> {
    const address = request.remoteAddress;
    const actor = { ...(await actorOf(world, personId, request.headers['accept-language'])), ...how, address };
    if (!provided.has(personId)) {
      await ensureAccount({ ...world, actor });
      provided.add(personId);
    }
    return actor;
  }

  async function find(request: HttpRequest): Promise<Actor | null> {
    const { authorization, 'accept-language': language = '' } = request.headers;
    const basic = readBasic(authorization);
    if (!basic) return bySession(request);
    // A browser that has once been asked for a password sends it along for other sites, too.
    requireOurOrigin(request, publicUrl, { strict: false });
    return memory.through([authorization!, request.remoteAddress, language], () => byBasic(request, basic));
  }

  return async (request) => {
    const actor = await find(request);
    if (actor) rate.require(actor.principalId);
    return actor;
  };
}

/** Which door it is that a program knocks at. */
function wayOf({ url }: HttpRequest): 'carddav' | 'link' | 'jmap' {
  if (url.pathname.startsWith('/dav')) return 'carddav';
  return url.pathname.startsWith('/home/') ? 'link' : 'jmap';
}

type Use = BasicUse & { readonly sessionHash?: string };
type Basic = { readonly email: string; readonly password: string };

function nobodyWhenWrong(error: unknown): undefined {
  if (error instanceof AppError && error.kind === 'wrongCredentials') return undefined;
  throw error;
}

function readBasic(authorization: string | undefined): Basic | null {
  const match = /^basic\s+([\w+/=-]+)\s*$/iu.exec(authorization ?? '');
  if (!match) return null;
  const [email, ...password] = Buffer.from(match[1]!, 'base64').toString('utf8').split(':');
  return { email: email ?? '', password: password.join(':') };
}
