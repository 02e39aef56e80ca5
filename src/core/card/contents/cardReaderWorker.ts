import { parentPort } from 'node:worker_threads';
import { AppError } from '../../../errors.ts';
import type { Answer, SentCard } from './cardReader.ts';
import { readCard } from './readCard.ts';

parentPort!.on('message', ({ number, vcard, strict }: SentCard & { readonly number: number }) => {
  parentPort!.postMessage({ number, ...read(vcard, strict) } satisfies Answer);
});
parentPort!.postMessage('ready');

/** Why a card cannot be kept is said by whoever would have written it. */
function read(vcard: string, strict: boolean): Omit<Answer, 'number'> {
  try {
    return { read: readCard(vcard, strict) };
  } catch (error) {
    if (error instanceof AppError) return {};
    throw error;
  }
}
