import { createHash, timingSafeEqual } from 'node:crypto';
import type { Door } from '../lib/http/http.ts';
import { text } from '../lib/http/reply.ts';
import type { Prometheus } from './prometheus.ts';

/** `/metrics`, for whoever sends the token; without a token for everybody who can reach it. */
export function createMetricsDoor(prometheus: Prometheus, token: string | null): Door {
  return async (request) => {
    if (request.url.pathname !== '/metrics') return text(404, 'Not found\n');
    if (request.method !== 'GET') return text(405, 'Method Not Allowed\n', { Allow: 'GET, HEAD' });
    if (token !== null && !isToken(request.headers.authorization, token))
      return text(401, 'A token is needed\n', { 'WWW-Authenticate': 'Bearer' });
    const headers = { 'Content-Type': prometheus.contentType, 'Cache-Control': 'no-store' };
    return { status: 200, headers, body: await prometheus.text() };
  };
}

function isToken(authorization: string | undefined, token: string): boolean {
  const [, given] = /^bearer +(\S+)$/iu.exec(authorization ?? '') ?? [];
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}
