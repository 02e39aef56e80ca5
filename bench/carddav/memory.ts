import { setTimeout as wait } from 'node:timers/promises';
import type { Peer } from '../peers/peer.ts';

/** What a server holds, in MB: after all that was asked, and when it has had nothing to do for a while. */
export type Memory = { readonly atEnd: number; readonly atRest: number };

const restSeconds = 15;

/** Waits until the server has rested. */
export async function memoryOf(peer: Peer): Promise<Memory> {
  const atEnd = peer.memory();
  await wait(restSeconds * 1000);
  return { atEnd, atRest: peer.memory() };
}
