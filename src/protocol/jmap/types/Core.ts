import { capability } from '../capabilities.ts';
import type { Method } from '../engine/define.ts';

/** Core/echo (RFC 8620 §4): the arguments come back. */
export const coreEcho: Method = {
  capability: capability.core,
  arguments: 'any',
  run: async (_call, args) => args.all,
};
