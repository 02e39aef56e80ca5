import { NetworkError } from '../../client/src/errors.ts';

/** What is not answered for so long is given up: others wait behind it. */
const longestWait = 30_000;

/** Gives up what is asked now and never answered; to whoever waits for it, the server could not be reached. */
export function withinTime(): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new NetworkError('The server has not answered in time')), longestWait);
  return controller.signal;
}
