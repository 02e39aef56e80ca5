import type { StartPeer } from './peer.ts';
import { startCyrus } from './cyrus.ts';
import { startDavical } from './davical.ts';
import { startRadicale } from './radicale.ts';
import { startSabre } from './sabre.ts';
import { startXandikos } from './xandikos.ts';

/** The servers with which ours is compared. */
export const peers: Readonly<Record<string, StartPeer>> = {
  cyrus: startCyrus,
  davical: startDavical,
  sabre: startSabre,
  radicale: startRadicale,
  xandikos: startXandikos,
};
