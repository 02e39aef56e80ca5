import { ensureAccount } from '../../core/addressbook/ensureAccount.ts';
import { actorOf } from '../../core/auth/actorOf.ts';
import type { BasicCheck, BasicUse } from '../../core/auth/checkBasic.ts';
import { findSession } from '../../core/auth/sessions.ts';
import type { Actor, World } from '../../core/context.ts';
import { AppError } from '../../errors.ts';
import { hashSecret } from '../../lib/ids.ts';
import type { HttpRequest } from '../../lib/http/http.ts';
import { cookieNames, readCookie } from './cookies.ts';
import { requireOurOrigin } from './sameOrigin.ts';

/**
 * Who is asking, by HTTP Basic (RFC 7617) or by the session cookie; null when nobody says so rightly (answer 401).
 * Errors: `forbidden` (made by another site), `tooManyAttempts` (with `retryAfter`), `unavailable`.
 */
export type Authenticate = (request: HttpRequest) => Promise<Actor | null>;

/** Makes the one function by which all doors learn who is asking. */
export function createAuthenticate(world: World, checkBasic: BasicCheck, sessionDays: number): Authenticate {
  const { publicUrl } = world.settings;
  const provided = new Set<string>();

  async function personOf(request: HttpRequest): Promise<(BasicUse & { sessionHash?: string }) | undefined> {
    const basic = readBasic(request.headers.authorization);
    if (basic) {
      // A browser that has once been asked for a password sends it along for other sites, too.
      requireOurOrigin(request, publicUrl, { strict: false });
      const attempt = { ...basic, address: request.remoteAddress, way: wayOf(request) };
      return checkBasic(attempt).catch(nobodyWhenWrong);
    }
    const secret = readCookie(request, cookieNames(publicUrl).session);
    const personId = secret ? await findSession(world, secret, sessionDays) : undefined;
    if (secret === undefined || personId === undefined) return undefined;
    requireOurOrigin(request, publicUrl, { strict: true });
    return { personId, sessionHash: hashSecret(secret) };
  }

  return async (request) => {
    const found = await personOf(request);
    if (!found) return null;
    const { personId, ...how } = found;
    const address = request.remoteAddress;
    const actor = { ...(await actorOf(world, personId, request.headers['accept-language'])), ...how, address };
    if (!provided.has(personId)) {
      await ensureAccount({ ...world, actor });
      provided.add(personId);
    }
    return actor;
  };
}

/** Which door it is that a program knocks at. */
function wayOf({ url }: HttpRequest): 'carddav' | 'link' | 'jmap' {
  if (url.pathname.startsWith('/dav')) return 'carddav';
  return url.pathname.startsWith('/home/') ? 'link' : 'jmap';
}

function nobodyWhenWrong(error: unknown): undefined {
  if (error instanceof AppError && error.kind === 'wrongCredentials') return undefined;
  throw error;
}

function readBasic(authorization: string | undefined): { email: string; password: string } | null {
  const match = /^basic\s+([\w+/=-]+)\s*$/iu.exec(authorization ?? '');
  if (!match) return null;
  const [email, ...password] = Buffer.from(match[1]!, 'base64').toString('utf8').split(':');
  return { email: email ?? '', password: password.join(':') };
}
