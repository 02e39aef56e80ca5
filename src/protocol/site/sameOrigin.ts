import { AppError } from '../../errors.ts';
import type { HttpRequest } from '../../lib/http/http.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Where a request that changes something was made: on our own pages, on somebody else's, or not in a browser. */
export type Origin = 'ours' | 'foreign' | 'unknown';

/** Browsers say `Origin` with every request that changes something, and they do not lie about it. */
function originOf(request: HttpRequest, publicUrl: string): Origin {
  const { origin, host } = request.headers;
  if (origin !== undefined) {
    const { origin: ours, protocol } = new URL(publicUrl);
    return origin === ours || origin === `${protocol}//${host}` ? 'ours' : 'foreign';
  }
  const site = request.headers['sec-fetch-site'];
  if (site === undefined) return 'unknown';
  return site === 'same-origin' ? 'ours' : 'foreign';
}

/**
 * Refuses requests that another site makes a browser send (CSRF). `strict`, where the browser adds the proof of who is
 * asking by itself: then also those that do not say where they come from.
 */
export function requireOurOrigin(request: HttpRequest, publicUrl: string, options: { strict: boolean }): void {
  if (safeMethods.has(request.method)) return;
  const origin = originOf(request, publicUrl);
  if (origin === 'ours' || (origin === 'unknown' && !options.strict)) return;
  throw new AppError('forbidden', 'This request comes from another site', { reason: 'foreignOrigin' });
}
