import type { StartPeer } from './peer.ts';
import { startCyrus } from './cyrus.ts';
import { startDavical } from './davical.ts';
import { startRadicale } from './radicale.ts';
import { startCurrentSabre, startSabre } from './sabre.ts';
import { startSogo } from './sogo.ts';
import { startXandikos } from './xandikos.ts';

/** The servers with which ours is compared. `sabre4`: where a current sabre/dav lies, if it is there. */
export const peersWith = (sabre4: string | undefined): Readonly<Record<string, StartPeer>> => ({
  cyrus: startCyrus,
  davical: startDavical,
  sogo: startSogo,
  sabre: startSabre,
  ...(sabre4 === undefined ? {} : { sabre4: startCurrentSabre(sabre4) }),
  radicale: startRadicale,
  xandikos: startXandikos,
});
