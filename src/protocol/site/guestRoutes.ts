import type { GuestChoice } from '../../core/guest/acceptGuestInvitation.ts';
import { findGuestInvitation } from '../../core/guest/findGuestInvitation.ts';
import type { World } from '../../core/context.ts';
import { openThrottle } from '../../core/throttle.ts';
import { AppError, invalid } from '../../errors.ts';
import type { HttpReply, HttpRequest } from '../../lib/http/http.ts';
import { json } from '../../lib/http/reply.ts';
import { networkPrefix } from '../../lib/networkPrefix.ts';
import { readJson } from './readJson.ts';

/** Slows down a network that tries links which do not exist. */
export type GuestThrottle = {
  /** Runs the task; one that finds nothing is counted. Errors: `tooManyAttempts`. */
  try<T>(request: HttpRequest, task: () => Promise<T>): Promise<T>;
};

const patience = { free: 20, firstWait: 1, longestWait: 60, memory: 3600, keys: 20_000 } as const;

/** A throttle that has seen nobody. */
export function createGuestThrottle(world: World): GuestThrottle {
  const byNetwork = openThrottle(world, 'guest link by a network', patience);
  return {
    async try(request, task) {
      const network = networkPrefix(request.remoteAddress);
      const wait = await byNetwork.waitFor(network);
      if (wait > 0) throw new AppError('tooManyAttempts', `Try again in ${wait} seconds`, { retryAfter: wait });
      try {
        return await task();
      } catch (error) {
        if (error instanceof AppError && error.kind === 'notFound') await byNetwork.begin(network);
        throw error;
      }
    },
  };
}

/** `POST /site/guest/look`: what a personal link is for. The link is in the body: bodies are in no log. */
export async function lookAtInvitation(request: HttpRequest, world: World, guesses: GuestThrottle): Promise<HttpReply> {
  const { token } = await readJson(request, ['token']);
  return guesses.try(request, async () => {
    const found = await findGuestInvitation(world, world.db, token);
    if (!found) throw new AppError('notFound', 'No such invitation');
    const { shareId: _share, guestId: _guest, ...told } = found;
    return json(200, told);
  });
}

/** The body of `POST /site/guest/accept`. */
export async function readGuestChoice(request: HttpRequest): Promise<GuestChoice> {
  const { token, name, password, language } = await readJson(request, ['token', 'name', 'password', 'language']);
  if (language !== 'fr' && language !== 'en') throw invalid('language', 'language is fr or en');
  return { token, name, password, language };
}
