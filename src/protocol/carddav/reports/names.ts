import type { ResourceKind } from '../resources.ts';
import { carddav, dav } from '../names.ts';

/** The questions of RFC 3253 §3.6 that this door answers, by the name of their root element, and of what they may be asked. */
export const reportKinds: Readonly<Record<string, readonly ResourceKind[]>> = {
  [carddav('addressbook-multiget')]: ['book', 'card'],
  [dav('sync-collection')]: ['book'],
};

/** The names of the reports that a resource of this kind answers. */
export function reportsFor(kind: ResourceKind): string[] {
  return Object.entries(reportKinds)
    .filter(([, kinds]) => kinds.includes(kind))
    .map(([name]) => name);
}
