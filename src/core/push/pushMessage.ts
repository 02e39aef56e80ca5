import { maxMessageSize } from '../../lib/webPush/encrypt.ts';
import type { ChangedStates, StateMap } from '../sync/changedStates.ts';

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
