import type { Actor } from '../../core/actor.ts';
import type { Context, World } from '../../core/context.ts';

/** The world as one person asks of it here: by the web app, which has a session, or by another program. */
export function contextOf(world: World, actor: Actor): Context {
  return { ...world, actor, way: actor.sessionHash === undefined ? 'jmap' : 'web' };
}
