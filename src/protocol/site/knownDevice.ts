import { createHmac, timingSafeEqual } from 'node:crypto';
import type { World } from '../../core/context.ts';
import { emailKey } from '../../core/principal/emailKey.ts';
import type { HttpRequest } from '../../lib/http/http.ts';
import { newSecret } from '../../lib/ids.ts';
import { cookieNames, readCookie, setCookie } from './cookies.ts';

const yearSeconds = 365 * 86_400;

/**
 * A browser that signed in as this person before carries a mark of it. Its guesses are counted apart, so that a
 * neighbour on the same network who guesses cannot keep the person out.
 */
export function readKnownDevice(world: World, request: HttpRequest, email: string): string | undefined {
  const mark = readCookie(request, cookieNames(world.settings.publicUrl).device);
  const [id, signature] = mark?.split('.') ?? [];
  if (!id || !signature) return undefined;
  const expected = Buffer.from(sign(world, id, email));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected) ? id : undefined;
}

/** The header that leaves the mark. */
export function markDevice(world: World, request: HttpRequest, email: string): string {
  const id = readKnownDevice(world, request, email) ?? newSecret();
  const { publicUrl } = world.settings;
  return setCookie(publicUrl, {
    name: cookieNames(publicUrl).device,
    value: `${id}.${sign(world, id, email)}`,
    maxAgeSeconds: yearSeconds,
  });
}

function sign(world: World, id: string, email: string): string {
  return createHmac('sha256', world.settings.linkKey)
    .update(`device ${id} ${emailKey(email)}`)
    .digest('base64url');
}
