import { newId } from '../../lib/ids.ts';
import type { Context } from '../context.ts';
import type { Way } from './ways.ts';

/**
 * The same context for an operation that consists of many changes (an import, a merge, a restoration): everything
 * changed with it can be undone by `undo` with its `operation`, whatever folders it touches. `operation`: continue an
 * earlier one.
 */
export function asOperation<C extends Context>(
  context: C,
  way: Way,
  operation?: string,
): C & { readonly operation: string } {
  const askedBy = context.askedBy ?? context.way;
  return { ...context, way, ...(askedBy && { askedBy }), operation: operation ?? newId('o', context.now()) };
}
