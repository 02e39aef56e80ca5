import { capabilities } from '../../../client/src/transport.ts';
import type { Session } from '../../../client/src/types.ts';

/** The host of the organisation's Zimbra; null: none is named. */
export function zimbraHost({ capabilities: all }: Session): string | null {
  const url = all[capabilities.coterie]?.['zimbraUrl'];
  return typeof url === 'string' ? new URL(url).host : null;
}
