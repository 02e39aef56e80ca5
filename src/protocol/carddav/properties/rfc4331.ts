import type { Context } from '../../../core/context.ts';
import { cardStorage } from '../../../core/quota/cardStorage.ts';
import type { CardStorage } from '../../../core/quota/cardStorage.ts';
import { isWhole } from '../../../core/scope.ts';
import { dav } from '../names.ts';
import type { Resource } from '../resources.ts';
import { property } from './define.ts';

const on = ['home', 'oneHome', 'book', 'oneBook'] as const;

// The same for everything that one request asks about.
const known = new WeakMap<Context, Promise<CardStorage>>();

/** RFC 4331: of one's own account alone. What others have room for is theirs to know. */
export const rfc4331 = [
  property(dav('quota-used-bytes'), on, (resource, context) => told(resource, context, 'used')),
  property(dav('quota-available-bytes'), on, (resource, context) => told(resource, context, 'available')),
];

function told(resource: Resource, context: Context, which: keyof CardStorage): Promise<string> | undefined {
  const isOwn = resource.kind !== 'book' || resource.book.seen.book.account_id === context.actor.principalId;
  if (!isOwn || !isWhole(context.actor)) return undefined;
  const storage = known.get(context) ?? cardStorage(context);
  known.set(context, storage);
  return storage.then((room) => String(room[which]));
}
