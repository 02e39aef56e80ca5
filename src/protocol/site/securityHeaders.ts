import type { HttpReply } from '../../lib/http/http.ts';

const yearSeconds = 365 * 86_400;

/** What goes with every reply of every door; a door that sets one of them itself is left alone. */
export function withSecurityHeaders(reply: HttpReply, publicUrl: string): HttpReply {
  const always = {
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(publicUrl.startsWith('https:') ? { 'Strict-Transport-Security': `max-age=${yearSeconds}` } : {}),
  };
  const own = new Set(Object.keys(reply.headers ?? {}).map((name) => name.toLowerCase()));
  const missing = Object.entries(always).filter(([name]) => !own.has(name.toLowerCase()));
  return { ...reply, headers: { ...reply.headers, ...Object.fromEntries(missing) } };
}

/** The policy of the web app's page: everything from here, styles also with the nonce of this very reply. */
export function appPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
