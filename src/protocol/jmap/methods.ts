import type { Methods } from './engine/define.ts';
import { coreEcho } from './types/Core.ts';

/** Every method of this server by its name. */
export const methods: Methods = {
  'Core/echo': coreEcho,
};
