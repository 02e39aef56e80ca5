import type { PushSubscriptionRow } from '../../db/schema.ts';
import { encrypt, maxMessageSize } from '../../lib/webPush/encrypt.ts';
import type { VapidKey } from '../../lib/webPush/vapid.ts';
import type { ChangedStates, StateMap } from '../sync/changedStates.ts';

/** A message as it is posted. */
export type PushMessage = {
  readonly url: URL;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
};

/** So long the push service keeps a message for a device that is away (RFC 8030 §5.2): it asks for changes anyway. */
const keptSeconds = 7 * 24 * 3600;

/** The object for this device, encrypted where it has given keys (RFC 8291), in our name (RFC 8292). */
export function pushMessage(row: PushSubscriptionRow, content: object, vapid: VapidKey, now: Date): PushMessage {
  const plain = Buffer.from(JSON.stringify(content));
  const url = new URL(row.url);
  const octets = (text: string) => Buffer.from(text, 'base64url');
  const keys = row.p256dh !== null && row.auth !== null ? { p256dh: octets(row.p256dh), auth: octets(row.auth) } : null;
  return {
    url,
    body: keys ? encrypt(plain, keys) : plain,
    headers: {
      Authorization: vapid.authorize(url, now),
      'Content-Type': 'application/json',
      ...(keys ? { 'Content-Encoding': 'aes128gcm' } : {}),
      TTL: String(keptSeconds),
      Urgency: 'normal',
    },
  };
}

/** The StateChange of RFC 8620 §7.1, in as many as are needed for none to be too long to be encrypted. */
export function stateChanges(states: ChangedStates): readonly { '@type': 'StateChange'; changed: StateMap }[] {
  const parts: Record<string, Record<string, string>>[] = [];
  let size = Infinity;
  for (const [accountId, types] of states) {
    const ofAccount = Object.fromEntries(types);
    const own = Buffer.byteLength(JSON.stringify({ [accountId]: ofAccount }));
    if (size + own > maxMessageSize - envelopeSize) {
      parts.push({});
      size = 0;
    }
    parts.at(-1)![accountId] = ofAccount;
    size += own;
  }
  return parts.map((changed) => ({ '@type': 'StateChange', changed }));
}

const envelopeSize = 100;
