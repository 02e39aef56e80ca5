import type { Context } from '../../../core/context.ts';
import { noteAsTold, registerDavPush, unregisterDavPush } from '../../../core/davPush/davSubscriptions.ts';
import { AppError } from '../../../errors.ts';
import type { HttpReply, HttpRequest } from '../../../lib/http/http.ts';
import { empty } from '../../../lib/http/reply.ts';
import { readHttpDate } from '../../../lib/utcDate.ts';
import { childOf, textOf } from '../../../lib/xml/xmlElement.ts';
import type { XmlElement } from '../../../lib/xml/xmlElement.ts';
import { DavError } from '../errors.ts';
import { changing } from '../methods/changing.ts';
import { webdavPush, xml } from '../names.ts';
import { paths } from '../paths.ts';
import type { Resource } from '../resources.ts';

const refuse = (condition: string) => new DavError(403, xml(webdavPush(condition)));

/** `push-register` on an address book or the home (WebDAV-Push, « Subscription Registration »). */
export async function pushRegister(context: Context, resource: Resource, question: XmlElement): Promise<HttpReply> {
  if (resource.kind !== 'book' && resource.kind !== 'home') throw refuse('push-not-available');
  const trigger = childOf(question, webdavPush('trigger'));
  const wants = (name: string) => trigger !== undefined && childOf(trigger, webdavPush(name)) !== undefined;
  // The draft asks for leniency: what is not supported at this depth, or here, is another depth, or nothing.
  const wantsContent = wants('content-update');
  const wantsProperties = wants('property-update') && resource.kind === 'book';
  if (!wantsContent && !wantsProperties) throw refuse('no-supported-trigger');
  const bookId = resource.kind === 'book' ? resource.book.seen.book.id : '';
  const device = readDevice(question);
  const wanted = { bookId, ...device, wantsContent, wantsProperties, expires: readExpires(question) };
  const { id, expires } = await registerDavPush(context, wanted).catch(refused);
  return empty(204, {
    Location: registrationUrl(context, id),
    Expires: expires.toUTCString(),
    'Cache-Control': 'no-store',
  });
}

function refused(error: unknown): never {
  if (error instanceof AppError && error.kind === 'invalid') throw refuse('invalid-subscription');
  if (error instanceof AppError && error.kind === 'forbidden') throw refuse('push-not-available');
  throw error;
}

function readDevice(question: XmlElement): { url: string; keys: { p256dh: string; auth: string } } {
  const subscription = childOf(question, webdavPush('subscription'));
  const webPush = subscription && childOf(subscription, webdavPush('web-push-subscription'));
  const text = (name: string) => {
    const element = webPush && childOf(webPush, webdavPush(name));
    return element && textOf(element).trim();
  };
  const encoding = text('content-encoding');
  const [url, p256dh, auth] = [text('push-resource'), text('subscription-public-key'), text('auth-secret')];
  // Encryption is a must, and there is one coding of it.
  const isFit = url !== undefined && p256dh !== undefined && auth !== undefined;
  if (!isFit || (encoding !== undefined && encoding !== 'aes128gcm')) throw refuse('invalid-subscription');
  return { url, keys: { p256dh, auth } };
}

/** What is no date asks for nothing. */
function readExpires(question: XmlElement): Date | null {
  const element = childOf(question, webdavPush('expires'));
  return element ? readHttpDate(textOf(element).trim()) : null;
}

function registrationUrl({ settings }: Context, id: string): string {
  return `${settings.publicUrl}${paths.pushRegistration(id)}`;
}

/** What is at the address of a registration: it can be ended, by whose it is. */
export async function atRegistration(context: Context, request: HttpRequest): Promise<HttpReply> {
  const id = request.url.pathname.slice(paths.pushRegistrations.length);
  if (request.method !== 'DELETE') throw new DavError(405, null, { Allow: 'DELETE' });
  if (!/^[\w-]{1,64}$/u.test(id)) throw new DavError(404);
  await unregisterDavPush(context, id);
  return empty(204);
}

/**
 * `Push-Dont-Notify`: what a device changes itself is no news to it. `*` means all devices of the person; nobody can keep
 * others from being told.
 */
export async function answerQuietly(
  context: Context,
  request: HttpRequest,
  answer: () => Promise<HttpReply>,
): Promise<HttpReply> {
  const header = request.headers['push-dont-notify'];
  const text = Array.isArray(header) ? header.join(',') : header;
  if (text === undefined || !changing.has(request.method)) return answer();
  const reply = await answer();
  const start = registrationUrl(context, '');
  const urls = Array.from(text.slice(0, 10_000).matchAll(/"([^"\\]+)"/gu), ([, url]) => url ?? '');
  const ids = urls.filter((url) => url.startsWith(start)).map((url) => url.slice(start.length));
  if (text.trim() === '*') await noteAsTold(context, null);
  else if (ids.length > 0) await noteAsTold(context, ids);
  return reply;
}
