import { encrypt } from '../../lib/webPush/encrypt.ts';
import { ForbiddenAddress } from '../../lib/webPush/postToStranger.ts';
import type { StrangerPost } from '../../lib/webPush/postToStranger.ts';
import type { VapidKey } from '../../lib/webPush/vapid.ts';
import type { World } from '../context.ts';
import type { Outcome } from './device.ts';

/** Where a device is, and how it reads what it is sent. */
export type PushAddress = { readonly url: string; readonly p256dh: string | null; readonly auth: string | null };

/** What posting takes. */
export type Poster = { readonly post: StrangerPost; readonly vapid: VapidKey; readonly world: World };

/** So long the push service keeps a message for a device that is away (RFC 8030 §5.2): it asks for changes anyway. */
const keptSeconds = 7 * 24 * 3600;
const mostRetryAfter = 24 * 3600;

/**
 * Posts a message to a push service, encrypted if the device has given keys (RFC 8291), signed with our key (RFC 8292).
 * RFC 8030 §8.4, RFC 8620 §7.2: too many requests or a fault of the service are temporary; any other refusal is final.
 */
export async function postPush(
  { post, vapid, world }: Poster,
  { url: text, p256dh, auth }: PushAddress,
  message: { readonly content: string; readonly type: string },
): Promise<Outcome> {
  const url = new URL(text);
  const plain = Buffer.from(message.content);
  const octets = (part: string) => Buffer.from(part, 'base64url');
  const keys = p256dh !== null && auth !== null ? { p256dh: octets(p256dh), auth: octets(auth) } : null;
  const headers = {
    Authorization: vapid.authorize(url, world.now()),
    'Content-Type': message.type,
    ...(keys ? { 'Content-Encoding': 'aes128gcm' } : {}),
    TTL: String(keptSeconds),
    Urgency: 'normal',
  };
  try {
    const answer = await post.post(url, keys ? encrypt(plain, keys) : plain, headers);
    if (answer.status >= 200 && answer.status < 300) return 'delivered';
    if (answer.status !== 429 && answer.status !== 408 && answer.status < 500) return 'refused';
    return { retryAfter: Math.min(Number(answer.headers['retry-after'] ?? 0) || 0, mostRetryAfter) };
  } catch (error) {
    // Which machines there are behind this one is not to be learned from what comes of it.
    return error instanceof ForbiddenAddress ? 'refused' : { retryAfter: 0 };
  }
}
