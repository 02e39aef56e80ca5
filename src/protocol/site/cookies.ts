import type { HttpRequest } from '../../lib/http/http.ts';

/** A cookie of ours: sent to nobody else, out of reach of scripts, and not sent along by other sites' forms. */
export type Cookie = { readonly name: string; readonly value: string; readonly maxAgeSeconds: number };

const day = 86_400;

/** The names of our cookies; the prefix `__Host-` makes browsers refuse them over plain HTTP or from a neighbour domain. */
export function cookieNames(publicUrl: string): { session: string; device: string } {
  const prefix = isSecure(publicUrl) ? '__Host-' : '';
  return { session: `${prefix}coterie`, device: `${prefix}coterie-device` };
}

/** The value of a cookie that came with the request. */
export function readCookie(request: HttpRequest, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, ...value] = pair.split('=');
    if (key?.trim() === name) return value.join('=').trim();
  }
  return undefined;
}

/** The header that sets a cookie; an age of 0 removes it. */
export function setCookie(publicUrl: string, cookie: Cookie): string {
  const secure = isSecure(publicUrl) ? '; Secure' : '';
  return `${cookie.name}=${cookie.value}; Path=/; Max-Age=${cookie.maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** The cookie of a session. */
export function sessionCookie(publicUrl: string, secret: string, days: number): string {
  return setCookie(publicUrl, { name: cookieNames(publicUrl).session, value: secret, maxAgeSeconds: days * day });
}

function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}
