import type { HttpReply } from '../../lib/http/http.ts';

const yearSeconds = 365 * 86_400;

const always = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
const alwaysOverTls = { ...always, 'Strict-Transport-Security': `max-age=${yearSeconds}` };

/** What goes with every reply of every door; a door that sets one of them itself is left alone. */
export function withSecurityHeaders(reply: HttpReply, publicUrl: string): HttpReply {
  const ours = publicUrl.startsWith('https:') ? alwaysOverTls : always;
  return { ...reply, headers: { ...ours, ...reply.headers } };
}

/** The policy of the service worker, which asks this server and nobody else. */
export const workerPolicy = "default-src 'none'; connect-src 'self'; script-src 'self'";

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
