import type { World } from '../../core/context.ts';
import { createReadiness } from '../../core/readiness.ts';
import type { Door, HttpReply } from '../../lib/http/http.ts';
import { text } from '../../lib/http/reply.ts';

/** What load balancers and supervisors ask. */
export type HealthOptions = { readonly world: World; readonly isDraining: () => boolean };

const fresh = { 'Cache-Control': 'no-store' };

/**
 * `/health/live`: the program answers. `/health/ready` (and `/healthz`): it can do its work, changes can be written, and it is not
 * about to end. That the migrations are done is said by its being there: until then the listener answers 503.
 */
export function createHealthDoor({ world, isDraining }: HealthOptions): Door {
  const isReady = createReadiness(world);
  const ready = async (): Promise<HttpReply> => {
    if (isDraining()) return text(503, 'draining\n', { ...fresh, Connection: 'close' });
    return (await isReady()) ? text(200, 'ok\n', fresh) : text(503, 'the database cannot be written\n', fresh);
  };
  const routes: Readonly<Record<string, () => Promise<HttpReply>>> = {
    '/health/live': async () => text(200, 'ok\n', fresh),
    '/health/ready': ready,
    '/healthz': ready,
  };
  return async (request) => {
    const route = Object.hasOwn(routes, request.url.pathname) ? routes[request.url.pathname] : undefined;
    if (!route) return text(404, 'Not found\n');
    return request.method === 'GET' ? route() : text(405, 'Method Not Allowed\n', { Allow: 'GET, HEAD' });
  };
}
