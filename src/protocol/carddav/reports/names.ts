import type { ResourceKind } from '../resources.ts';
import { everywhere } from '../properties/define.ts';
import { calendarserver, carddav, dav } from '../names.ts';

/** The questions of RFC 3253 §3.6 that this door answers, by the name of their root element, and of what they may be asked. */
export const reportKinds: Readonly<Record<string, readonly ResourceKind[]>> = {
  [carddav('addressbook-query')]: ['book', 'card', 'directory', 'oneBook'],
  [carddav('addressbook-multiget')]: ['book', 'card', 'oneBook'],
  [dav('sync-collection')]: ['home', 'book'],
  [dav('expand-property')]: everywhere,
  [dav('acl-principal-prop-set')]: everywhere,
  [dav('principal-match')]: ['root', 'principals', 'homes', 'home', 'book', 'oneHome', 'oneBook'],
  [dav('principal-property-search')]: ['root', 'principals', 'principal'],
  [dav('principal-search-property-set')]: ['root', 'principals', 'principal'],
  [calendarserver('calendarserver-principal-search')]: ['root', 'principals', 'principal'],
};

/** The names of the reports that a resource of this kind answers. */
export function reportsFor(kind: ResourceKind): string[] {
  return Object.entries(reportKinds)
    .filter(([, kinds]) => kinds.includes(kind))
    .map(([name]) => name);
}
